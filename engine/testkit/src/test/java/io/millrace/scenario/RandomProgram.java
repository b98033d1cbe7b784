package io.millrace.scenario;

import io.millrace.api.DStream;
import io.millrace.api.DStreamLike;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Fields;
import io.millrace.api.function.Function2;
import io.millrace.api.function.Reducers;
import io.millrace.api.function.Text;
import io.millrace.api.function.Typed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** A chain of random operators over text, built of recognised functions, typed ones and plain lambdas. */
final class RandomProgram {
    /** What the records are at a place in the chain; {@code OBJECT} is a mix of classes and nulls. */
    private enum Kind {
        TEXT,
        INT,
        LONG,
        DOUBLE,
        BOOLEAN,
        OBJECT
    }

    private static final int MAX_STEPS = 6;
    private static final char[] SEPARATORS = {' ', ',', 'a', '\t', '\u0000', '.', 'é'};
    private static final Object[] CONSTANTS = {1, 1L, 0.5, null, "one", true, 0.25f, List.of(1)};

    private final RandomGenerator random;
    private final RandomText texts;
    private final List<Step> steps = new ArrayList<>();
    private boolean pairs;
    private Kind kind = Kind.TEXT; // of a plain stream's records, and of a keyed one's values
    private Kind keyKind;

    RandomProgram(RandomGenerator random) {
        this.random = random;
        this.texts = new RandomText(random);
        for (int i = 1 + random.nextInt(MAX_STEPS); i > 0; i--) {
            steps.add(pairs ? keyedStep() : kind == Kind.TEXT ? textStep() : plainStep());
        }
    }

    /** The end of the chain that begins with that stream. */
    DStreamLike<?, ?, ?> on(DStream<?> input) {
        DStreamLike<?, ?, ?> stream = input;
        for (Step step : steps) {
            stream = step.onStream().apply(stream);
        }
        return stream;
    }

    /** What the chain makes of these records. */
    List<Object> on(List<Object> input) throws Exception {
        List<Object> records = input;
        for (Step step : steps) {
            records = step.onList().apply(records);
        }
        return records;
    }

    /** Whether the order of the results is promised. */
    boolean inOrder() {
        return steps.stream().allMatch(Step::inOrder);
    }

    @Override
    public String toString() {
        return steps.stream().map(Step::text).collect(Collectors.joining(" . "));
    }

    @SafeVarargs
    private Step oneOf(Supplier<Step>... choices) {
        return choices[random.nextInt(choices.length)].get();
    }

    private Step plain(Kind next, Step step) {
        pairs = false;
        kind = next;
        return step;
    }

    private Step keyed(Kind key, Kind value, Step step) {
        pairs = true;
        keyKind = key;
        kind = value;
        return step;
    }

    private static Kind kindOf(Object constant) {
        if (constant instanceof Integer) {
            return Kind.INT;
        } else if (constant instanceof Long) {
            return Kind.LONG;
        } else if (constant instanceof Double) {
            return Kind.DOUBLE;
        }
        return constant instanceof Boolean ? Kind.BOOLEAN : Kind.OBJECT;
    }

    private Step textStep() {
        return oneOf(
                this::recognised,
                this::recognised,
                this::recognisedValue,
                this::typedOfText,
                this::lambdaOfText,
                this::ofAnything);
    }

    private Step recognised() {
        char separator = SEPARATORS[random.nextInt(SEPARATORS.length)];
        String needle = texts.needle();
        Object constant = CONSTANTS[random.nextInt(CONSTANTS.length)];
        return oneOf(
                () -> Step.flatMap("Text.split(" + (int) separator + ")", Text.split(separator)),
                () -> Step.flatMap("Text.words()", Text.words()),
                () -> Step.filter("Text.contains " + needle, false, Text.contains(needle)),
                () -> Step.filter("Text.startsWith " + needle, false, Text.startsWith(needle)),
                () -> Step.filter("Text.endsWith " + needle, false, Text.endsWith(needle)),
                () -> plain(Kind.BOOLEAN, Step.map("Text.contains " + needle, Text.contains(needle))),
                () -> keyed(
                        Kind.TEXT,
                        kindOf(constant),
                        Step.mapToPair("Text.pairWith " + constant, Text.pairWith(constant))));
    }

    private Step recognisedValue() {
        char delimiter = SEPARATORS[random.nextInt(SEPARATORS.length)];
        String needle = texts.needle();
        return oneOf(
                () -> Step.map("Fields.textAt 0", Fields.textAt(0, delimiter)),
                () -> Step.map("Text.trim", Text.trim()),
                () -> Step.map("Text.lowerCase", Text.lowerCase()),
                () -> Step.map("Text.upperCase", Text.upperCase()),
                () -> Step.flatMap("Text.lines", Text.lines()),
                () -> plain(Kind.INT, Step.map("Text.length", Text.length())),
                () -> plain(Kind.BOOLEAN, Step.map("Text.isBlank", Text.isBlank())),
                () -> Step.filter("not " + needle, false, Typed.not(Text.equalTo(needle))),
                () -> Step.filter("Fields.testAt 0", false, Fields.testAt(0, delimiter, Text.contains(needle))),
                () -> keyed(
                        Kind.TEXT,
                        Kind.INT,
                        Step.mapToPair("field, length", Typed.pair(Fields.textAt(0, delimiter), Text.length()))),
                () -> keyed(
                        Kind.BOOLEAN,
                        Kind.TEXT,
                        Step.mapToPair("blank, trim", Typed.pair(Text.isBlank(), Text.trim()))));
    }

    private Step typedOfText() {
        return oneOf(
                () -> plain(Kind.INT, Step.map("toInt length", Typed.toInt(String::length))),
                () -> plain(Kind.LONG, Step.map("toLong hash", Typed.toLong((String x) -> x.hashCode() % 7))),
                () -> plain(Kind.DOUBLE, Step.map("toDouble length/4", Typed.toDouble((String x) -> x.length() / 4.0))),
                () -> plain(Kind.BOOLEAN, Step.map("test length", Typed.test((String x) -> x.length() > 3))),
                () -> Step.filter("test isEmpty", false, Typed.test((String x) -> !x.isEmpty())),
                () -> keyed(
                        Kind.INT,
                        Kind.TEXT,
                        Step.mapToPair(
                                "Typed.pair length, itself", Typed.pair(Typed.toInt(String::length), (String x) -> x))),
                () -> keyed(
                        Kind.LONG,
                        Kind.LONG,
                        Step.mapToPair(
                                "Typed.longPair",
                                Typed.longPair((String x) -> x.hashCode() % 5, (String x) -> x.length()))));
    }

    private Step lambdaOfText() {
        return oneOf(
                () -> Step.map("upper case", (String x) -> x.toUpperCase(Locale.ROOT)),
                () -> Step.map("half", (String x) -> x.substring(x.length() / 2)),
                () -> Step.flatMap(
                        "split", (String x) -> Arrays.asList(x.split(" ")).iterator()),
                () -> Step.flatMap(
                        "characters",
                        (String x) -> Arrays.asList(
                                        x.substring(0, Math.min(9, x.length())).split(""))
                                .iterator()),
                () -> plain(Kind.INT, Step.map("length", (String x) -> x.length())),
                () -> keyed(Kind.TEXT, Kind.INT, Step.mapToPair("1", (String x) -> new Tuple2<>(x, 1))),
                () -> keyed(
                        Kind.INT, Kind.TEXT, Step.mapToPair("length", (String x) -> new Tuple2<>(x.length() % 9, x))),
                () -> keyed(
                        Kind.OBJECT,
                        Kind.OBJECT,
                        Step.flatMapToPair(
                                "twice",
                                (String x) -> List.of(
                                                new Tuple2<String, Object>(x, mixed(x.length())),
                                                new Tuple2<String, Object>(null, 2))
                                        .iterator())),
                () -> Step.reduce("greatest", (String a, String b) -> a.compareTo(b) < 0 ? b : a));
    }

    /** A value whose class depends on the number. */
    private static Object mixed(int number) {
        return switch (Math.floorMod(number, 7)) {
            case 0 -> null;
            case 1 -> (long) number;
            case 2 -> "t" + number;
            case 3 -> number * 0.5;
            default -> number;
        };
    }

    private Step ofAnything() {
        return oneOf(
                () -> plain(
                        Kind.OBJECT,
                        Step.map("mixed", (Object x) -> mixed(String.valueOf(x).length()))),
                () -> Step.filter("hash", pairs, (Object x) -> String.valueOf(x).hashCode() % 3 != 0),
                () -> {
                    Kind before = pairs ? Kind.OBJECT : kind;
                    return keyed(before, Kind.LONG, Step.countByValue());
                },
                () -> plain(Kind.LONG, Step.count()),
                () -> keyed(Kind.OBJECT, pairs ? Kind.OBJECT : kind, mixedKeys(pairs)),
                () -> Step.unionWith(
                        pairs,
                        Step.filter(
                                "hash", pairs, (Object x) -> String.valueOf(x).length() % 2 == 0)),
                () -> Step.unionWith(pairs, Step.filter("none", pairs, (Object x) -> false)));
    }

    private static Step mixedKeys(boolean pairs) {
        return pairs
                ? Step.mapToPair(
                        "mixed keys",
                        (Tuple2<Object, Object> x) ->
                                new Tuple2<>(mixed(String.valueOf(x).length()), (Object) x))
                : Step.mapToPair(
                        "mixed keys",
                        (Object x) -> new Tuple2<>(mixed(String.valueOf(x).length()), x));
    }

    private Step plainStep() {
        return switch (kind) {
            case INT ->
                oneOf(
                        () -> Step.map("+1", (Integer x) -> x + 1),
                        () -> Step.map("toInt *2", Typed.toInt((Integer x) -> x * 2)),
                        () -> plain(Kind.LONG, Step.map("toLong", Typed.toLong((Integer x) -> x))),
                        () -> keyed(Kind.INT, Kind.INT, Step.mapToPair("%3", (Integer x) -> new Tuple2<>(x % 3, x))),
                        () -> Step.reduce("sumInt", Reducers.sumInt()),
                        this::ofAnything);
            case LONG ->
                oneOf(
                        () -> Step.map("-1", (Long x) -> x - 1),
                        () -> plain(Kind.INT, Step.map("intValue", (Long x) -> x.intValue())),
                        () -> keyed(
                                Kind.LONG,
                                Kind.LONG,
                                Step.mapToPair("longPair", Typed.longPair((Long x) -> x % 4, x -> x))),
                        () -> Step.reduce("sumLong", Reducers.sumLong()),
                        this::ofAnything);
            case DOUBLE ->
                oneOf(
                        () -> Step.map("toDouble *2", Typed.toDouble((Double x) -> x * 2)),
                        () -> keyed(
                                Kind.DOUBLE, Kind.DOUBLE, Step.mapToPair("itself", (Double x) -> new Tuple2<>(x, x))),
                        () -> Step.reduce("sumDouble", Reducers.sumDouble()),
                        this::ofAnything);
            default -> ofAnything();
        };
    }

    private Step keyedStep() {
        return oneOf(this::reduceByKey, this::reduceByKey, this::reshaped, this::ofAnything);
    }

    private Step reshaped() {
        Kind key = keyKind;
        Kind value = kind;
        return oneOf(
                () -> plain(key, Step.map("key", (Tuple2<Object, Object> x) -> x._1)),
                () -> plain(value, Step.map("value", (Tuple2<Object, Object> x) -> x._2)),
                () -> keyed(value, key, Step.mapToPair("swap", (Tuple2<Object, Object> x) -> x.swap())),
                () -> keyed(
                        key,
                        Kind.OBJECT,
                        Step.mapValues(
                                "mixed", (Object x) -> mixed(String.valueOf(x).length()))),
                () -> keyed(
                        key,
                        Kind.INT,
                        Step.mapValues("length", (Object x) -> String.valueOf(x).length())),
                () -> keyed(
                        key,
                        Kind.DOUBLE,
                        Step.mapValues(
                                "toDouble",
                                Typed.toDouble((Object x) -> String.valueOf(x).length() / 2.0))));
    }

    private Step reduceByKey() {
        Step anyClass = oneOf(
                () -> Step.reduceByKey("greatest text", GREATEST),
                () -> {
                    kind = Kind.OBJECT;
                    return Step.reduceByKey("null", (Object a, Object b) -> null);
                },
                () -> {
                    kind = Kind.OBJECT;
                    return Step.reduceByKey("text of the greatest", TEXT_OF_GREATEST);
                });
        return switch (kind) {
            case INT ->
                oneOf(
                        () -> Step.reduceByKey("a + b", (Integer a, Integer b) -> a + b),
                        () -> Step.reduceByKey("sumInt", Reducers.sumInt()),
                        () -> Step.reduceByKey("minInt", Reducers.minInt()),
                        () -> Step.reduceByKey("ints xor", Typed.ints((a, b) -> a ^ b)),
                        () -> Step.reduceByKey("sum", Reducers.<Integer>sum()));
            case LONG ->
                oneOf(
                        () -> Step.reduceByKey("a + b", (Long a, Long b) -> a + b),
                        () -> Step.reduceByKey("sumLong", Reducers.sumLong()),
                        () -> Step.reduceByKey("maxLong", Reducers.maxLong()),
                        () -> Step.reduceByKey("longs xor", Typed.longs((a, b) -> a ^ b)));
            case DOUBLE ->
                oneOf(
                        () -> Step.reduceByKey("a + b", (Double a, Double b) -> a + b),
                        () -> Step.reduceByKey("sumDouble", Reducers.sumDouble()),
                        () -> Step.reduceByKey("minDouble", Reducers.minDouble()),
                        () -> Step.reduceByKey("doubles max", Typed.doubles(Math::max)));
            default -> anyClass;
        };
    }

    private static final Function2<Object, Object, Object> GREATEST = (a, b) -> {
        int order = asText(a).compareTo(asText(b));
        return order < 0 || order == 0 && b instanceof String ? b : a;
    };
    private static final Function2<Object, Object, Object> TEXT_OF_GREATEST = (a, b) -> asText(GREATEST.call(a, b));

    /** A text that tells values of different classes apart; that of such a text is itself, so that reducing may be repeated. */
    private static String asText(Object value) {
        if (value instanceof Tuple2<?, ?> pair) {
            return "as (" + asText(pair._1) + "," + asText(pair._2) + ")";
        }
        if (value == null) {
            return "as null";
        }
        boolean isText = value instanceof String text && text.startsWith("as ");
        return isText ? (String) value : "as " + value + value.getClass().getSimpleName();
    }
}

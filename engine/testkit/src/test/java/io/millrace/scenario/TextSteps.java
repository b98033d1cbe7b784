package io.millrace.scenario;

import io.millrace.api.Tuple2;
import io.millrace.api.function.Fields;
import io.millrace.api.function.Text;
import io.millrace.api.function.Typed;
import io.millrace.scenario.Place.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Random steps from texts: recognised functions, typed ones, plain lambdas. */
final class TextSteps {
    private static final List<Character> SEPARATORS = List.of(' ', ',', 'a', '\t', '\u0000', '.', 'é');
    private static final List<Object> CONSTANTS = Arrays.asList(1, 1L, 0.5, null, "one", true, 0.25f, List.of(1));

    private final Place place;
    private final RandomText texts;

    TextSteps(Place place) {
        this.place = place;
        this.texts = new RandomText(place.random);
    }

    Step any() {
        return place.oneOf(this::parts, this::tests, this::changed, this::fields, this::csv, this::typed, this::lambda);
    }

    private Step parts() {
        char separator = place.oneOf(SEPARATORS);
        Object constant = place.oneOf(CONSTANTS);
        return place.oneOf(
                () -> Step.flatMap("Text.split(" + (int) separator + ")", Text.split(separator)),
                () -> Step.flatMap("Text.words()", Text.words()),
                () -> Step.flatMap("Text.lines()", Text.lines()),
                () -> place.keyed(
                        Kind.TEXT,
                        Kind.of(constant),
                        Step.mapToPair("Text.pairWith " + constant, Text.pairWith(constant))));
    }

    private Step tests() {
        String needle = texts.needle();
        return place.oneOf(
                () -> Step.filter("Text.contains " + needle, false, Text.contains(needle)),
                () -> Step.filter("Text.startsWith " + needle, false, Text.startsWith(needle)),
                () -> Step.filter("Text.endsWith " + needle, false, Text.endsWith(needle)),
                () -> Step.filter("Typed.not equalTo " + needle, false, Typed.not(Text.equalTo(needle))),
                () -> Step.filter("Typed.not isBlank", false, Typed.not(Text.isBlank())),
                () -> place.plain(Kind.BOOLEAN, Step.map("Text.contains " + needle, Text.contains(needle))),
                () -> place.plain(Kind.BOOLEAN, Step.map("Text.isBlank", Text.isBlank())));
    }

    private Step changed() {
        return place.oneOf(
                () -> Step.map("Text.trim()", Text.trim()),
                () -> Step.map("Text.lowerCase()", Text.lowerCase()),
                () -> Step.map("Text.upperCase()", Text.upperCase()),
                () -> place.plain(Kind.INT, Step.map("Text.length()", Text.length())),
                () -> place.keyed(
                        Kind.INT,
                        Kind.TEXT,
                        Step.mapToPair("Typed.pair(length, lowerCase)", Typed.pair(Text.length(), Text.lowerCase()))),
                () -> place.keyed(
                        Kind.BOOLEAN,
                        Kind.TEXT,
                        Step.mapToPair("Typed.pair(isBlank, trim)", Typed.pair(Text.isBlank(), Text.trim()))));
    }

    /** Of the first field, which every text has. */
    private Step fields() {
        char separator = place.oneOf(SEPARATORS);
        String needle = texts.needle();
        String at = "(0, " + (int) separator + ")";
        return place.oneOf(
                () -> Step.map("Fields.textAt" + at, Fields.textAt(0, separator)),
                () -> Step.filter(
                        "Fields.testAt" + at + " endsWith " + needle,
                        false,
                        Fields.testAt(0, separator, Text.endsWith(needle))),
                () -> place.keyed(
                        Kind.TEXT,
                        Kind.INT,
                        Step.mapToPair(
                                "Typed.pair(Fields.textAt" + at + ", length)",
                                Typed.pair(Fields.textAt(0, separator), Text.length()))),
                () -> place.keyed(
                        Kind.TEXT,
                        Kind.TEXT,
                        Step.mapToPair(
                                "Typed.pair(Fields.textAt" + at + ", itself)",
                                Typed.pair(Fields.textAt(0, separator), (String x) -> x))));
    }

    /** Lines of values with what reads them. */
    private Step csv() {
        Step lines = Step.map(
                "csv",
                (String x) ->
                        x.hashCode() % 11 + "," + x.replace(',', ';') + "," + x.length() / 4.0 + "," + x.length());
        return place.oneOf(
                () -> place.plain(Kind.LONG, lines.then(Step.map("Fields.longAt(0)", Fields.longAt(0, ',')))),
                () -> place.plain(Kind.DOUBLE, lines.then(Step.map("Fields.doubleAt(2)", Fields.doubleAt(2, ',')))),
                () -> place.plain(Kind.INT, lines.then(Step.map("Fields.intAt(3)", Fields.intAt(3, ',')))),
                () -> lines.then(Step.map("Fields.textAt(1)", Fields.textAt(1, ','))),
                () -> place.keyed(
                        Kind.TEXT,
                        Kind.LONG,
                        lines.then(Step.mapToPair(
                                "Typed.pair(Fields.textAt(1), Fields.longAt(0))",
                                Typed.pair(Fields.textAt(1, ','), Fields.longAt(0, ','))))),
                () -> place.keyed(
                        Kind.LONG,
                        Kind.DOUBLE,
                        lines.then(Step.mapToPair(
                                "Typed.pair(Fields.longAt(0), Fields.doubleAt(2))",
                                Typed.pair(Fields.longAt(0, ','), Fields.doubleAt(2, ','))))),
                () -> place.plain(
                        Kind.LONG,
                        lines.then(Step.map("Fields.textAt(0)", Fields.textAt(0, ',')))
                                .then(Step.map("Text.parseLong()", Text.parseLong()))));
    }

    private Step typed() {
        return place.oneOf(
                () -> place.plain(Kind.INT, Step.map("toInt length", Typed.toInt(String::length))),
                () -> place.plain(Kind.LONG, Step.map("toLong hash", Typed.toLong((String x) -> x.hashCode() % 7))),
                () -> place.plain(
                        Kind.DOUBLE, Step.map("toDouble length/4", Typed.toDouble((String x) -> x.length() / 4.0))),
                () -> place.plain(Kind.BOOLEAN, Step.map("test length", Typed.test((String x) -> x.length() > 3))),
                () -> Step.filter("test isEmpty", false, Typed.test((String x) -> !x.isEmpty())),
                () -> place.keyed(
                        Kind.INT,
                        Kind.TEXT,
                        Step.mapToPair(
                                "Typed.pair length, itself", Typed.pair(Typed.toInt(String::length), (String x) -> x))),
                () -> place.keyed(
                        Kind.LONG,
                        Kind.LONG,
                        Step.mapToPair(
                                "Typed.longPair",
                                Typed.longPair((String x) -> x.hashCode() % 5, (String x) -> x.length()))));
    }

    private Step lambda() {
        return place.oneOf(
                () -> Step.map("upper case", (String x) -> x.toUpperCase(Locale.ROOT)),
                () -> Step.map("half", (String x) -> x.substring(x.length() / 2)),
                () -> Step.flatMap(
                        "split", (String x) -> Arrays.asList(x.split(" ")).iterator()),
                () -> Step.flatMap(
                        "characters",
                        (String x) -> Arrays.asList(
                                        x.substring(0, Math.min(9, x.length())).split(""))
                                .iterator()),
                () -> place.plain(Kind.INT, Step.map("length", (String x) -> x.length())),
                () -> place.keyed(Kind.TEXT, Kind.INT, Step.mapToPair("1", (String x) -> new Tuple2<>(x, 1))),
                () -> place.keyed(
                        Kind.INT, Kind.TEXT, Step.mapToPair("length", (String x) -> new Tuple2<>(x.length() % 9, x))),
                () -> place.keyed(
                        Kind.OBJECT,
                        Kind.OBJECT,
                        Step.flatMapToPair(
                                "twice",
                                (String x) -> List.of(
                                                new Tuple2<String, Object>(x, Values.mixedOf(x)),
                                                new Tuple2<String, Object>(null, 2))
                                        .iterator())),
                () -> Step.reduce("greatest", (String a, String b) -> a.compareTo(b) < 0 ? b : a));
    }
}

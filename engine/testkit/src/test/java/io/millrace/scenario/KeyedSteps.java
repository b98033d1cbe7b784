package io.millrace.scenario;

import io.millrace.api.Tuple2;
import io.millrace.api.function.Reducers;
import io.millrace.api.function.Typed;
import io.millrace.scenario.Place.Kind;
import java.util.Arrays;
import java.util.List;

/** Random steps from keyed records. */
final class KeyedSteps {
    private final Place place;

    KeyedSteps(Place place) {
        this.place = place;
    }

    Step any() {
        return place.oneOf(
                this::reduceByKey,
                this::reduceByKey,
                this::reshaped,
                this::revalued,
                this::grouped,
                this::matched,
                this::transformed);
    }

    private Into into() {
        return Into.random(place.random);
    }

    private Step reshaped() {
        Kind key = place.keyKind();
        Kind value = place.kind();
        return place.oneOf(
                () -> place.plain(key, Step.map("key", (Tuple2<Object, Object> x) -> x._1)),
                () -> place.plain(value, Step.map("value", (Tuple2<Object, Object> x) -> x._2)),
                () -> place.keyed(value, key, Step.mapToPair("swap", (Tuple2<Object, Object> x) -> x.swap())),
                WholeStep::thereAndBack);
    }

    private Step revalued() {
        return place.oneOf(
                () -> place.valued(Kind.OBJECT, KeyedStep.mapValues("mixed", Values::mixedOf)),
                () -> place.valued(Kind.INT, KeyedStep.mapValues("length", Values::lengthOf)),
                () -> place.valued(
                        Kind.DOUBLE,
                        KeyedStep.mapValues("toDouble", Typed.toDouble((Object x) -> Values.lengthOf(x) / 2.0))),
                () -> place.valued(
                        Kind.OBJECT,
                        KeyedStep.flatMapValues(
                                "itself and mixed",
                                (Object x) ->
                                        Arrays.asList(x, Values.mixedOf(x)).iterator())),
                () -> KeyedStep.flatMapValues(
                        "none, one or two",
                        (Object x) ->
                                List.of(String.valueOf(x), String.valueOf(x))
                                        .subList(0, Values.lengthOf(x) % 3)
                                        .stream()
                                        .map(text -> x)
                                        .iterator()));
    }

    private Step grouped() {
        return place.oneOf(
                () -> place.valued(Kind.OBJECT, KeyedStep.groupByKey(into())),
                () -> place.valued(Kind.OBJECT, KeyedStep.combineByKey(into(), place.random.nextBoolean())),
                () -> place.valued(Kind.INT, KeyedStep.combineToCounts(into())));
    }

    /** A match with at most two values per key on the other side, so that no product grows without bound. */
    private Step matched() {
        Step few = place.oneOf(
                () -> KeyedStep.reduceByKey("greatest text", Values.GREATEST, into()),
                () -> KeyedStep.reduceByKey("greatest text", Values.GREATEST, into())
                        .then(Step.filter("some", true, Values::some)),
                () -> Step.filter("some", true, Values::some)
                        .then(KeyedStep.combineToCounts(into()))
                        .then(KeyedStep.flatMapValues(
                                "n, null", (Object n) -> Arrays.asList(n, null).iterator())),
                () -> Step.filter("none", true, x -> false));
        Matching matching = place.oneOf(List.of(Matching.values()));
        return place.valued(Kind.OBJECT, matching.with(few, place.random.nextBoolean(), into()));
    }

    private Step transformed() {
        Kind value = place.kind();
        return place.oneOf(
                () -> place.valued(Kind.OBJECT, TransformStep.joinWithGreatest(into())),
                () -> place.plain(value, TransformStep.sortedByKey()));
    }

    private Step reduceByKey() {
        return switch (place.kind()) {
            case INT ->
                place.oneOf(
                        () -> KeyedStep.reduceByKey("a + b", (Integer a, Integer b) -> a + b, into()),
                        () -> KeyedStep.reduceByKey("sumInt", Reducers.sumInt(), into()),
                        () -> KeyedStep.reduceByKey("minInt", Reducers.minInt(), into()),
                        () -> KeyedStep.reduceByKey("ints xor", Typed.ints((a, b) -> a ^ b), into()),
                        () -> KeyedStep.reduceByKey("sum", Reducers.<Integer>sum(), into()));
            case LONG ->
                place.oneOf(
                        () -> KeyedStep.reduceByKey("a + b", (Long a, Long b) -> a + b, into()),
                        () -> KeyedStep.reduceByKey("sumLong", Reducers.sumLong(), into()),
                        () -> KeyedStep.reduceByKey("maxLong", Reducers.maxLong(), into()),
                        () -> KeyedStep.reduceByKey("longs xor", Typed.longs((a, b) -> a ^ b), into()));
            case DOUBLE ->
                place.oneOf(
                        () -> KeyedStep.reduceByKey("a + b", (Double a, Double b) -> a + b, into()),
                        () -> KeyedStep.reduceByKey("sumDouble", Reducers.sumDouble(), into()),
                        () -> KeyedStep.reduceByKey("minDouble", Reducers.minDouble(), into()),
                        () -> KeyedStep.reduceByKey("doubles max", Typed.doubles(Math::max), into()));
            default -> reduceAnyByKey();
        };
    }

    private Step reduceAnyByKey() {
        return place.oneOf(
                () -> KeyedStep.reduceByKey("greatest text", Values.GREATEST, into()),
                () -> place.valued(Kind.OBJECT, KeyedStep.reduceByKey("null", (Object a, Object b) -> null, into())),
                () -> place.valued(
                        Kind.OBJECT, KeyedStep.reduceByKey("text of the greatest", Values.TEXT_OF_GREATEST, into())));
    }
}

package io.millrace.scenario;

import io.millrace.api.Tuple2;
import io.millrace.api.function.Reducers;
import io.millrace.api.function.Typed;
import io.millrace.scenario.Place.Kind;

/** Random steps from numbers, and from records of any class. */
final class AnySteps {
    private final Place place;

    AnySteps(Place place) {
        this.place = place;
    }

    Step any() {
        return place.oneOf(this::ofRecords, this::ofBatches, this::ofPartitions, this::ofDatasets);
    }

    private Step ofRecords() {
        boolean pairs = place.pairs();
        Kind kind = place.recordKind();
        return place.oneOf(
                () -> place.plain(Kind.OBJECT, Step.map("mixed", Values::mixedOf)),
                () -> Step.filter("some", pairs, Values::some),
                () -> place.keyed(Kind.OBJECT, kind, Step.mapToPair("mixed keys", Values::keyedByLength)),
                () -> place.keyed(Kind.OBJECT, kind, WholeStep.tuples()));
    }

    private Step ofBatches() {
        boolean pairs = place.pairs();
        Kind kind = place.recordKind();
        return place.oneOf(
                () -> place.keyed(kind, Kind.LONG, Step.countByValue(Into.random(place.random))),
                () -> place.plain(Kind.LONG, WholeStep.count()),
                () -> WholeStep.unionWith(
                        pairs, Step.filter("even length", pairs, (Object x) -> Values.lengthOf(x) % 2 == 0)),
                () -> WholeStep.unionWith(pairs, Step.filter("none", pairs, (Object x) -> false)),
                () -> WholeStep.unionOfThree(pairs, Step.filter("some", pairs, Values::some)),
                WholeStep::cache);
    }

    private Step ofPartitions() {
        boolean pairs = place.pairs();
        Kind kind = place.recordKind();
        return place.oneOf(
                () -> place.plain(Kind.TEXT, WholeStep.mapPartitions()),
                () -> place.keyed(Kind.OBJECT, kind, WholeStep.mapPartitionsToPair()),
                () -> place.plain(kind, WholeStep.glom()),
                () -> place.plain(Kind.INT, WholeStep.glomToSize()),
                () -> WholeStep.repartition(pairs, 1 + place.random.nextInt(5)));
    }

    private Step ofDatasets() {
        boolean pairs = place.pairs();
        Kind kind = place.recordKind();
        return place.oneOf(
                () -> place.plain(Kind.TEXT, TransformStep.map(pairs)),
                () -> place.keyed(kind, kind, TransformStep.zipWithItself(pairs)),
                () -> place.keyed(kind, Kind.INT, TransformStep.cartesian(pairs)),
                () -> TransformStep.subtract(pairs),
                () -> TransformStep.distinct(pairs),
                () -> TransformStep.unionWith(pairs, Step.filter("some", pairs, Values::some)));
    }

    /** From plain records that are no texts. */
    Step ofValues() {
        return switch (place.kind()) {
            case INT ->
                place.oneOf(
                        () -> Step.map("+1", (Integer x) -> x + 1),
                        () -> Step.map("toInt *2", Typed.toInt((Integer x) -> x * 2)),
                        () -> place.plain(Kind.LONG, Step.map("toLong", Typed.toLong((Integer x) -> x))),
                        () -> place.keyed(
                                Kind.INT, Kind.INT, Step.mapToPair("%3", (Integer x) -> new Tuple2<>(x % 3, x))),
                        () -> Step.reduce("sumInt", Reducers.sumInt()),
                        this::any);
            case LONG ->
                place.oneOf(
                        () -> Step.map("-1", (Long x) -> x - 1),
                        () -> place.plain(Kind.INT, Step.map("intValue", (Long x) -> x.intValue())),
                        () -> place.keyed(
                                Kind.LONG,
                                Kind.LONG,
                                Step.mapToPair("longPair", Typed.longPair((Long x) -> x % 4, x -> x))),
                        () -> Step.reduce("sumLong", Reducers.sumLong()),
                        this::any);
            case DOUBLE ->
                place.oneOf(
                        () -> Step.map("toDouble *2", Typed.toDouble((Double x) -> x * 2)),
                        () -> place.keyed(
                                Kind.DOUBLE, Kind.DOUBLE, Step.mapToPair("itself", (Double x) -> new Tuple2<>(x, x))),
                        () -> Step.reduce("sumDouble", Reducers.sumDouble()),
                        this::any);
            default -> any();
        };
    }
}

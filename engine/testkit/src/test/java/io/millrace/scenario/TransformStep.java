package io.millrace.scenario;

import static io.millrace.scenario.Erased.keyed;
import static io.millrace.scenario.Erased.pair;
import static io.millrace.scenario.Erased.plain;

import io.millrace.api.PairRDD;
import io.millrace.api.RDD;
import io.millrace.api.RDDTransformations;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Function;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** The steps that are a function over each batch's dataset. */
final class TransformStep {
    private TransformStep() {}

    /** Records, one by one. */
    static Step map(boolean pairs) {
        return toPlain(
                "map(as text) . filter(some)",
                pairs,
                rdd -> rdd.<Object>map(Values::asText).filter(Values::some),
                records -> {
                    List<Object> out = new ArrayList<>();
                    for (Object record : records) {
                        String text = Values.asText(record);
                        if (Values.some(text)) {
                            out.add(text);
                        }
                    }
                    return out;
                });
    }

    /** A dataset beside itself, record by record, read twice at the same time. */
    static Step zipWithItself(boolean pairs) {
        return toPairs(
                "mapPartitions(itself) . zip(itself)",
                pairs,
                true,
                rdd -> {
                    RDD<Object> same = rdd.mapPartitions(records -> records);
                    return same.zip(same);
                },
                records -> {
                    List<Object> out = new ArrayList<>();
                    records.forEach(record -> out.add(new Tuple2<>(record, record)));
                    return out;
                });
    }

    /** Each record with each of two others at most. */
    static Step cartesian(boolean pairs) {
        return toPairs(
                "cartesian(parities of lengths)",
                pairs,
                false,
                rdd -> rdd.cartesian(rdd.map(Values::lengthOf)
                        .<Object>map(length -> length % 2)
                        .distinct()),
                records -> {
                    LinkedHashSet<Object> parities = new LinkedHashSet<>();
                    records.forEach(record -> parities.add(Values.lengthOf(record) % 2));
                    List<Object> out = new ArrayList<>();
                    records.forEach(record -> parities.forEach(parity -> out.add(new Tuple2<>(record, parity))));
                    return out;
                });
    }

    /** What is left of a dataset without some of its records. */
    static Step subtract(boolean pairs) {
        return new Step(
                "transform(subtract(some))",
                false,
                stream -> pairs
                        ? keyed(stream).transformToPair(rdd -> rdd.subtract(rdd.filter(Values::some)))
                        : plain(stream).transform((RDD<Object> rdd) -> rdd.subtract(rdd.filter(Values::some))),
                records -> {
                    List<Object> out = new ArrayList<>(records);
                    out.removeIf(Values::some);
                    return out;
                });
    }

    /** Each record once. */
    static Step distinct(boolean pairs) {
        return new Step(
                "transform(distinct)",
                false,
                stream -> pairs
                        ? keyed(stream).transformToPair(rdd -> rdd.distinct())
                        : plain(stream).transform((RDD<Object> rdd) -> rdd.distinct()),
                records -> new ArrayList<>(new LinkedHashSet<>(records)));
    }

    /** The stream's dataset with another's. */
    static Step unionWith(boolean pairs, Step other) {
        return new Step(
                "transformWith(union, " + other.text() + ")",
                other.inOrder(),
                stream -> pairs
                        ? keyed(stream)
                                .transformWithToPair(
                                        keyed(other.onStream().apply(stream)), (one, two, time) -> one.union(two))
                        : plain(stream)
                                .transformWith(
                                        plain(other.onStream().apply(stream)), (one, two, time) -> one.union(two)),
                records -> {
                    List<Object> out = new ArrayList<>(records);
                    out.addAll(other.onList().apply(records));
                    return out;
                });
    }

    /** A keyed dataset joined with its own greatest values. */
    static Step joinWithGreatest(Into into) {
        Step few = KeyedStep.reduceByKey("greatest", Values.GREATEST, into);
        Step meaning = Matching.JOIN.with(few, false, into);
        return new Step(
                "transformToPair(join(reduceByKey(greatest" + into + ")))",
                false,
                stream -> keyed(stream)
                        .transformToPair(rdd -> rdd.join(into.call(
                                () -> rdd.reduceByKey(Values.GREATEST),
                                partitions -> rdd.reduceByKey(Values.GREATEST, partitions),
                                partitioner -> rdd.reduceByKey(partitioner, Values.GREATEST)))),
                meaning.onList());
    }

    /** A keyed dataset in the order of its keys' texts, and its values alone. */
    static Step sortedByKey() {
        return new Step(
                "transform(sortByKey . values)",
                false,
                stream -> keyed(stream)
                        .transform((PairRDD<Object, Object> rdd) ->
                                rdd.sortByKey(Values.order()).values()),
                records -> {
                    List<Object> out = new ArrayList<>();
                    records.forEach(record -> out.add(pair(record)._2));
                    return out;
                });
    }

    private static Step toPlain(
            String text,
            boolean pairs,
            Function<RDDTransformations<Object>, RDD<Object>> function,
            Step.OnList meaning) {
        return new Step(
                "transform(" + text + ")",
                true,
                stream -> pairs
                        ? keyed(stream).transform((PairRDD<Object, Object> rdd) -> function.call(Erased.function(rdd)))
                        : plain(stream).transform((RDD<Object> rdd) -> function.call(rdd)),
                meaning);
    }

    private static Step toPairs(
            String text,
            boolean pairs,
            boolean inOrder,
            Function<RDDTransformations<Object>, PairRDD<Object, Object>> function,
            Step.OnList meaning) {
        return new Step(
                "transformToPair(" + text + ")",
                inOrder,
                stream -> pairs
                        ? keyed(stream).transformToPair(rdd -> function.call(Erased.function(rdd)))
                        : plain(stream).transformToPair(function::call),
                meaning);
    }
}

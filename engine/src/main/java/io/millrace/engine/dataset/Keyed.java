package io.millrace.engine.dataset;

import io.millrace.api.Partitioner;
import io.millrace.api.Tuple2;
import io.millrace.api.Tuple3;
import io.millrace.api.Tuple4;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.Function;
import io.millrace.api.function.Function2;
import io.millrace.api.function.PairFlatMapFunction;
import io.millrace.api.function.Reducers;
import io.millrace.engine.function.Zeros;
import io.millrace.engine.order.RangePartitioner;
import io.millrace.engine.sample.SampleDraw;
import io.millrace.engine.sample.Samples;
import io.millrace.plan.Aggregator;
import io.millrace.plan.PlanNode.Shape;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Datasets of keyed records that are combinations of others. */
public final class Keyed {
    private static final Function<Tuple2<Object, Object>, Object> VALUE = pair -> pair._2;
    private static final Function<Object, Long> ONE = value -> 1L;
    private static final FlatMapFunction<List<Object>, Object> EACH = List::iterator;

    private Keyed() {}

    /** The values of keyed records. */
    public static DatasetNode values(DatasetNode pairs) {
        return Narrowed.map("values", pairs, Shape.ROW, VALUE);
    }

    /** How many records each key has. */
    public static DatasetNode counted(String call, DatasetNode pairs, Partitioner partitioner) {
        DatasetNode ones = Narrowed.map(call, pairs, Shape.VALUE, ONE);
        return Exchanged.folded(call, ones, new Aggregator.Reduce(Reducers.sumLong()), partitioner);
    }

    /** One result per key, beginning with a zero of its own. */
    public static <V, U> DatasetNode aggregated(
            String call,
            DatasetNode pairs,
            Partitioner partitioner,
            U zero,
            Function2<U, V, U> add,
            Function2<U, U, U> merge) {
        Supplier<U> zeros = Zeros.of(call, zero);
        Function<V, U> create = value -> add.call(zeros.get(), value);
        return Exchanged.folded(call, pairs, new Aggregator.Combine(create, add, merge), partitioner);
    }

    /** The records whose keys the other does not have. */
    public static DatasetNode subtracted(DatasetNode left, DatasetNode right, Partitioner partitioner) {
        DatasetNode both = Exchanged.without("subtractByKey", left, right, partitioner);
        return Narrowed.flatMap("subtractByKey", both, Shape.VALUE, EACH);
    }

    /** For each key, its values in three datasets, or in four. */
    public static DatasetNode cogrouped(List<DatasetNode> inputs, Partitioner partitioner) {
        return Exchanged.cogrouped(
                "cogroup",
                inputs,
                partitioner,
                groups -> groups.length == 3
                        ? new Tuple3<>(groups[0], groups[1], groups[2])
                        : new Tuple4<>(groups[0], groups[1], groups[2], groups[3]));
    }

    /** A sample in which each key has its fraction. */
    public static <K> DatasetNode sampled(
            DatasetNode pairs, boolean withReplacement, Map<K, Double> fractions, long seed) {
        checkFractions("sampleByKey", withReplacement, fractions);
        return Narrowed.mapPartitions(
                "sampleByKey",
                pairs,
                true,
                Samples.drawn(
                        withReplacement,
                        record -> fractionOf("sampleByKey", ((Tuple2<?, ?>) record)._1, fractions),
                        seed));
    }

    /** A sample in which each key has exactly its share, rounded up. */
    public static <K> DatasetNode sampledExactly(
            DatasetNode pairs, boolean withReplacement, Map<K, Double> fractions, long seed) {
        String call = "sampleByKeyExact";
        checkFractions(call, withReplacement, fractions);
        DatasetNode groups = Exchanged.grouped(call, pairs, Partitioners.defaultFor(pairs));
        PairFlatMapFunction<Tuple2<Object, List<Object>>, Object, Object> draw = group -> {
            List<Object> values = group._2;
            int count = (int) Math.ceil(values.size() * fractionOf(call, group._1, fractions));
            long ofKey = Samples.randomOf(seed, Objects.hashCode(group._1)).nextLong();
            return new SampleDraw(withReplacement, count, ofKey, new long[] {values.size()})
                    .records(wanted -> wanted.length == 0 ? List.of() : List.of(values)).stream()
                            .map(value -> new Tuple2<>(group._1, value))
                            .iterator();
        };
        return Narrowed.flatMap(call, groups, Shape.PAIR, draw);
    }

    private static <K> void checkFractions(String call, boolean withReplacement, Map<K, Double> fractions) {
        Objects.requireNonNull(fractions, () -> call + " without fractions")
                .forEach((key, fraction) -> Samples.checkFraction(call, withReplacement, fraction));
    }

    private static double fractionOf(String call, Object key, Map<?, Double> fractions) {
        Double fraction = fractions.get(key);
        if (fraction == null) {
            throw new IllegalArgumentException(
                    call + ": there is no fraction for the key " + key + "; give one for each, such as 0.0");
        }
        return fraction;
    }

    /** The records with keys from {@code lower} to {@code upper}; only from partitions that can have some. */
    public static DatasetNode between(DatasetNode pairs, Comparator<Object> order, Object lower, Object upper) {
        DatasetNode read = pairs;
        if (pairs.partitioner() instanceof RangePartitioner ranges
                && (ranges.isBy(order) || ranges.isBy(order.reversed()))
                && order.compare(lower, upper) <= 0) {
            int one = ranges.getPartition(lower);
            int other = ranges.getPartition(upper);
            read = Narrowed.picked("filterByRange", pairs, Math.min(one, other), Math.max(one, other) + 1);
        }
        Function<Tuple2<Object, Object>, Boolean> isBetween =
                pair -> order.compare(pair._1, lower) >= 0 && order.compare(pair._1, upper) <= 0;
        return Narrowed.filter(read, isBetween);
    }

    /** The values of one key. */
    public static DatasetNode lookedUp(DatasetNode pairs, Object key) {
        DatasetNode read = pairs;
        if (pairs.partitioner() != null) {
            int partition = pairs.partitioner().getPartition(key);
            read = Narrowed.picked("lookup", pairs, partition, partition + 1);
        }
        Function<Tuple2<Object, Object>, Boolean> isOfKey = pair -> Objects.equals(pair._1, key);
        return values(Narrowed.filter(read, isOfKey));
    }
}

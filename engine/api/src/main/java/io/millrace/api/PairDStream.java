package io.millrace.api;

import io.millrace.api.function.Function;
import io.millrace.api.function.Function2;
import io.millrace.conf.Settings;
import io.millrace.plan.Aggregator;
import io.millrace.plan.OperatorId;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Shape;
import java.util.Objects;

/**
 * A discretized stream of keyed records.
 *
 * @param <K> key type
 * @param <V> value type
 */
public class PairDStream<K, V> extends DStreamLike<Tuple2<K, V>, PairDStream<K, V>, PairRDD<K, V>> {
    PairDStream(StreamingContext context, OperatorId id) {
        super(context, id);
    }

    @Override
    final PairDStream<K, V> self() {
        return this;
    }

    @Override
    final boolean isPairs() {
        return true;
    }

    /** The keyed records for which the function answers true; a null answer fails the batch. */
    public final PairDStream<K, V> filter(Function<Tuple2<K, V>, Boolean> function) {
        return new PairDStream<>(context(), rowFilter(function));
    }

    /** The keyed records of both streams, this one's partitions first. */
    public final PairDStream<K, V> union(PairDStream<K, V> other) {
        return new PairDStream<>(context(), unionWith(other));
    }

    /** A new value for each record; the key stays. */
    public final <U> PairDStream<K, U> mapValues(Function<V, U> function) {
        return new PairDStream<>(context(), rowMap("mapValues", Shape.VALUE, function));
    }

    /** One record per key and batch: its values made one by an associative and commutative function. */
    public final PairDStream<K, V> reduceByKey(Function2<V, V, V> function) {
        return reduceByKey(function, 0);
    }

    /**
     * One record per key and batch. A key with one value keeps it; the function is not called.
     *
     * @param partitions of the result; 0 for the default
     * @throws IllegalArgumentException if {@code partitions} is negative or above {@link Settings#MAX_PARTITIONS}
     */
    public final PairDStream<K, V> reduceByKey(Function2<V, V, V> function, int partitions) {
        Objects.requireNonNull(function, "function of reduceByKey");
        Sugar.checkPartitions("reduceByKey", partitions);
        return new PairDStream<>(
                context(),
                context()
                        .add(
                                "reduceByKey",
                                node -> new PlanNode.Aggregate(
                                        node, id(), new Aggregator.Reduce(function), partitions)));
    }
}

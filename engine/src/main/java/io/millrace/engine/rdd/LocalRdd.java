package io.millrace.engine.rdd;

import io.millrace.api.Partitioner;
import io.millrace.api.RDD;
import io.millrace.api.StorageLevel;
import io.millrace.api.function.Function;
import io.millrace.engine.dataset.DatasetNode;
import io.millrace.engine.dataset.DatasetScope;
import io.millrace.engine.dataset.Exchanged;
import io.millrace.engine.dataset.Keyed;
import io.millrace.engine.dataset.Narrowed;
import io.millrace.engine.dataset.Partitioners;
import io.millrace.engine.dataset.Sets;
import io.millrace.engine.dataset.Sorted;
import io.millrace.engine.order.Orders;
import io.millrace.engine.task.Rows;
import java.util.List;

/**
 * A dataset of plain records on this engine.
 *
 * @param <T> record type
 */
public final class LocalRdd<T> extends LocalDataset<T> implements RDD<T> {
    /** A dataset over rows, readable while the lease of its scope lasts. */
    public LocalRdd(Rows rows, DatasetScope scope) {
        this(DatasetNode.source(scope, "records", rows));
    }

    LocalRdd(DatasetNode node) {
        super(node);
    }

    @Override
    public RDD<T> cache() {
        return persist(StorageLevel.MEMORY_ONLY);
    }

    @Override
    public RDD<T> persist(StorageLevel level) {
        node().persist(level);
        return this;
    }

    @Override
    public RDD<T> unpersist() {
        node().unpersist();
        return this;
    }

    @Override
    public RDD<T> unpersist(boolean blocking) {
        return unpersist();
    }

    @Override
    public RDD<T> setName(String name) {
        node().setName(name);
        return this;
    }

    @Override
    public RDD<T> filter(Function<T, Boolean> function) {
        return new LocalRdd<>(filtered(function));
    }

    @Override
    public RDD<T> distinct() {
        return new LocalRdd<>(Sets.distinct(node(), Partitioners.hashFor(node())));
    }

    @Override
    public RDD<T> distinct(int partitions) {
        return new LocalRdd<>(Sets.distinct(node(), Partitioners.hash("distinct", partitions)));
    }

    @Override
    public RDD<T> coalesce(int partitions) {
        return coalesce(partitions, false);
    }

    @Override
    public RDD<T> coalesce(int partitions, boolean shuffle) {
        return new LocalRdd<>(coalesced(partitions, shuffle));
    }

    @Override
    public RDD<T> repartition(int partitions) {
        return new LocalRdd<>(Exchanged.dealtOut(node(), partitions));
    }

    @Override
    public RDD<T> sample(boolean withReplacement, double fraction) {
        return sample(withReplacement, fraction, newSeed());
    }

    @Override
    public RDD<T> sample(boolean withReplacement, double fraction, long seed) {
        return new LocalRdd<>(sampled(withReplacement, fraction, seed));
    }

    @Override
    public RDD<T>[] randomSplit(double[] weights) {
        return randomSplit(weights, newSeed());
    }

    @Override
    @SuppressWarnings("unchecked") // an array of a generic type cannot be made otherwise
    public RDD<T>[] randomSplit(double[] weights, long seed) {
        return Narrowed.split(node(), weights, seed).stream().map(LocalRdd::new).toArray(RDD[]::new);
    }

    @Override
    public RDD<T> union(RDD<T> other) {
        return new LocalRdd<>(Narrowed.union(List.of(node(), nodeOf("union", other))));
    }

    @Override
    public RDD<T> intersection(RDD<T> other) {
        return new LocalRdd<>(Sets.intersection(node(), nodeOf("intersection", other)));
    }

    @Override
    public RDD<T> subtract(RDD<T> other) {
        DatasetNode right = nodeOf("subtract", other);
        return new LocalRdd<>(Sets.subtract(node(), right, Partitioners.hashFor(node(), right)));
    }

    @Override
    public RDD<T> subtract(RDD<T> other, int partitions) {
        return subtract(other, Partitioners.hash("subtract", partitions));
    }

    @Override
    public RDD<T> subtract(RDD<T> other, Partitioner partitioner) {
        return new LocalRdd<>(
                Sets.subtract(node(), nodeOf("subtract", other), Partitioners.checked("subtract", partitioner)));
    }

    @Override
    public <S> RDD<T> sortBy(Function<T, S> key, boolean ascending, int partitions) {
        DatasetNode keyed = keyed("sortBy", key);
        DatasetNode sorted = Sorted.byKey("sortBy", keyed, Orders.directed(Orders.natural(), ascending), partitions);
        return new LocalRdd<>(Keyed.values(sorted));
    }
}

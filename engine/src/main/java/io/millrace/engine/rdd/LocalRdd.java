package io.millrace.engine.rdd;

import io.millrace.api.Partitioner;
import io.millrace.api.RDD;
import io.millrace.api.StorageLevel;
import io.millrace.api.function.Function;
import io.millrace.engine.task.Rows;

/**
 * A dataset of plain records on this engine.
 *
 * @param <T> record type
 */
public final class LocalRdd<T> extends LocalDataset<T> implements RDD<T> {
    // unbuilt begin
    @Override
    public RDD<T> cache() {
        throw new UnsupportedOperationException("cache");
    }

    @Override
    public RDD<T> persist(StorageLevel level) {
        throw new UnsupportedOperationException("persist");
    }

    @Override
    public RDD<T> unpersist() {
        throw new UnsupportedOperationException("unpersist");
    }

    @Override
    public RDD<T> unpersist(boolean blocking) {
        throw new UnsupportedOperationException("unpersist");
    }

    @Override
    public RDD<T> setName(String name) {
        throw new UnsupportedOperationException("setName");
    }

    @Override
    public RDD<T> filter(Function<T, Boolean> function) {
        throw new UnsupportedOperationException("filter");
    }

    @Override
    public RDD<T> distinct() {
        throw new UnsupportedOperationException("distinct");
    }

    @Override
    public RDD<T> distinct(int partitions) {
        throw new UnsupportedOperationException("distinct");
    }

    @Override
    public RDD<T> coalesce(int partitions) {
        throw new UnsupportedOperationException("coalesce");
    }

    @Override
    public RDD<T> coalesce(int partitions, boolean shuffle) {
        throw new UnsupportedOperationException("coalesce");
    }

    @Override
    public RDD<T> repartition(int partitions) {
        throw new UnsupportedOperationException("repartition");
    }

    @Override
    public RDD<T> sample(boolean withReplacement, double fraction) {
        throw new UnsupportedOperationException("sample");
    }

    @Override
    public RDD<T> sample(boolean withReplacement, double fraction, long seed) {
        throw new UnsupportedOperationException("sample");
    }

    @Override
    public RDD<T>[] randomSplit(double[] weights) {
        throw new UnsupportedOperationException("randomSplit");
    }

    @Override
    public RDD<T>[] randomSplit(double[] weights, long seed) {
        throw new UnsupportedOperationException("randomSplit");
    }

    @Override
    public RDD<T> union(RDD<T> other) {
        throw new UnsupportedOperationException("union");
    }

    @Override
    public RDD<T> intersection(RDD<T> other) {
        throw new UnsupportedOperationException("intersection");
    }

    @Override
    public RDD<T> subtract(RDD<T> other) {
        throw new UnsupportedOperationException("subtract");
    }

    @Override
    public RDD<T> subtract(RDD<T> other, int partitions) {
        throw new UnsupportedOperationException("subtract");
    }

    @Override
    public RDD<T> subtract(RDD<T> other, Partitioner partitioner) {
        throw new UnsupportedOperationException("subtract");
    }

    @Override
    public <S> RDD<T> sortBy(Function<T, S> key, boolean ascending, int partitions) {
        throw new UnsupportedOperationException("sortBy");
    }
    // unbuilt end
    /** A dataset over rows, readable while the lease of its scope lasts. */
    public LocalRdd(Rows rows, DatasetScope scope) {
        super(rows, scope);
    }
}

package io.millrace.engine.rdd;

import io.millrace.api.DoubleRDD;
import io.millrace.api.Partitioner;
import io.millrace.api.StatCounter;
import io.millrace.api.StorageLevel;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Function;
import io.millrace.engine.task.Rows;

/** A dataset of numbers on this engine. */
public final class LocalDoubleRdd extends LocalDataset<Double> implements DoubleRDD {
    // unbuilt begin
    @Override
    public DoubleRDD cache() {
        throw new UnsupportedOperationException("cache");
    }

    @Override
    public DoubleRDD persist(StorageLevel level) {
        throw new UnsupportedOperationException("persist");
    }

    @Override
    public DoubleRDD unpersist() {
        throw new UnsupportedOperationException("unpersist");
    }

    @Override
    public DoubleRDD unpersist(boolean blocking) {
        throw new UnsupportedOperationException("unpersist");
    }

    @Override
    public DoubleRDD setName(String name) {
        throw new UnsupportedOperationException("setName");
    }

    @Override
    public DoubleRDD filter(Function<Double, Boolean> function) {
        throw new UnsupportedOperationException("filter");
    }

    @Override
    public DoubleRDD distinct() {
        throw new UnsupportedOperationException("distinct");
    }

    @Override
    public DoubleRDD distinct(int partitions) {
        throw new UnsupportedOperationException("distinct");
    }

    @Override
    public DoubleRDD coalesce(int partitions) {
        throw new UnsupportedOperationException("coalesce");
    }

    @Override
    public DoubleRDD coalesce(int partitions, boolean shuffle) {
        throw new UnsupportedOperationException("coalesce");
    }

    @Override
    public DoubleRDD repartition(int partitions) {
        throw new UnsupportedOperationException("repartition");
    }

    @Override
    public DoubleRDD sample(boolean withReplacement, Double fraction) {
        throw new UnsupportedOperationException("sample");
    }

    @Override
    public DoubleRDD sample(boolean withReplacement, Double fraction, long seed) {
        throw new UnsupportedOperationException("sample");
    }

    @Override
    public DoubleRDD union(DoubleRDD other) {
        throw new UnsupportedOperationException("union");
    }

    @Override
    public DoubleRDD intersection(DoubleRDD other) {
        throw new UnsupportedOperationException("intersection");
    }

    @Override
    public DoubleRDD subtract(DoubleRDD other) {
        throw new UnsupportedOperationException("subtract");
    }

    @Override
    public DoubleRDD subtract(DoubleRDD other, int partitions) {
        throw new UnsupportedOperationException("subtract");
    }

    @Override
    public DoubleRDD subtract(DoubleRDD other, Partitioner partitioner) {
        throw new UnsupportedOperationException("subtract");
    }

    @Override
    public Double sum() {
        throw new UnsupportedOperationException("sum");
    }

    @Override
    public Double min() {
        throw new UnsupportedOperationException("min");
    }

    @Override
    public Double max() {
        throw new UnsupportedOperationException("max");
    }

    @Override
    public Double mean() {
        throw new UnsupportedOperationException("mean");
    }

    @Override
    public Double variance() {
        throw new UnsupportedOperationException("variance");
    }

    @Override
    public Double popVariance() {
        throw new UnsupportedOperationException("popVariance");
    }

    @Override
    public Double sampleVariance() {
        throw new UnsupportedOperationException("sampleVariance");
    }

    @Override
    public Double stdev() {
        throw new UnsupportedOperationException("stdev");
    }

    @Override
    public Double popStdev() {
        throw new UnsupportedOperationException("popStdev");
    }

    @Override
    public Double sampleStdev() {
        throw new UnsupportedOperationException("sampleStdev");
    }

    @Override
    public StatCounter stats() {
        throw new UnsupportedOperationException("stats");
    }

    @Override
    public Tuple2<double[], long[]> histogram(int bucketCount) {
        throw new UnsupportedOperationException("histogram");
    }

    @Override
    public long[] histogram(double[] buckets) {
        throw new UnsupportedOperationException("histogram");
    }

    @Override
    public long[] histogram(Double[] buckets, boolean evenBuckets) {
        throw new UnsupportedOperationException("histogram");
    }
    // unbuilt end
    /** A dataset over rows, readable while the lease lasts. */
    public LocalDoubleRdd(Rows rows, DatasetScope scope) {
        super(rows, scope);
    }
}

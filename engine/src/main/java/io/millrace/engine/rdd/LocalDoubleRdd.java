package io.millrace.engine.rdd;

import io.millrace.api.DoubleRDD;
import io.millrace.api.Partitioner;
import io.millrace.api.StatCounter;
import io.millrace.api.StorageLevel;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Function;
import io.millrace.engine.action.Histogram;
import io.millrace.engine.action.NumberStats;
import io.millrace.engine.action.NumberSum;
import io.millrace.engine.dataset.DatasetNode;
import io.millrace.engine.dataset.DatasetScope;
import io.millrace.engine.dataset.Exchanged;
import io.millrace.engine.dataset.Narrowed;
import io.millrace.engine.dataset.Partitioners;
import io.millrace.engine.dataset.Sets;
import io.millrace.engine.task.Rows;
import java.util.List;
import java.util.stream.Stream;

/** A dataset of numbers on this engine. */
public final class LocalDoubleRdd extends LocalDataset<Double> implements DoubleRDD {
    /** A dataset over rows, readable while the lease of its scope lasts. */
    public LocalDoubleRdd(Rows rows, DatasetScope scope) {
        this(DatasetNode.source(scope, "numbers", rows));
    }

    LocalDoubleRdd(DatasetNode node) {
        super(node);
    }

    @Override
    public DoubleRDD cache() {
        return persist(StorageLevel.MEMORY_ONLY);
    }

    @Override
    public DoubleRDD persist(StorageLevel level) {
        node().persist(level);
        return this;
    }

    @Override
    public DoubleRDD unpersist() {
        node().unpersist();
        return this;
    }

    @Override
    public DoubleRDD unpersist(boolean blocking) {
        return unpersist();
    }

    @Override
    public DoubleRDD setName(String name) {
        node().setName(name);
        return this;
    }

    @Override
    public DoubleRDD filter(Function<Double, Boolean> function) {
        return new LocalDoubleRdd(filtered(function));
    }

    @Override
    public DoubleRDD distinct() {
        return new LocalDoubleRdd(Sets.distinct(node(), Partitioners.hashFor(node())));
    }

    @Override
    public DoubleRDD distinct(int partitions) {
        return new LocalDoubleRdd(Sets.distinct(node(), Partitioners.hash("distinct", partitions)));
    }

    @Override
    public DoubleRDD coalesce(int partitions) {
        return coalesce(partitions, false);
    }

    @Override
    public DoubleRDD coalesce(int partitions, boolean shuffle) {
        return new LocalDoubleRdd(coalesced(partitions, shuffle));
    }

    @Override
    public DoubleRDD repartition(int partitions) {
        return new LocalDoubleRdd(Exchanged.dealtOut(node(), partitions));
    }

    @Override
    public DoubleRDD sample(boolean withReplacement, Double fraction) {
        return sample(withReplacement, fraction, newSeed());
    }

    @Override
    public DoubleRDD sample(boolean withReplacement, Double fraction, long seed) {
        return new LocalDoubleRdd(sampled(withReplacement, fraction, seed));
    }

    @Override
    public DoubleRDD union(DoubleRDD other) {
        return new LocalDoubleRdd(Narrowed.union(List.of(node(), nodeOf("union", other))));
    }

    @Override
    public DoubleRDD intersection(DoubleRDD other) {
        return new LocalDoubleRdd(Sets.intersection(node(), nodeOf("intersection", other)));
    }

    @Override
    public DoubleRDD subtract(DoubleRDD other) {
        DatasetNode right = nodeOf("subtract", other);
        return new LocalDoubleRdd(Sets.subtract(node(), right, Partitioners.hashFor(node(), right)));
    }

    @Override
    public DoubleRDD subtract(DoubleRDD other, int partitions) {
        return subtract(other, Partitioners.hash("subtract", partitions));
    }

    @Override
    public DoubleRDD subtract(DoubleRDD other, Partitioner partitioner) {
        return new LocalDoubleRdd(
                Sets.subtract(node(), nodeOf("subtract", other), Partitioners.checked("subtract", partitioner)));
    }

    @Override
    public StatCounter stats() {
        StatCounter all = new StatCounter();
        reader().readPartitions(NumberStats::new).forEach(part -> all.merge(part.stats()));
        return all;
    }

    @Override
    public Double sum() {
        return reader().readPartitions(NumberSum::new).stream()
                .mapToDouble(NumberSum::sum)
                .sum();
    }

    @Override
    public Double min() {
        return stats().min();
    }

    @Override
    public Double max() {
        return stats().max();
    }

    @Override
    public Double mean() {
        return stats().mean();
    }

    @Override
    public Double variance() {
        return stats().variance();
    }

    @Override
    public Double popVariance() {
        return stats().popVariance();
    }

    @Override
    public Double sampleVariance() {
        return stats().sampleVariance();
    }

    @Override
    public Double stdev() {
        return stats().stdev();
    }

    @Override
    public Double popStdev() {
        return stats().popStdev();
    }

    @Override
    public Double sampleStdev() {
        return stats().sampleStdev();
    }

    @Override
    public Tuple2<double[], long[]> histogram(int bucketCount) {
        if (bucketCount < 1) {
            throw new IllegalArgumentException("histogram of " + bucketCount + " buckets; give 1 or more");
        }
        StatCounter stats = stats();
        if (stats.count() == 0) {
            throw emptyCollection("histogram");
        }
        double[] limits = Histogram.evenLimits(stats.min(), stats.max(), bucketCount);
        return new Tuple2<>(limits, histogram(limits));
    }

    @Override
    public long[] histogram(double[] buckets) {
        Histogram.checkLimits(buckets);
        long[] counts = new long[buckets.length - 1];
        for (Histogram part : reader().readPartitions(() -> new Histogram(buckets))) {
            for (int bucket = 0; bucket < counts.length; bucket++) {
                counts[bucket] += part.counts()[bucket];
            }
        }
        return counts;
    }

    @Override
    public long[] histogram(Double[] buckets, boolean evenBuckets) {
        return histogram(Stream.of(buckets).mapToDouble(Double::doubleValue).toArray());
    }
}

package io.millrace.api;

import io.millrace.api.function.Function;

/**
 * A dataset of numbers, with the statistics of them. Inside {@code transform} it stands for a stream of {@link Double}.
 * Transformations mean what they mean in {@link RDD}.
 */
public interface DoubleRDD extends RDDLike<DStream<Double>>, RDDTransformations<Double> {
    /** As {@link RDD#cache()}. */
    DoubleRDD cache();

    /** As {@link RDD#persist(StorageLevel)}. */
    DoubleRDD persist(StorageLevel level);

    /** As {@link RDD#unpersist()}. */
    DoubleRDD unpersist();

    /** As {@link RDD#unpersist(boolean)}. */
    DoubleRDD unpersist(boolean blocking);

    /** As {@link RDD#setName}. */
    DoubleRDD setName(String name);

    /** As {@link RDD#filter}. */
    DoubleRDD filter(Function<Double, Boolean> function);

    /** As {@link RDD#distinct()}. */
    DoubleRDD distinct();

    /** As {@link RDD#distinct(int)}. */
    DoubleRDD distinct(int partitions);

    /** As {@link RDD#coalesce(int)}. */
    DoubleRDD coalesce(int partitions);

    /** As {@link RDD#coalesce(int, boolean)}. */
    DoubleRDD coalesce(int partitions, boolean shuffle);

    /** As {@link RDD#repartition}. */
    DoubleRDD repartition(int partitions);

    /** As {@link RDD#sample(boolean, double)}. */
    DoubleRDD sample(boolean withReplacement, Double fraction);

    /** As {@link RDD#sample(boolean, double, long)}. */
    DoubleRDD sample(boolean withReplacement, Double fraction, long seed);

    /** As {@link RDD#union}. */
    DoubleRDD union(DoubleRDD other);

    /** As {@link RDD#intersection}. */
    DoubleRDD intersection(DoubleRDD other);

    /** As {@link RDD#subtract(RDD)}. */
    DoubleRDD subtract(DoubleRDD other);

    /** As {@link RDD#subtract(RDD, int)}. */
    DoubleRDD subtract(DoubleRDD other, int partitions);

    /** As {@link RDD#subtract(RDD, Partitioner)}. */
    DoubleRDD subtract(DoubleRDD other, Partitioner partitioner);

    /** The sum; 0 of nothing. */
    Double sum();

    /** The least number; positive infinity of nothing. */
    Double min();

    /** The greatest number; negative infinity of nothing. */
    Double max();

    /** The mean; NaN of nothing. */
    Double mean();

    /** The population's variance: divided by the count. NaN of nothing. */
    Double variance();

    /** The same as {@link #variance()}. */
    Double popVariance();

    /** The sample's variance: divided by the count less one. NaN of fewer than two. */
    Double sampleVariance();

    /** The square root of {@link #variance()}. */
    Double stdev();

    /** The same as {@link #stdev()}. */
    Double popStdev();

    /** The square root of {@link #sampleVariance()}. */
    Double sampleStdev();

    /** All statistics, in one pass. */
    StatCounter stats();

    /**
     * How many numbers fall into each of so many buckets of equal width, from the least number to the greatest.
     *
     * @return the limits of the buckets, one more than buckets, and the counts; one bucket if all numbers are equal
     * @throws UnsupportedOperationException if there are no numbers, or some that are infinite or NaN
     * @throws IllegalArgumentException if {@code bucketCount} is below 1
     */
    Tuple2<double[], long[]> histogram(int bucketCount);

    /**
     * How many numbers fall into each bucket. A bucket holds its lower limit and not its upper one, but for the last,
     * which holds both; numbers outside all buckets, and NaN, are not counted.
     *
     * @param buckets the limits, ascending, two or more
     * @throws IllegalArgumentException if there are fewer than two limits, or they do not ascend
     */
    long[] histogram(double[] buckets);

    /**
     * As {@link #histogram(double[])}.
     *
     * @param evenBuckets whether all buckets have the same width; changes nothing
     */
    long[] histogram(Double[] buckets, boolean evenBuckets);
}

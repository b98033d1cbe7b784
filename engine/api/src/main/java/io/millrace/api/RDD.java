package io.millrace.api;

import io.millrace.api.function.Function;
import io.millrace.conf.Settings;

/**
 * An immutable, lazily computed dataset in partitions: one batch of a {@link DStream}, or made by
 * {@link MillraceContext#parallelize}. Where a number of partitions is given, 1 to {@link Settings#MAX_PARTITIONS} are
 * allowed; where none is, a result that has to be brought together by key has as many as the largest input's
 * partitioner, else {@code millrace.default.parallelism} if that is set, else as the largest input.
 *
 * @param <T> record type
 */
public interface RDD<T> extends RDDLike<DStream<T>>, RDDTransformations<T> {
    /** Keep what the first action computes, for all that follow: the same as {@code persist(MEMORY_ONLY)}. Returns this. */
    RDD<T> cache();

    /**
     * Keep what the first action computes, for all that follow; a dataset of a batch keeps it as long as the batch
     * lives. Where it is kept is the engine's choice, whatever the level says. Returns this.
     *
     * @throws UnsupportedOperationException if it has another level already
     */
    RDD<T> persist(StorageLevel level);

    /** Give back what was kept, and keep nothing more. Returns this. */
    RDD<T> unpersist();

    /** The same as {@link #unpersist()}; it never waits. */
    RDD<T> unpersist(boolean blocking);

    /** Give it a name, for people. Returns this. */
    RDD<T> setName(String name);

    /** The records for which the function says true, in order. */
    RDD<T> filter(Function<T, Boolean> function);

    /** Each distinct record once; order is unspecified. */
    RDD<T> distinct();

    /** As {@link #distinct()}, in so many partitions. */
    RDD<T> distinct(int partitions);

    /**
     * Fewer partitions, each of several neighbours; never more.
     *
     * @throws IllegalArgumentException if {@code partitions} is below 1
     */
    RDD<T> coalesce(int partitions);

    /** As {@link #coalesce(int)}; with {@code shuffle}, the same as {@link #repartition}. */
    RDD<T> coalesce(int partitions, boolean shuffle);

    /** So many partitions of about equal size; order is unspecified. */
    RDD<T> repartition(int partitions);

    /**
     * Records drawn at random, in order.
     *
     * @param withReplacement whether one record may be drawn several times
     * @param fraction without replacement the chance of each record, 0 to 1; else how often each is drawn on average
     */
    RDD<T> sample(boolean withReplacement, double fraction);

    /** As {@link #sample(boolean, double)}; the same seed draws the same records of the same dataset. */
    RDD<T> sample(boolean withReplacement, double fraction, long seed);

    /**
     * Each record in one of several datasets, at random.
     *
     * @param weights how large each dataset is to be, beside the others; 0 or more each, and not all 0
     */
    RDD<T>[] randomSplit(double[] weights);

    /** As {@link #randomSplit(double[])}; the same seed splits the same dataset the same way. */
    RDD<T>[] randomSplit(double[] weights, long seed);

    /** The records of both, partitions of this first; duplicates stay. */
    RDD<T> union(RDD<T> other);

    /** Each distinct record that is in both, once. */
    RDD<T> intersection(RDD<T> other);

    /** The records that are not in the other; duplicates stay. */
    RDD<T> subtract(RDD<T> other);

    /** As {@link #subtract(RDD)}, in so many partitions. */
    RDD<T> subtract(RDD<T> other, int partitions);

    /** As {@link #subtract(RDD)}; records go where the partitioner says. */
    RDD<T> subtract(RDD<T> other, Partitioner partitioner);

    /**
     * All records in the natural order of what the function returns for them. With more than one partition, a sample is
     * drawn at once, to find the limits between them.
     */
    <S> RDD<T> sortBy(Function<T, S> key, boolean ascending, int partitions);
}

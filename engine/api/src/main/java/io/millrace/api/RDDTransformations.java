package io.millrace.api;

import io.millrace.api.function.DoubleFlatMapFunction;
import io.millrace.api.function.DoubleFunction;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.FlatMapFunction2;
import io.millrace.api.function.Function;
import io.millrace.api.function.Function2;
import io.millrace.api.function.PairFlatMapFunction;
import io.millrace.api.function.PairFunction;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What plain, keyed and number datasets can be made into alike. A transformation computes nothing: it names a new
 * dataset, which is computed by its actions, each time, unless it is kept ({@code cache()}).
 *
 * <p>Meaning: guide, "Transformations". A dataset made from one of a batch lives as long as that batch.
 *
 * @param <T> record type
 */
public interface RDDTransformations<T> extends RDDActions<T> {
    /** One record out for each record in, in order. */
    <R> RDD<R> map(Function<T, R> function);

    /** One number out for each record in, in order. */
    DoubleRDD mapToDouble(DoubleFunction<T> function);

    /** One keyed record out for each record in, in order. */
    <K, V> PairRDD<K, V> mapToPair(PairFunction<T, K, V> function);

    /** Any number of records out for each record in. */
    <U> RDD<U> flatMap(FlatMapFunction<T, U> function);

    /** Any number of numbers out for each record in. */
    DoubleRDD flatMapToDouble(DoubleFlatMapFunction<T> function);

    /** Any number of keyed records out for each record in. */
    <K, V> PairRDD<K, V> flatMapToPair(PairFlatMapFunction<T, K, V> function);

    /** A partition's records in, any number of records out; called for empty partitions too. */
    <U> RDD<U> mapPartitions(FlatMapFunction<Iterator<T>, U> function);

    /**
     * As {@link #mapPartitions(FlatMapFunction)}.
     *
     * @param preservesPartitioning whether keys stay what and where they are, so that the partitioner holds on
     */
    <U> RDD<U> mapPartitions(FlatMapFunction<Iterator<T>, U> function, boolean preservesPartitioning);

    /** A partition's records in, any number of numbers out; called for empty partitions too. */
    DoubleRDD mapPartitionsToDouble(DoubleFlatMapFunction<Iterator<T>> function);

    /** As {@link #mapPartitionsToDouble(DoubleFlatMapFunction)}; the switch as in {@link #mapPartitions}. */
    DoubleRDD mapPartitionsToDouble(DoubleFlatMapFunction<Iterator<T>> function, boolean preservesPartitioning);

    /** A partition's records in, any number of keyed records out; called for empty partitions too. */
    <K, V> PairRDD<K, V> mapPartitionsToPair(PairFlatMapFunction<Iterator<T>, K, V> function);

    /** As {@link #mapPartitionsToPair(PairFlatMapFunction)}; the switch as in {@link #mapPartitions}. */
    <K, V> PairRDD<K, V> mapPartitionsToPair(
            PairFlatMapFunction<Iterator<T>, K, V> function, boolean preservesPartitioning);

    /** As {@link #mapPartitions(FlatMapFunction, boolean)}, and the function is told the partition's index. */
    <R> RDD<R> mapPartitionsWithIndex(
            Function2<Integer, Iterator<T>, Iterator<R>> function, boolean preservesPartitioning);

    /** One list for each partition, of its records. */
    RDD<List<T>> glom();

    /** Every pair of a record of this and a record of the other; n·m partitions. */
    <U> PairRDD<T, U> cartesian(RDDTransformations<U> other);

    /** All records of one group together; groups are what the function returns. */
    <U> PairRDD<U, Iterable<T>> groupBy(Function<T, U> function);

    /** As {@link #groupBy(Function)}, into so many partitions. */
    <U> PairRDD<U, Iterable<T>> groupBy(Function<T, U> function, int partitions);

    /** Each record with the key that the function returns for it. */
    <U> PairRDD<U, T> keyBy(Function<T, U> function);

    /**
     * The lines that an external program answers. It is started once for each partition, and gets the partition's
     * records as lines of UTF-8; an exit code other than 0 fails the action.
     *
     * @param command the program and its arguments, separated by blanks
     */
    RDD<String> pipe(String command);

    /** As {@link #pipe(String)}; the first text is the program, each further one an argument. */
    RDD<String> pipe(List<String> command);

    /** As {@link #pipe(List)}, with these environment variables added to the process's own. */
    RDD<String> pipe(List<String> command, Map<String, String> environment);

    /**
     * The first record with the other's first, and so on. A partition in which one has more records than the other
     * fails the action.
     *
     * @throws IllegalArgumentException if the two have different numbers of partitions
     */
    <U> PairRDD<T, U> zip(RDDTransformations<U> other);

    /**
     * The records of a partition of this and of the same partition of the other in, any number of records out.
     *
     * @throws IllegalArgumentException if the two have different numbers of partitions
     */
    <U, V> RDD<V> zipPartitions(RDDTransformations<U> other, FlatMapFunction2<Iterator<T>, Iterator<U>, V> function);

    /** Each record with a number of its own: its place in the partition, times partitions, plus the partition's index. */
    PairRDD<T, Long> zipWithUniqueId();

    /** Each record with its place, from 0. Counts all partitions but the last at once, if there are several. */
    PairRDD<T, Long> zipWithIndex();
}

package io.millrace.api;

import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.Function;
import io.millrace.api.function.Function2;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An immutable, lazily computed dataset of keyed records: one batch of a {@link PairDStream}, or made by
 * {@link MillraceContext#parallelizePairs}. What it shares with {@link RDD} means what it means there; what partitions a
 * result has is said there, too.
 *
 * <p>Keys are compared by {@code equals} and {@code hashCode}, so an array is a key by identity, as it is in a Java map.
 * Keys and values may be null.
 *
 * @param <K> key type
 * @param <V> value type
 */
public interface PairRDD<K, V> extends RDDLike<PairDStream<K, V>>, RDDTransformations<Tuple2<K, V>> {
    /** A dataset of tuples as a keyed one. */
    static <K, V> PairRDD<K, V> fromJavaRDD(RDD<Tuple2<K, V>> rdd) {
        return rdd.mapToPair(pair -> pair);
    }

    /** As {@link RDD#cache()}. */
    PairRDD<K, V> cache();

    /** As {@link RDD#persist(StorageLevel)}. */
    PairRDD<K, V> persist(StorageLevel level);

    /** As {@link RDD#unpersist()}. */
    PairRDD<K, V> unpersist();

    /** As {@link RDD#unpersist(boolean)}. */
    PairRDD<K, V> unpersist(boolean blocking);

    /** As {@link RDD#setName}. */
    PairRDD<K, V> setName(String name);

    /** As {@link RDD#filter}; the partitioner holds on. */
    PairRDD<K, V> filter(Function<Tuple2<K, V>, Boolean> function);

    /** As {@link RDD#distinct()}. */
    PairRDD<K, V> distinct();

    /** As {@link RDD#distinct(int)}. */
    PairRDD<K, V> distinct(int partitions);

    /** As {@link RDD#coalesce(int)}. */
    PairRDD<K, V> coalesce(int partitions);

    /** As {@link RDD#coalesce(int, boolean)}. */
    PairRDD<K, V> coalesce(int partitions, boolean shuffle);

    /** As {@link RDD#repartition}. */
    PairRDD<K, V> repartition(int partitions);

    /** As {@link RDD#sample(boolean, double)}. */
    PairRDD<K, V> sample(boolean withReplacement, double fraction);

    /** As {@link RDD#sample(boolean, double, long)}. */
    PairRDD<K, V> sample(boolean withReplacement, double fraction, long seed);

    /**
     * A sample in which each key has a fraction of its own.
     *
     * @param fractions for each key, as in {@link RDD#sample(boolean, double)}; a key that is missing ends the action
     */
    PairRDD<K, V> sampleByKey(boolean withReplacement, Map<K, Double> fractions);

    /** As {@link #sampleByKey(boolean, Map)}; the same seed draws the same records of the same dataset. */
    PairRDD<K, V> sampleByKey(boolean withReplacement, Map<K, Double> fractions, long seed);

    /** As {@link #sampleByKey(boolean, Map)}, with exactly the number of records that its fraction asks of each key. */
    PairRDD<K, V> sampleByKeyExact(boolean withReplacement, Map<K, Double> fractions);

    /** As {@link #sampleByKeyExact(boolean, Map)}; the same seed draws the same records of the same dataset. */
    PairRDD<K, V> sampleByKeyExact(boolean withReplacement, Map<K, Double> fractions, long seed);

    /** As {@link RDD#union}. */
    PairRDD<K, V> union(PairRDD<K, V> other);

    /** As {@link RDD#intersection}. */
    PairRDD<K, V> intersection(PairRDD<K, V> other);

    /** As {@link RDD#subtract(RDD)}, comparing keys and values. */
    PairRDD<K, V> subtract(PairRDD<K, V> other);

    /** As {@link #subtract(PairRDD)}, in so many partitions. */
    PairRDD<K, V> subtract(PairRDD<K, V> other, int partitions);

    /** As {@link #subtract(PairRDD)}; records go where the partitioner says, which is asked for whole records. */
    PairRDD<K, V> subtract(PairRDD<K, V> other, Partitioner partitioner);

    /** The records whose keys are not in the other. */
    <W> PairRDD<K, V> subtractByKey(PairRDD<K, W> other);

    /** As {@link #subtractByKey(PairRDD)}, in so many partitions. */
    <W> PairRDD<K, V> subtractByKey(PairRDD<K, W> other, int partitions);

    /** As {@link #subtractByKey(PairRDD)}; keys go where the partitioner says. */
    <W> PairRDD<K, V> subtractByKey(PairRDD<K, W> other, Partitioner partitioner);

    /** The same records, each where the partitioner says; this dataset if they are there already. */
    PairRDD<K, V> partitionBy(Partitioner partitioner);

    /** One value per key, made by an associative and commutative function. */
    PairRDD<K, V> reduceByKey(Function2<V, V, V> function);

    /** As {@link #reduceByKey(Function2)}, in so many partitions. */
    PairRDD<K, V> reduceByKey(Function2<V, V, V> function, int partitions);

    /** As {@link #reduceByKey(Function2)}; keys go where the partitioner says. */
    PairRDD<K, V> reduceByKey(Partitioner partitioner, Function2<V, V, V> function);

    /** {@link #reduceByKey(Function2)} as a map. */
    Map<K, V> reduceByKeyLocally(Function2<V, V, V> function);

    /** How many records each key has, as a map. */
    Map<K, Long> countByKey();

    /**
     * One combined value per key: {@code create} makes it of a first value, {@code mergeValue} adds a further one,
     * {@code mergeCombiners} makes one of two. A combined value belongs to its key alone, so it may be changed in place.
     */
    <C> PairRDD<K, C> combineByKey(
            Function<V, C> create, Function2<C, V, C> mergeValue, Function2<C, C, C> mergeCombiners);

    /** As {@link #combineByKey(Function, Function2, Function2)}, in so many partitions. */
    <C> PairRDD<K, C> combineByKey(
            Function<V, C> create, Function2<C, V, C> mergeValue, Function2<C, C, C> mergeCombiners, int partitions);

    /** As {@link #combineByKey(Function, Function2, Function2)}; keys go where the partitioner says. */
    <C> PairRDD<K, C> combineByKey(
            Function<V, C> create,
            Function2<C, V, C> mergeValue,
            Function2<C, C, C> mergeCombiners,
            Partitioner partitioner);

    /**
     * One result per key, beginning with {@code zero}. It enters once for each key and each thread that met the key: at
     * least once, at most as often as there are workers, not equally often in every run; so it has to change nothing.
     * Each time it is a copy, so {@code add} and {@code merge} may change theirs in place.
     *
     * @param zero a constant, or {@link java.io.Serializable}
     * @throws IllegalArgumentException if it is neither, and so cannot be copied
     */
    <U> PairRDD<K, U> aggregateByKey(U zero, Function2<U, V, U> add, Function2<U, U, U> merge);

    /** As {@link #aggregateByKey(Object, Function2, Function2)}, in so many partitions. */
    <U> PairRDD<K, U> aggregateByKey(U zero, int partitions, Function2<U, V, U> add, Function2<U, U, U> merge);

    /** As {@link #aggregateByKey(Object, Function2, Function2)}; keys go where the partitioner says. */
    <U> PairRDD<K, U> aggregateByKey(U zero, Partitioner partitioner, Function2<U, V, U> add, Function2<U, U, U> merge);

    /**
     * One value per key, beginning with {@code zero}, which enters as often as that of
     * {@link #aggregateByKey(Object, Function2, Function2)}, and so has to change nothing (0 of a sum, 1 of a product).
     */
    PairRDD<K, V> foldByKey(V zero, Function2<V, V, V> function);

    /** As {@link #foldByKey(Object, Function2)}, in so many partitions. */
    PairRDD<K, V> foldByKey(V zero, int partitions, Function2<V, V, V> function);

    /** As {@link #foldByKey(Object, Function2)}; keys go where the partitioner says. */
    PairRDD<K, V> foldByKey(V zero, Partitioner partitioner, Function2<V, V, V> function);

    /** All values of a key together, in memory; their order is unspecified. */
    PairRDD<K, Iterable<V>> groupByKey();

    /** As {@link #groupByKey()}, in so many partitions. */
    PairRDD<K, Iterable<V>> groupByKey(int partitions);

    /** As {@link #groupByKey()}; keys go where the partitioner says. */
    PairRDD<K, Iterable<V>> groupByKey(Partitioner partitioner);

    /** For each key that both have, each pair of its values. */
    <W> PairRDD<K, Tuple2<V, W>> join(PairRDD<K, W> other);

    /** As {@link #join(PairRDD)}, in so many partitions. */
    <W> PairRDD<K, Tuple2<V, W>> join(PairRDD<K, W> other, int partitions);

    /** As {@link #join(PairRDD)}; keys go where the partitioner says. */
    <W> PairRDD<K, Tuple2<V, W>> join(PairRDD<K, W> other, Partitioner partitioner);

    /** As {@link #join(PairRDD)}, and each value of this without a partner, with nothing. A partner may not be null. */
    <W> PairRDD<K, Tuple2<V, Optional<W>>> leftOuterJoin(PairRDD<K, W> other);

    /** As {@link #leftOuterJoin(PairRDD)}, in so many partitions. */
    <W> PairRDD<K, Tuple2<V, Optional<W>>> leftOuterJoin(PairRDD<K, W> other, int partitions);

    /** As {@link #leftOuterJoin(PairRDD)}; keys go where the partitioner says. */
    <W> PairRDD<K, Tuple2<V, Optional<W>>> leftOuterJoin(PairRDD<K, W> other, Partitioner partitioner);

    /** As {@link #join(PairRDD)}, and each value of the other without a partner, with nothing. */
    <W> PairRDD<K, Tuple2<Optional<V>, W>> rightOuterJoin(PairRDD<K, W> other);

    /** As {@link #rightOuterJoin(PairRDD)}, in so many partitions. */
    <W> PairRDD<K, Tuple2<Optional<V>, W>> rightOuterJoin(PairRDD<K, W> other, int partitions);

    /** As {@link #rightOuterJoin(PairRDD)}; keys go where the partitioner says. */
    <W> PairRDD<K, Tuple2<Optional<V>, W>> rightOuterJoin(PairRDD<K, W> other, Partitioner partitioner);

    /** As {@link #join(PairRDD)}, and each value of either without a partner, with nothing. */
    <W> PairRDD<K, Tuple2<Optional<V>, Optional<W>>> fullOuterJoin(PairRDD<K, W> other);

    /** As {@link #fullOuterJoin(PairRDD)}, in so many partitions. */
    <W> PairRDD<K, Tuple2<Optional<V>, Optional<W>>> fullOuterJoin(PairRDD<K, W> other, int partitions);

    /** As {@link #fullOuterJoin(PairRDD)}; keys go where the partitioner says. */
    <W> PairRDD<K, Tuple2<Optional<V>, Optional<W>>> fullOuterJoin(PairRDD<K, W> other, Partitioner partitioner);

    /** For each key that either has, its values in each. */
    <W> PairRDD<K, Tuple2<Iterable<V>, Iterable<W>>> cogroup(PairRDD<K, W> other);

    /** As {@link #cogroup(PairRDD)}, in so many partitions. */
    <W> PairRDD<K, Tuple2<Iterable<V>, Iterable<W>>> cogroup(PairRDD<K, W> other, int partitions);

    /** As {@link #cogroup(PairRDD)}; keys go where the partitioner says. */
    <W> PairRDD<K, Tuple2<Iterable<V>, Iterable<W>>> cogroup(PairRDD<K, W> other, Partitioner partitioner);

    /** As {@link #cogroup(PairRDD)}, of three. */
    <W1, W2> PairRDD<K, Tuple3<Iterable<V>, Iterable<W1>, Iterable<W2>>> cogroup(
            PairRDD<K, W1> other1, PairRDD<K, W2> other2);

    /** As {@link #cogroup(PairRDD, int)}, of three. */
    <W1, W2> PairRDD<K, Tuple3<Iterable<V>, Iterable<W1>, Iterable<W2>>> cogroup(
            PairRDD<K, W1> other1, PairRDD<K, W2> other2, int partitions);

    /** As {@link #cogroup(PairRDD, Partitioner)}, of three. */
    <W1, W2> PairRDD<K, Tuple3<Iterable<V>, Iterable<W1>, Iterable<W2>>> cogroup(
            PairRDD<K, W1> other1, PairRDD<K, W2> other2, Partitioner partitioner);

    /** As {@link #cogroup(PairRDD)}, of four. */
    <W1, W2, W3> PairRDD<K, Tuple4<Iterable<V>, Iterable<W1>, Iterable<W2>, Iterable<W3>>> cogroup(
            PairRDD<K, W1> other1, PairRDD<K, W2> other2, PairRDD<K, W3> other3);

    /** As {@link #cogroup(PairRDD, int)}, of four. */
    <W1, W2, W3> PairRDD<K, Tuple4<Iterable<V>, Iterable<W1>, Iterable<W2>, Iterable<W3>>> cogroup(
            PairRDD<K, W1> other1, PairRDD<K, W2> other2, PairRDD<K, W3> other3, int partitions);

    /** As {@link #cogroup(PairRDD, Partitioner)}, of four. */
    <W1, W2, W3> PairRDD<K, Tuple4<Iterable<V>, Iterable<W1>, Iterable<W2>, Iterable<W3>>> cogroup(
            PairRDD<K, W1> other1, PairRDD<K, W2> other2, PairRDD<K, W3> other3, Partitioner partitioner);

    /** The same as {@link #cogroup(PairRDD)}. */
    default <W> PairRDD<K, Tuple2<Iterable<V>, Iterable<W>>> groupWith(PairRDD<K, W> other) {
        return cogroup(other);
    }

    /** The same as {@link #cogroup(PairRDD, PairRDD)}. */
    default <W1, W2> PairRDD<K, Tuple3<Iterable<V>, Iterable<W1>, Iterable<W2>>> groupWith(
            PairRDD<K, W1> other1, PairRDD<K, W2> other2) {
        return cogroup(other1, other2);
    }

    /** The same as {@link #cogroup(PairRDD, PairRDD, PairRDD)}. */
    default <W1, W2, W3> PairRDD<K, Tuple4<Iterable<V>, Iterable<W1>, Iterable<W2>, Iterable<W3>>> groupWith(
            PairRDD<K, W1> other1, PairRDD<K, W2> other2, PairRDD<K, W3> other3) {
        return cogroup(other1, other2, other3);
    }

    /** Each value made another, under its key; the partitioner holds on. */
    <U> PairRDD<K, U> mapValues(Function<V, U> function);

    /** Each value made any number of others, under its key; the partitioner holds on. */
    <U> PairRDD<K, U> flatMapValues(FlatMapFunction<V, U> function);

    /** The keys, in order, as often as they occur. */
    RDD<K> keys();

    /** The values, in order. */
    RDD<V> values();

    /** All records as a map; of several records with one key the last one wins. */
    Map<K, V> collectAsMap();

    /** The values of one key; reads one partition alone where the partitioner is known. */
    List<V> lookup(K key);

    /** All records in ascending natural order of their keys, in as many partitions as this has. As the widest form. */
    PairRDD<K, V> sortByKey();

    /** As {@link #sortByKey()}, descending if not ascending. */
    PairRDD<K, V> sortByKey(boolean ascending);

    /** As {@link #sortByKey(boolean)}, in at most so many partitions. */
    PairRDD<K, V> sortByKey(boolean ascending, int partitions);

    /** As {@link #sortByKey(Comparator, boolean, int)}, ascending, in as many partitions as this has. */
    PairRDD<K, V> sortByKey(Comparator<K> order);

    /** As {@link #sortByKey(Comparator, boolean, int)}, in as many partitions as this has. */
    PairRDD<K, V> sortByKey(Comparator<K> order, boolean ascending);

    /**
     * All records in the order of their keys; those of one key stay as they were. With more than one partition, a sample
     * of the keys is drawn at once, to find the limits between partitions.
     *
     * @param order of keys; called by several workers at once
     */
    PairRDD<K, V> sortByKey(Comparator<K> order, boolean ascending, int partitions);

    /** The same records, each where the partitioner says, there in ascending natural order of keys. */
    PairRDD<K, V> repartitionAndSortWithinPartitions(Partitioner partitioner);

    /** As {@link #repartitionAndSortWithinPartitions(Partitioner)}, in this order of keys. */
    PairRDD<K, V> repartitionAndSortWithinPartitions(Partitioner partitioner, Comparator<K> order);

    /**
     * The records whose keys are from {@code lower} to {@code upper}, both included, in natural order. After
     * {@code sortByKey} it reads only the partitions that can hold some.
     */
    PairRDD<K, V> filterByRange(K lower, K upper);

    /** As {@link #filterByRange(Object, Object)}, in this order of keys; reads all partitions. */
    PairRDD<K, V> filterByRange(Comparator<K> order, K lower, K upper);

    /**
     * How many distinct values each key has. The answer is exact, whatever error would be allowed.
     *
     * @param relativeSD the error a program for Spark allows, above 0.000017
     * @throws IllegalArgumentException if it is less
     */
    PairRDD<K, Long> countApproxDistinctByKey(double relativeSD);

    /** As {@link #countApproxDistinctByKey(double)}, in so many partitions. */
    PairRDD<K, Long> countApproxDistinctByKey(double relativeSD, int partitions);

    /** As {@link #countApproxDistinctByKey(double)}; keys go where the partitioner says. */
    PairRDD<K, Long> countApproxDistinctByKey(double relativeSD, Partitioner partitioner);
}

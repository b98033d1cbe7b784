package io.millrace.engine.rdd;

import io.millrace.api.PairRDD;
import io.millrace.api.Partitioner;
import io.millrace.api.RDD;
import io.millrace.api.StorageLevel;
import io.millrace.api.Tuple2;
import io.millrace.api.Tuple3;
import io.millrace.api.Tuple4;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.Function;
import io.millrace.api.function.Function2;
import io.millrace.engine.task.Rows;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A dataset of keyed records on this engine.
 *
 * @param <K> key type
 * @param <V> value type
 */
public final class LocalPairRdd<K, V> extends LocalDataset<Tuple2<K, V>> implements PairRDD<K, V> {
    // unbuilt begin
    @Override
    public PairRDD<K, V> cache() {
        throw new UnsupportedOperationException("cache");
    }

    @Override
    public PairRDD<K, V> persist(StorageLevel level) {
        throw new UnsupportedOperationException("persist");
    }

    @Override
    public PairRDD<K, V> unpersist() {
        throw new UnsupportedOperationException("unpersist");
    }

    @Override
    public PairRDD<K, V> unpersist(boolean blocking) {
        throw new UnsupportedOperationException("unpersist");
    }

    @Override
    public PairRDD<K, V> setName(String name) {
        throw new UnsupportedOperationException("setName");
    }

    @Override
    public PairRDD<K, V> filter(Function<Tuple2<K, V>, Boolean> function) {
        throw new UnsupportedOperationException("filter");
    }

    @Override
    public PairRDD<K, V> distinct() {
        throw new UnsupportedOperationException("distinct");
    }

    @Override
    public PairRDD<K, V> distinct(int partitions) {
        throw new UnsupportedOperationException("distinct");
    }

    @Override
    public PairRDD<K, V> coalesce(int partitions) {
        throw new UnsupportedOperationException("coalesce");
    }

    @Override
    public PairRDD<K, V> coalesce(int partitions, boolean shuffle) {
        throw new UnsupportedOperationException("coalesce");
    }

    @Override
    public PairRDD<K, V> repartition(int partitions) {
        throw new UnsupportedOperationException("repartition");
    }

    @Override
    public PairRDD<K, V> sample(boolean withReplacement, double fraction) {
        throw new UnsupportedOperationException("sample");
    }

    @Override
    public PairRDD<K, V> sample(boolean withReplacement, double fraction, long seed) {
        throw new UnsupportedOperationException("sample");
    }

    @Override
    public PairRDD<K, V> sampleByKey(boolean withReplacement, Map<K, Double> fractions) {
        throw new UnsupportedOperationException("sampleByKey");
    }

    @Override
    public PairRDD<K, V> sampleByKey(boolean withReplacement, Map<K, Double> fractions, long seed) {
        throw new UnsupportedOperationException("sampleByKey");
    }

    @Override
    public PairRDD<K, V> sampleByKeyExact(boolean withReplacement, Map<K, Double> fractions) {
        throw new UnsupportedOperationException("sampleByKeyExact");
    }

    @Override
    public PairRDD<K, V> sampleByKeyExact(boolean withReplacement, Map<K, Double> fractions, long seed) {
        throw new UnsupportedOperationException("sampleByKeyExact");
    }

    @Override
    public PairRDD<K, V> union(PairRDD<K, V> other) {
        throw new UnsupportedOperationException("union");
    }

    @Override
    public PairRDD<K, V> intersection(PairRDD<K, V> other) {
        throw new UnsupportedOperationException("intersection");
    }

    @Override
    public PairRDD<K, V> subtract(PairRDD<K, V> other) {
        throw new UnsupportedOperationException("subtract");
    }

    @Override
    public PairRDD<K, V> subtract(PairRDD<K, V> other, int partitions) {
        throw new UnsupportedOperationException("subtract");
    }

    @Override
    public PairRDD<K, V> subtract(PairRDD<K, V> other, Partitioner partitioner) {
        throw new UnsupportedOperationException("subtract");
    }

    @Override
    public <W> PairRDD<K, V> subtractByKey(PairRDD<K, W> other) {
        throw new UnsupportedOperationException("subtractByKey");
    }

    @Override
    public <W> PairRDD<K, V> subtractByKey(PairRDD<K, W> other, int partitions) {
        throw new UnsupportedOperationException("subtractByKey");
    }

    @Override
    public <W> PairRDD<K, V> subtractByKey(PairRDD<K, W> other, Partitioner partitioner) {
        throw new UnsupportedOperationException("subtractByKey");
    }

    @Override
    public PairRDD<K, V> partitionBy(Partitioner partitioner) {
        throw new UnsupportedOperationException("partitionBy");
    }

    @Override
    public PairRDD<K, V> reduceByKey(Function2<V, V, V> function) {
        throw new UnsupportedOperationException("reduceByKey");
    }

    @Override
    public PairRDD<K, V> reduceByKey(Function2<V, V, V> function, int partitions) {
        throw new UnsupportedOperationException("reduceByKey");
    }

    @Override
    public PairRDD<K, V> reduceByKey(Partitioner partitioner, Function2<V, V, V> function) {
        throw new UnsupportedOperationException("reduceByKey");
    }

    @Override
    public Map<K, V> reduceByKeyLocally(Function2<V, V, V> function) {
        throw new UnsupportedOperationException("reduceByKeyLocally");
    }

    @Override
    public Map<K, Long> countByKey() {
        throw new UnsupportedOperationException("countByKey");
    }

    @Override
    public <C> PairRDD<K, C> combineByKey(
            Function<V, C> create, Function2<C, V, C> mergeValue, Function2<C, C, C> mergeCombiners) {
        throw new UnsupportedOperationException("combineByKey");
    }

    @Override
    public <C> PairRDD<K, C> combineByKey(
            Function<V, C> create, Function2<C, V, C> mergeValue, Function2<C, C, C> mergeCombiners, int partitions) {
        throw new UnsupportedOperationException("combineByKey");
    }

    @Override
    public <C> PairRDD<K, C> combineByKey(
            Function<V, C> create,
            Function2<C, V, C> mergeValue,
            Function2<C, C, C> mergeCombiners,
            Partitioner partitioner) {
        throw new UnsupportedOperationException("combineByKey");
    }

    @Override
    public <U> PairRDD<K, U> aggregateByKey(U zero, Function2<U, V, U> add, Function2<U, U, U> merge) {
        throw new UnsupportedOperationException("aggregateByKey");
    }

    @Override
    public <U> PairRDD<K, U> aggregateByKey(U zero, int partitions, Function2<U, V, U> add, Function2<U, U, U> merge) {
        throw new UnsupportedOperationException("aggregateByKey");
    }

    @Override
    public <U> PairRDD<K, U> aggregateByKey(
            U zero, Partitioner partitioner, Function2<U, V, U> add, Function2<U, U, U> merge) {
        throw new UnsupportedOperationException("aggregateByKey");
    }

    @Override
    public PairRDD<K, V> foldByKey(V zero, Function2<V, V, V> function) {
        throw new UnsupportedOperationException("foldByKey");
    }

    @Override
    public PairRDD<K, V> foldByKey(V zero, int partitions, Function2<V, V, V> function) {
        throw new UnsupportedOperationException("foldByKey");
    }

    @Override
    public PairRDD<K, V> foldByKey(V zero, Partitioner partitioner, Function2<V, V, V> function) {
        throw new UnsupportedOperationException("foldByKey");
    }

    @Override
    public PairRDD<K, Iterable<V>> groupByKey() {
        throw new UnsupportedOperationException("groupByKey");
    }

    @Override
    public PairRDD<K, Iterable<V>> groupByKey(int partitions) {
        throw new UnsupportedOperationException("groupByKey");
    }

    @Override
    public PairRDD<K, Iterable<V>> groupByKey(Partitioner partitioner) {
        throw new UnsupportedOperationException("groupByKey");
    }

    @Override
    public <W> PairRDD<K, Tuple2<V, W>> join(PairRDD<K, W> other) {
        throw new UnsupportedOperationException("join");
    }

    @Override
    public <W> PairRDD<K, Tuple2<V, W>> join(PairRDD<K, W> other, int partitions) {
        throw new UnsupportedOperationException("join");
    }

    @Override
    public <W> PairRDD<K, Tuple2<V, W>> join(PairRDD<K, W> other, Partitioner partitioner) {
        throw new UnsupportedOperationException("join");
    }

    @Override
    public <W> PairRDD<K, Tuple2<V, Optional<W>>> leftOuterJoin(PairRDD<K, W> other) {
        throw new UnsupportedOperationException("leftOuterJoin");
    }

    @Override
    public <W> PairRDD<K, Tuple2<V, Optional<W>>> leftOuterJoin(PairRDD<K, W> other, int partitions) {
        throw new UnsupportedOperationException("leftOuterJoin");
    }

    @Override
    public <W> PairRDD<K, Tuple2<V, Optional<W>>> leftOuterJoin(PairRDD<K, W> other, Partitioner partitioner) {
        throw new UnsupportedOperationException("leftOuterJoin");
    }

    @Override
    public <W> PairRDD<K, Tuple2<Optional<V>, W>> rightOuterJoin(PairRDD<K, W> other) {
        throw new UnsupportedOperationException("rightOuterJoin");
    }

    @Override
    public <W> PairRDD<K, Tuple2<Optional<V>, W>> rightOuterJoin(PairRDD<K, W> other, int partitions) {
        throw new UnsupportedOperationException("rightOuterJoin");
    }

    @Override
    public <W> PairRDD<K, Tuple2<Optional<V>, W>> rightOuterJoin(PairRDD<K, W> other, Partitioner partitioner) {
        throw new UnsupportedOperationException("rightOuterJoin");
    }

    @Override
    public <W> PairRDD<K, Tuple2<Optional<V>, Optional<W>>> fullOuterJoin(PairRDD<K, W> other) {
        throw new UnsupportedOperationException("fullOuterJoin");
    }

    @Override
    public <W> PairRDD<K, Tuple2<Optional<V>, Optional<W>>> fullOuterJoin(PairRDD<K, W> other, int partitions) {
        throw new UnsupportedOperationException("fullOuterJoin");
    }

    @Override
    public <W> PairRDD<K, Tuple2<Optional<V>, Optional<W>>> fullOuterJoin(
            PairRDD<K, W> other, Partitioner partitioner) {
        throw new UnsupportedOperationException("fullOuterJoin");
    }

    @Override
    public <W> PairRDD<K, Tuple2<Iterable<V>, Iterable<W>>> cogroup(PairRDD<K, W> other) {
        throw new UnsupportedOperationException("cogroup");
    }

    @Override
    public <W> PairRDD<K, Tuple2<Iterable<V>, Iterable<W>>> cogroup(PairRDD<K, W> other, int partitions) {
        throw new UnsupportedOperationException("cogroup");
    }

    @Override
    public <W> PairRDD<K, Tuple2<Iterable<V>, Iterable<W>>> cogroup(PairRDD<K, W> other, Partitioner partitioner) {
        throw new UnsupportedOperationException("cogroup");
    }

    @Override
    public <W1, W2> PairRDD<K, Tuple3<Iterable<V>, Iterable<W1>, Iterable<W2>>> cogroup(
            PairRDD<K, W1> other1, PairRDD<K, W2> other2) {
        throw new UnsupportedOperationException("cogroup");
    }

    @Override
    public <W1, W2> PairRDD<K, Tuple3<Iterable<V>, Iterable<W1>, Iterable<W2>>> cogroup(
            PairRDD<K, W1> other1, PairRDD<K, W2> other2, int partitions) {
        throw new UnsupportedOperationException("cogroup");
    }

    @Override
    public <W1, W2> PairRDD<K, Tuple3<Iterable<V>, Iterable<W1>, Iterable<W2>>> cogroup(
            PairRDD<K, W1> other1, PairRDD<K, W2> other2, Partitioner partitioner) {
        throw new UnsupportedOperationException("cogroup");
    }

    @Override
    public <W1, W2, W3> PairRDD<K, Tuple4<Iterable<V>, Iterable<W1>, Iterable<W2>, Iterable<W3>>> cogroup(
            PairRDD<K, W1> other1, PairRDD<K, W2> other2, PairRDD<K, W3> other3) {
        throw new UnsupportedOperationException("cogroup");
    }

    @Override
    public <W1, W2, W3> PairRDD<K, Tuple4<Iterable<V>, Iterable<W1>, Iterable<W2>, Iterable<W3>>> cogroup(
            PairRDD<K, W1> other1, PairRDD<K, W2> other2, PairRDD<K, W3> other3, int partitions) {
        throw new UnsupportedOperationException("cogroup");
    }

    @Override
    public <W1, W2, W3> PairRDD<K, Tuple4<Iterable<V>, Iterable<W1>, Iterable<W2>, Iterable<W3>>> cogroup(
            PairRDD<K, W1> other1, PairRDD<K, W2> other2, PairRDD<K, W3> other3, Partitioner partitioner) {
        throw new UnsupportedOperationException("cogroup");
    }

    @Override
    public <U> PairRDD<K, U> mapValues(Function<V, U> function) {
        throw new UnsupportedOperationException("mapValues");
    }

    @Override
    public <U> PairRDD<K, U> flatMapValues(FlatMapFunction<V, U> function) {
        throw new UnsupportedOperationException("flatMapValues");
    }

    @Override
    public RDD<K> keys() {
        throw new UnsupportedOperationException("keys");
    }

    @Override
    public RDD<V> values() {
        throw new UnsupportedOperationException("values");
    }

    @Override
    public List<V> lookup(K key) {
        throw new UnsupportedOperationException("lookup");
    }

    @Override
    public PairRDD<K, V> sortByKey() {
        throw new UnsupportedOperationException("sortByKey");
    }

    @Override
    public PairRDD<K, V> sortByKey(boolean ascending) {
        throw new UnsupportedOperationException("sortByKey");
    }

    @Override
    public PairRDD<K, V> sortByKey(boolean ascending, int partitions) {
        throw new UnsupportedOperationException("sortByKey");
    }

    @Override
    public PairRDD<K, V> sortByKey(Comparator<K> order) {
        throw new UnsupportedOperationException("sortByKey");
    }

    @Override
    public PairRDD<K, V> sortByKey(Comparator<K> order, boolean ascending) {
        throw new UnsupportedOperationException("sortByKey");
    }

    @Override
    public PairRDD<K, V> sortByKey(Comparator<K> order, boolean ascending, int partitions) {
        throw new UnsupportedOperationException("sortByKey");
    }

    @Override
    public PairRDD<K, V> repartitionAndSortWithinPartitions(Partitioner partitioner) {
        throw new UnsupportedOperationException("repartitionAndSortWithinPartitions");
    }

    @Override
    public PairRDD<K, V> repartitionAndSortWithinPartitions(Partitioner partitioner, Comparator<K> order) {
        throw new UnsupportedOperationException("repartitionAndSortWithinPartitions");
    }

    @Override
    public PairRDD<K, V> filterByRange(K lower, K upper) {
        throw new UnsupportedOperationException("filterByRange");
    }

    @Override
    public PairRDD<K, V> filterByRange(Comparator<K> order, K lower, K upper) {
        throw new UnsupportedOperationException("filterByRange");
    }

    @Override
    public PairRDD<K, Long> countApproxDistinctByKey(double relativeSD) {
        throw new UnsupportedOperationException("countApproxDistinctByKey");
    }

    @Override
    public PairRDD<K, Long> countApproxDistinctByKey(double relativeSD, int partitions) {
        throw new UnsupportedOperationException("countApproxDistinctByKey");
    }

    @Override
    public PairRDD<K, Long> countApproxDistinctByKey(double relativeSD, Partitioner partitioner) {
        throw new UnsupportedOperationException("countApproxDistinctByKey");
    }
    // unbuilt end
    /** A dataset over rows, readable while the lease of its scope lasts. */
    public LocalPairRdd(Rows rows, DatasetScope scope) {
        super(rows, scope);
    }

    @Override
    public Map<K, V> collectAsMap() {
        Map<K, V> map = new LinkedHashMap<>();
        collect().forEach(pair -> map.put(pair._1, pair._2));
        return map;
    }
}

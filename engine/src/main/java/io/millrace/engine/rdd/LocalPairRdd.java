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
import io.millrace.plan.Aggregator;
import io.millrace.plan.PlanNode.Match;
import io.millrace.plan.PlanNode.Shape;
import java.util.ArrayList;
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
    /** A dataset over rows, readable while the lease of its scope lasts. */
    public LocalPairRdd(Rows rows, DatasetScope scope) {
        this(DatasetNode.source(scope, "pairs", rows));
    }

    /**
     * A dataset over rows which are where a partitioner put them.
     *
     * @param partitioner null if a row's key does not say where it is
     */
    public LocalPairRdd(Rows rows, Partitioner partitioner, DatasetScope scope) {
        this(DatasetNode.source(scope, "pairs", partitioner, rows));
    }

    LocalPairRdd(DatasetNode node) {
        super(node);
    }

    @Override
    public PairRDD<K, V> cache() {
        return persist(StorageLevel.MEMORY_ONLY);
    }

    @Override
    public PairRDD<K, V> persist(StorageLevel level) {
        node().persist(level);
        return this;
    }

    @Override
    public PairRDD<K, V> unpersist() {
        node().unpersist();
        return this;
    }

    @Override
    public PairRDD<K, V> unpersist(boolean blocking) {
        return unpersist();
    }

    @Override
    public PairRDD<K, V> setName(String name) {
        node().setName(name);
        return this;
    }

    @Override
    public PairRDD<K, V> filter(Function<Tuple2<K, V>, Boolean> function) {
        return new LocalPairRdd<>(filtered(function));
    }

    @Override
    public PairRDD<K, V> distinct() {
        return new LocalPairRdd<>(Sets.distinct(node(), Partitioners.hashFor(node())));
    }

    @Override
    public PairRDD<K, V> distinct(int partitions) {
        return new LocalPairRdd<>(Sets.distinct(node(), Partitioners.hash("distinct", partitions)));
    }

    @Override
    public PairRDD<K, V> coalesce(int partitions) {
        return coalesce(partitions, false);
    }

    @Override
    public PairRDD<K, V> coalesce(int partitions, boolean shuffle) {
        return new LocalPairRdd<>(coalesced(partitions, shuffle));
    }

    @Override
    public PairRDD<K, V> repartition(int partitions) {
        return new LocalPairRdd<>(Exchanged.dealtOut(node(), partitions));
    }

    @Override
    public PairRDD<K, V> sample(boolean withReplacement, double fraction) {
        return sample(withReplacement, fraction, newSeed());
    }

    @Override
    public PairRDD<K, V> sample(boolean withReplacement, double fraction, long seed) {
        return new LocalPairRdd<>(sampled(withReplacement, fraction, seed));
    }

    @Override
    public PairRDD<K, V> sampleByKey(boolean withReplacement, Map<K, Double> fractions) {
        return sampleByKey(withReplacement, fractions, newSeed());
    }

    @Override
    public PairRDD<K, V> sampleByKey(boolean withReplacement, Map<K, Double> fractions, long seed) {
        return new LocalPairRdd<>(Keyed.sampled(node(), withReplacement, fractions, seed));
    }

    @Override
    public PairRDD<K, V> sampleByKeyExact(boolean withReplacement, Map<K, Double> fractions) {
        return sampleByKeyExact(withReplacement, fractions, newSeed());
    }

    @Override
    public PairRDD<K, V> sampleByKeyExact(boolean withReplacement, Map<K, Double> fractions, long seed) {
        return new LocalPairRdd<>(Keyed.sampledExactly(node(), withReplacement, fractions, seed));
    }

    @Override
    public PairRDD<K, V> union(PairRDD<K, V> other) {
        return new LocalPairRdd<>(Narrowed.union(List.of(node(), nodeOf("union", other))));
    }

    @Override
    public PairRDD<K, V> intersection(PairRDD<K, V> other) {
        return new LocalPairRdd<>(Sets.intersection(node(), nodeOf("intersection", other)));
    }

    @Override
    public PairRDD<K, V> subtract(PairRDD<K, V> other) {
        DatasetNode right = nodeOf("subtract", other);
        return new LocalPairRdd<>(Sets.subtract(node(), right, Partitioners.hashFor(node(), right)));
    }

    @Override
    public PairRDD<K, V> subtract(PairRDD<K, V> other, int partitions) {
        return subtract(other, Partitioners.hash("subtract", partitions));
    }

    @Override
    public PairRDD<K, V> subtract(PairRDD<K, V> other, Partitioner partitioner) {
        return new LocalPairRdd<>(
                Sets.subtract(node(), nodeOf("subtract", other), Partitioners.checked("subtract", partitioner)));
    }

    @Override
    public <W> PairRDD<K, V> subtractByKey(PairRDD<K, W> other) {
        return subtractByKey(other, partitionerWith("subtractByKey", other));
    }

    @Override
    public <W> PairRDD<K, V> subtractByKey(PairRDD<K, W> other, int partitions) {
        return subtractByKey(other, Partitioners.hash("subtractByKey", partitions));
    }

    @Override
    public <W> PairRDD<K, V> subtractByKey(PairRDD<K, W> other, Partitioner partitioner) {
        return new LocalPairRdd<>(Keyed.subtracted(
                node(), nodeOf("subtractByKey", other), Partitioners.checked("subtractByKey", partitioner)));
    }

    @Override
    public PairRDD<K, V> partitionBy(Partitioner partitioner) {
        DatasetNode spread =
                Exchanged.partitioned("partitionBy", node(), Partitioners.checked("partitionBy", partitioner));
        return spread == node() ? this : new LocalPairRdd<>(spread);
    }

    @Override
    public PairRDD<K, V> reduceByKey(Function2<V, V, V> function) {
        return reduceByKey(Partitioners.defaultFor(node()), function);
    }

    @Override
    public PairRDD<K, V> reduceByKey(Function2<V, V, V> function, int partitions) {
        return reduceByKey(Partitioners.hash("reduceByKey", partitions), function);
    }

    @Override
    public PairRDD<K, V> reduceByKey(Partitioner partitioner, Function2<V, V, V> function) {
        return folded("reduceByKey", new Aggregator.Reduce(function("reduceByKey", function)), partitioner);
    }

    private <C> PairRDD<K, C> folded(String call, Aggregator by, Partitioner partitioner) {
        return new LocalPairRdd<>(Exchanged.folded(call, node(), by, Partitioners.checked(call, partitioner)));
    }

    private Partitioner partitionerWith(String call, Object other) {
        return Partitioners.defaultFor(node(), nodeOf(call, other));
    }

    @Override
    public Map<K, V> reduceByKeyLocally(Function2<V, V, V> function) {
        return reduceByKey(function).collectAsMap();
    }

    @Override
    public Map<K, Long> countByKey() {
        return new LocalPairRdd<K, Long>(Keyed.counted("countByKey", node(), Partitioners.defaultFor(node())))
                .collectAsMap();
    }

    @Override
    public <C> PairRDD<K, C> combineByKey(
            Function<V, C> create, Function2<C, V, C> mergeValue, Function2<C, C, C> mergeCombiners) {
        return combineByKey(create, mergeValue, mergeCombiners, Partitioners.defaultFor(node()));
    }

    @Override
    public <C> PairRDD<K, C> combineByKey(
            Function<V, C> create, Function2<C, V, C> mergeValue, Function2<C, C, C> mergeCombiners, int partitions) {
        return combineByKey(create, mergeValue, mergeCombiners, Partitioners.hash("combineByKey", partitions));
    }

    @Override
    public <C> PairRDD<K, C> combineByKey(
            Function<V, C> create,
            Function2<C, V, C> mergeValue,
            Function2<C, C, C> mergeCombiners,
            Partitioner partitioner) {
        String call = "combineByKey";
        Aggregator by = new Aggregator.Combine(
                function(call, create), function(call, mergeValue), function(call, mergeCombiners));
        return folded(call, by, partitioner);
    }

    @Override
    public <U> PairRDD<K, U> aggregateByKey(U zero, Function2<U, V, U> add, Function2<U, U, U> merge) {
        return aggregateByKey(zero, Partitioners.defaultFor(node()), add, merge);
    }

    @Override
    public <U> PairRDD<K, U> aggregateByKey(U zero, int partitions, Function2<U, V, U> add, Function2<U, U, U> merge) {
        return aggregateByKey(zero, Partitioners.hash("aggregateByKey", partitions), add, merge);
    }

    @Override
    public <U> PairRDD<K, U> aggregateByKey(
            U zero, Partitioner partitioner, Function2<U, V, U> add, Function2<U, U, U> merge) {
        String call = "aggregateByKey";
        return new LocalPairRdd<>(Keyed.aggregated(
                call,
                node(),
                Partitioners.checked(call, partitioner),
                zero,
                function(call, add),
                function(call, merge)));
    }

    @Override
    public PairRDD<K, V> foldByKey(V zero, Function2<V, V, V> function) {
        return foldByKey(zero, Partitioners.defaultFor(node()), function);
    }

    @Override
    public PairRDD<K, V> foldByKey(V zero, int partitions, Function2<V, V, V> function) {
        return foldByKey(zero, Partitioners.hash("foldByKey", partitions), function);
    }

    @Override
    public PairRDD<K, V> foldByKey(V zero, Partitioner partitioner, Function2<V, V, V> function) {
        function("foldByKey", function);
        return new LocalPairRdd<>(Keyed.aggregated(
                "foldByKey", node(), Partitioners.checked("foldByKey", partitioner), zero, function, function));
    }

    @Override
    public PairRDD<K, Iterable<V>> groupByKey() {
        return groupByKey(Partitioners.defaultFor(node()));
    }

    @Override
    public PairRDD<K, Iterable<V>> groupByKey(int partitions) {
        return groupByKey(Partitioners.hash("groupByKey", partitions));
    }

    @Override
    public PairRDD<K, Iterable<V>> groupByKey(Partitioner partitioner) {
        return new LocalPairRdd<>(
                Exchanged.grouped("groupByKey", node(), Partitioners.checked("groupByKey", partitioner)));
    }

    private <W, X> PairRDD<K, X> matched(String call, PairRDD<K, W> other, Match match, Partitioner partitioner) {
        return new LocalPairRdd<>(
                Exchanged.matched(call, node(), nodeOf(call, other), match, Partitioners.checked(call, partitioner)));
    }

    @Override
    public <W> PairRDD<K, Tuple2<V, W>> join(PairRDD<K, W> other) {
        return join(other, partitionerWith("join", other));
    }

    @Override
    public <W> PairRDD<K, Tuple2<V, W>> join(PairRDD<K, W> other, int partitions) {
        return join(other, Partitioners.hash("join", partitions));
    }

    @Override
    public <W> PairRDD<K, Tuple2<V, W>> join(PairRDD<K, W> other, Partitioner partitioner) {
        return matched("join", other, Match.INNER, partitioner);
    }

    @Override
    public <W> PairRDD<K, Tuple2<V, Optional<W>>> leftOuterJoin(PairRDD<K, W> other) {
        return leftOuterJoin(other, partitionerWith("leftOuterJoin", other));
    }

    @Override
    public <W> PairRDD<K, Tuple2<V, Optional<W>>> leftOuterJoin(PairRDD<K, W> other, int partitions) {
        return leftOuterJoin(other, Partitioners.hash("leftOuterJoin", partitions));
    }

    @Override
    public <W> PairRDD<K, Tuple2<V, Optional<W>>> leftOuterJoin(PairRDD<K, W> other, Partitioner partitioner) {
        return matched("leftOuterJoin", other, Match.LEFT_OUTER, partitioner);
    }

    @Override
    public <W> PairRDD<K, Tuple2<Optional<V>, W>> rightOuterJoin(PairRDD<K, W> other) {
        return rightOuterJoin(other, partitionerWith("rightOuterJoin", other));
    }

    @Override
    public <W> PairRDD<K, Tuple2<Optional<V>, W>> rightOuterJoin(PairRDD<K, W> other, int partitions) {
        return rightOuterJoin(other, Partitioners.hash("rightOuterJoin", partitions));
    }

    @Override
    public <W> PairRDD<K, Tuple2<Optional<V>, W>> rightOuterJoin(PairRDD<K, W> other, Partitioner partitioner) {
        return matched("rightOuterJoin", other, Match.RIGHT_OUTER, partitioner);
    }

    @Override
    public <W> PairRDD<K, Tuple2<Optional<V>, Optional<W>>> fullOuterJoin(PairRDD<K, W> other) {
        return fullOuterJoin(other, partitionerWith("fullOuterJoin", other));
    }

    @Override
    public <W> PairRDD<K, Tuple2<Optional<V>, Optional<W>>> fullOuterJoin(PairRDD<K, W> other, int partitions) {
        return fullOuterJoin(other, Partitioners.hash("fullOuterJoin", partitions));
    }

    @Override
    public <W> PairRDD<K, Tuple2<Optional<V>, Optional<W>>> fullOuterJoin(
            PairRDD<K, W> other, Partitioner partitioner) {
        return matched("fullOuterJoin", other, Match.FULL_OUTER, partitioner);
    }

    @Override
    public <W> PairRDD<K, Tuple2<Iterable<V>, Iterable<W>>> cogroup(PairRDD<K, W> other) {
        return cogroup(other, partitionerWith("cogroup", other));
    }

    @Override
    public <W> PairRDD<K, Tuple2<Iterable<V>, Iterable<W>>> cogroup(PairRDD<K, W> other, int partitions) {
        return cogroup(other, Partitioners.hash("cogroup", partitions));
    }

    @Override
    public <W> PairRDD<K, Tuple2<Iterable<V>, Iterable<W>>> cogroup(PairRDD<K, W> other, Partitioner partitioner) {
        return matched("cogroup", other, Match.GROUPS, partitioner);
    }

    @Override
    public <W1, W2> PairRDD<K, Tuple3<Iterable<V>, Iterable<W1>, Iterable<W2>>> cogroup(
            PairRDD<K, W1> other1, PairRDD<K, W2> other2) {
        List<DatasetNode> inputs = inputs(other1, other2);
        return new LocalPairRdd<>(Keyed.cogrouped(inputs, Partitioners.defaultFor(inputs.toArray(DatasetNode[]::new))));
    }

    @Override
    public <W1, W2> PairRDD<K, Tuple3<Iterable<V>, Iterable<W1>, Iterable<W2>>> cogroup(
            PairRDD<K, W1> other1, PairRDD<K, W2> other2, int partitions) {
        return cogroup(other1, other2, Partitioners.hash("cogroup", partitions));
    }

    @Override
    public <W1, W2> PairRDD<K, Tuple3<Iterable<V>, Iterable<W1>, Iterable<W2>>> cogroup(
            PairRDD<K, W1> other1, PairRDD<K, W2> other2, Partitioner partitioner) {
        return new LocalPairRdd<>(
                Keyed.cogrouped(inputs(other1, other2), Partitioners.checked("cogroup", partitioner)));
    }

    @Override
    public <W1, W2, W3> PairRDD<K, Tuple4<Iterable<V>, Iterable<W1>, Iterable<W2>, Iterable<W3>>> cogroup(
            PairRDD<K, W1> other1, PairRDD<K, W2> other2, PairRDD<K, W3> other3) {
        List<DatasetNode> inputs = inputs(other1, other2, other3);
        return new LocalPairRdd<>(Keyed.cogrouped(inputs, Partitioners.defaultFor(inputs.toArray(DatasetNode[]::new))));
    }

    @Override
    public <W1, W2, W3> PairRDD<K, Tuple4<Iterable<V>, Iterable<W1>, Iterable<W2>, Iterable<W3>>> cogroup(
            PairRDD<K, W1> other1, PairRDD<K, W2> other2, PairRDD<K, W3> other3, int partitions) {
        return cogroup(other1, other2, other3, Partitioners.hash("cogroup", partitions));
    }

    @Override
    public <W1, W2, W3> PairRDD<K, Tuple4<Iterable<V>, Iterable<W1>, Iterable<W2>, Iterable<W3>>> cogroup(
            PairRDD<K, W1> other1, PairRDD<K, W2> other2, PairRDD<K, W3> other3, Partitioner partitioner) {
        return new LocalPairRdd<>(
                Keyed.cogrouped(inputs(other1, other2, other3), Partitioners.checked("cogroup", partitioner)));
    }

    private List<DatasetNode> inputs(PairRDD<?, ?>... others) {
        List<DatasetNode> inputs = new ArrayList<>();
        inputs.add(node());
        for (PairRDD<?, ?> other : others) {
            inputs.add(nodeOf("cogroup", other));
        }
        return inputs;
    }

    @Override
    public <U> PairRDD<K, U> mapValues(Function<V, U> function) {
        return new LocalPairRdd<>(Narrowed.map("mapValues", node(), Shape.VALUE, function("mapValues", function)));
    }

    @Override
    public <U> PairRDD<K, U> flatMapValues(FlatMapFunction<V, U> function) {
        return new LocalPairRdd<>(
                Narrowed.flatMap("flatMapValues", node(), Shape.VALUE, function("flatMapValues", function)));
    }

    @Override
    public RDD<K> keys() {
        return new LocalRdd<>(Sets.keys(node()));
    }

    @Override
    public RDD<V> values() {
        return new LocalRdd<>(Keyed.values(node()));
    }

    @Override
    public Map<K, V> collectAsMap() {
        Map<K, V> map = new LinkedHashMap<>();
        collect().forEach(pair -> map.put(pair._1, pair._2));
        return map;
    }

    @Override
    public List<V> lookup(K key) {
        return new LocalRdd<V>(Keyed.lookedUp(node(), key)).collect();
    }

    @Override
    public PairRDD<K, V> sortByKey() {
        return sortByKey(true);
    }

    @Override
    public PairRDD<K, V> sortByKey(boolean ascending) {
        return sortByKey(Orders.natural(), ascending);
    }

    @Override
    public PairRDD<K, V> sortByKey(boolean ascending, int partitions) {
        return sortByKey(Orders.natural(), ascending, partitions);
    }

    @Override
    public PairRDD<K, V> sortByKey(Comparator<K> order) {
        return sortByKey(order, true);
    }

    @Override
    public PairRDD<K, V> sortByKey(Comparator<K> order, boolean ascending) {
        return sortByKey(order, ascending, Math.max(1, getNumPartitions()));
    }

    @Override
    public PairRDD<K, V> sortByKey(Comparator<K> order, boolean ascending, int partitions) {
        Comparator<K> directed = Orders.directed(function("sortByKey", order), ascending);
        return new LocalPairRdd<>(Sorted.byKey("sortByKey", node(), Orders.ofObjects(directed), partitions));
    }

    @Override
    public PairRDD<K, V> repartitionAndSortWithinPartitions(Partitioner partitioner) {
        return repartitionAndSortWithinPartitions(partitioner, Orders.natural());
    }

    @Override
    public PairRDD<K, V> repartitionAndSortWithinPartitions(Partitioner partitioner, Comparator<K> order) {
        String call = "repartitionAndSortWithinPartitions";
        return new LocalPairRdd<>(Sorted.withinPartitions(
                call, node(), Partitioners.checked(call, partitioner), Orders.ofObjects(function(call, order))));
    }

    @Override
    public PairRDD<K, V> filterByRange(K lower, K upper) {
        return filterByRange(Orders.natural(), lower, upper);
    }

    @Override
    public PairRDD<K, V> filterByRange(Comparator<K> order, K lower, K upper) {
        return new LocalPairRdd<>(
                Keyed.between(node(), Orders.ofObjects(function("filterByRange", order)), lower, upper));
    }

    @Override
    public PairRDD<K, Long> countApproxDistinctByKey(double relativeSD) {
        return countApproxDistinctByKey(relativeSD, Partitioners.defaultFor(node()));
    }

    @Override
    public PairRDD<K, Long> countApproxDistinctByKey(double relativeSD, int partitions) {
        return countApproxDistinctByKey(relativeSD, Partitioners.hash("countApproxDistinctByKey", partitions));
    }

    @Override
    public PairRDD<K, Long> countApproxDistinctByKey(double relativeSD, Partitioner partitioner) {
        String call = "countApproxDistinctByKey";
        checkError(call, relativeSD);
        DatasetNode distinct = Sets.distinct(node(), Partitioners.hashFor(node()));
        return new LocalPairRdd<>(Keyed.counted(call, distinct, Partitioners.checked(call, partitioner)));
    }
}

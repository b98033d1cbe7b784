package io.millrace.engine.rdd;

import io.millrace.api.DoubleRDD;
import io.millrace.api.PairRDD;
import io.millrace.api.RDD;
import io.millrace.api.RDDTransformations;
import io.millrace.api.Tuple2;
import io.millrace.api.function.DoubleFlatMapFunction;
import io.millrace.api.function.DoubleFunction;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.FlatMapFunction2;
import io.millrace.api.function.Function;
import io.millrace.api.function.Function2;
import io.millrace.api.function.PairFlatMapFunction;
import io.millrace.api.function.PairFunction;
import io.millrace.api.function.ToDouble;
import io.millrace.api.function.Typed;
import io.millrace.engine.dataset.DatasetNode;
import io.millrace.engine.dataset.Exchanged;
import io.millrace.engine.dataset.MappingIterator;
import io.millrace.engine.dataset.Narrowed;
import io.millrace.engine.dataset.Partitioners;
import io.millrace.engine.dataset.Sets;
import io.millrace.engine.dataset.ZippedIterator;
import io.millrace.engine.physical.PartitionStep.PartitionFunction;
import io.millrace.engine.sample.Samples;
import io.millrace.plan.PlanNode.Shape;
import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The transformations that all kinds of datasets have, on this engine.
 *
 * @param <T> record type
 */
public abstract sealed class LocalDataset<T> extends LocalActions<T> implements RDDTransformations<T>
        permits LocalRdd, LocalPairRdd, LocalDoubleRdd {

    LocalDataset(DatasetNode node) {
        super(node);
    }

    /** The node of another dataset that this one is brought together with. */
    final DatasetNode nodeOf(String call, Object other) {
        return node().scope().nodeOf(call, other);
    }

    /** The program's function, once it is found to be there. */
    static <F> F function(String call, F function) {
        return Objects.requireNonNull(function, () -> "function of " + call);
    }

    private DatasetNode map(String call, Shape shape, Serializable function) {
        return Narrowed.map(call, node(), shape, function(call, function));
    }

    private DatasetNode flatMap(String call, Shape shape, Serializable function) {
        return Narrowed.flatMap(call, node(), shape, function(call, function));
    }

    @Override
    public final <R> RDD<R> map(Function<T, R> function) {
        return new LocalRdd<>(map("map", Shape.ROW, function));
    }

    @Override
    public final DoubleRDD mapToDouble(DoubleFunction<T> function) {
        ToDouble<T> typed = function("mapToDouble", function)::call;
        return new LocalDoubleRdd(map("mapToDouble", Shape.ROW, typed));
    }

    @Override
    public final <K, V> PairRDD<K, V> mapToPair(PairFunction<T, K, V> function) {
        return new LocalPairRdd<>(map("mapToPair", Shape.PAIR, function));
    }

    @Override
    public final <U> RDD<U> flatMap(FlatMapFunction<T, U> function) {
        return new LocalRdd<>(flatMap("flatMap", Shape.ROW, function));
    }

    @Override
    public final DoubleRDD flatMapToDouble(DoubleFlatMapFunction<T> function) {
        FlatMapFunction<T, Double> plain = function("flatMapToDouble", function)::call;
        return new LocalDoubleRdd(flatMap("flatMapToDouble", Shape.ROW, plain));
    }

    @Override
    public final <K, V> PairRDD<K, V> flatMapToPair(PairFlatMapFunction<T, K, V> function) {
        return new LocalPairRdd<>(flatMap("flatMapToPair", Shape.PAIR, function));
    }

    private DatasetNode byPartition(String call, boolean preservesPartitioning, PartitionFunction function) {
        return Narrowed.mapPartitions(call, node(), preservesPartitioning, function);
    }

    @SuppressWarnings("unchecked") // the program's types say so
    private Iterator<T> typed(Iterator<Object> records) {
        return (Iterator<T>) records;
    }

    @Override
    public final <U> RDD<U> mapPartitions(FlatMapFunction<Iterator<T>, U> function) {
        return mapPartitions(function, false);
    }

    @Override
    public final <U> RDD<U> mapPartitions(FlatMapFunction<Iterator<T>, U> function, boolean preservesPartitioning) {
        function("mapPartitions", function);
        return new LocalRdd<>(byPartition(
                "mapPartitions", preservesPartitioning, (partition, records) -> function.call(typed(records))));
    }

    @Override
    public final DoubleRDD mapPartitionsToDouble(DoubleFlatMapFunction<Iterator<T>> function) {
        return mapPartitionsToDouble(function, false);
    }

    @Override
    public final DoubleRDD mapPartitionsToDouble(
            DoubleFlatMapFunction<Iterator<T>> function, boolean preservesPartitioning) {
        function("mapPartitionsToDouble", function);
        return new LocalDoubleRdd(byPartition(
                "mapPartitionsToDouble", preservesPartitioning, (partition, records) -> function.call(typed(records))));
    }

    @Override
    public final <K, V> PairRDD<K, V> mapPartitionsToPair(PairFlatMapFunction<Iterator<T>, K, V> function) {
        return mapPartitionsToPair(function, false);
    }

    @Override
    public final <K, V> PairRDD<K, V> mapPartitionsToPair(
            PairFlatMapFunction<Iterator<T>, K, V> function, boolean preservesPartitioning) {
        function("mapPartitionsToPair", function);
        return new LocalPairRdd<>(byPartition(
                "mapPartitionsToPair", preservesPartitioning, (partition, records) -> function.call(typed(records))));
    }

    @Override
    public final <R> RDD<R> mapPartitionsWithIndex(
            Function2<Integer, Iterator<T>, Iterator<R>> function, boolean preservesPartitioning) {
        function("mapPartitionsWithIndex", function);
        return new LocalRdd<>(byPartition(
                "mapPartitionsWithIndex",
                preservesPartitioning,
                (partition, records) -> function.call(partition, typed(records))));
    }

    @Override
    public final RDD<List<T>> glom() {
        return new LocalRdd<>(byPartition(
                "glom",
                false,
                (partition, records) ->
                        Collections.singletonList(Narrowed.listOf(records)).iterator()));
    }

    @Override
    public final <U> PairRDD<T, U> cartesian(RDDTransformations<U> other) {
        return new LocalPairRdd<>(Narrowed.cartesian(node(), nodeOf("cartesian", other)));
    }

    @Override
    public final <U> PairRDD<U, Iterable<T>> groupBy(Function<T, U> function) {
        DatasetNode keyed = keyed("groupBy", function);
        return new LocalPairRdd<>(Exchanged.grouped("groupBy", keyed, Partitioners.defaultFor(keyed)));
    }

    @Override
    public final <U> PairRDD<U, Iterable<T>> groupBy(Function<T, U> function, int partitions) {
        return new LocalPairRdd<>(
                Exchanged.grouped("groupBy", keyed("groupBy", function), Partitioners.hash("groupBy", partitions)));
    }

    @Override
    public final <U> PairRDD<U, T> keyBy(Function<T, U> function) {
        return new LocalPairRdd<>(keyed("keyBy", function));
    }

    /** Each record behind what the function makes of it. */
    final <U> DatasetNode keyed(String call, Function<T, U> function) {
        return map(call, Shape.PAIR, Typed.pair(function(call, function), (T record) -> record));
    }

    @Override
    public final RDD<String> pipe(String command) {
        return pipe(List.of(command.strip().split("\\s+")));
    }

    @Override
    public final RDD<String> pipe(List<String> command) {
        return pipe(command, Map.of());
    }

    @Override
    public final RDD<String> pipe(List<String> command, Map<String, String> environment) {
        ExternalProgram program = new ExternalProgram(command, environment);
        return new LocalRdd<>(byPartition("pipe", false, (partition, records) -> program.run(records)));
    }

    @Override
    public final <U> PairRDD<T, U> zip(RDDTransformations<U> other) {
        return new LocalPairRdd<>(Narrowed.zipPartitions("zip", node(), nodeOf("zip", other), ZippedIterator::new));
    }

    @Override
    @SuppressWarnings("unchecked") // the program's types say so
    public final <U, V> RDD<V> zipPartitions(
            RDDTransformations<U> other, FlatMapFunction2<Iterator<T>, Iterator<U>, V> function) {
        function("zipPartitions", function);
        return new LocalRdd<>(Narrowed.zipPartitions(
                "zipPartitions",
                node(),
                nodeOf("zipPartitions", other),
                (left, right) -> function.call(typed(left), (Iterator<U>) (Iterator<?>) right)));
    }

    @Override
    public final PairRDD<T, Long> zipWithUniqueId() {
        long partitions = getNumPartitions();
        return new LocalPairRdd<>(byPartition(
                "zipWithUniqueId",
                false,
                (partition, records) -> new MappingIterator(
                        records, (record, place) -> new Tuple2<>(record, place * partitions + partition))));
    }

    @Override
    public final PairRDD<T, Long> zipWithIndex() {
        long[] starts = getNumPartitions() < 2 ? new long[1] : startsOf(partitionCounts());
        return new LocalPairRdd<>(byPartition(
                "zipWithIndex",
                false,
                (partition, records) -> new MappingIterator(
                        records, (record, place) -> new Tuple2<>(record, starts[partition] + place))));
    }

    private static long[] startsOf(long[] counts) {
        long[] starts = new long[counts.length];
        for (int partition = 1; partition < counts.length; partition++) {
            starts[partition] = starts[partition - 1] + counts[partition - 1];
        }
        return starts;
    }

    @Override
    public final Map<T, Long> countByValue() {
        return new LocalPairRdd<T, Long>(Sets.counted(node())).collectAsMap();
    }

    @Override
    public final long countApproxDistinct(double relativeSD) {
        checkError("countApproxDistinct", relativeSD);
        return new LocalRdd<T>(Sets.distinct(node(), Partitioners.hashFor(node()))).count();
    }

    final DatasetNode filtered(Serializable function) {
        return Narrowed.filter(node(), function("filter", function));
    }

    final DatasetNode coalesced(int partitions, boolean shuffle) {
        return shuffle ? Exchanged.dealtOut(node(), partitions) : Narrowed.coalesced(node(), partitions);
    }

    final DatasetNode sampled(boolean withReplacement, double fraction, long seed) {
        Samples.checkFraction("sample", withReplacement, fraction);
        return byPartition("sample", true, Samples.drawn(withReplacement, record -> fraction, seed));
    }

    /** A seed that was not given out before. */
    final long newSeed() {
        return node().scope().shared().nextSeed();
    }
}

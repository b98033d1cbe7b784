package io.millrace.engine.rdd;

import io.millrace.api.DoubleRDD;
import io.millrace.api.MillraceContext;
import io.millrace.api.PairRDD;
import io.millrace.api.Partitioner;
import io.millrace.api.RDD;
import io.millrace.api.RDDTransformations;
import io.millrace.api.StorageLevel;
import io.millrace.api.function.DoubleFlatMapFunction;
import io.millrace.api.function.DoubleFunction;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.FlatMapFunction2;
import io.millrace.api.function.Function;
import io.millrace.api.function.Function2;
import io.millrace.api.function.PairFlatMapFunction;
import io.millrace.api.function.PairFunction;
import io.millrace.api.function.VoidFunction;
import io.millrace.engine.exchange.RowCount;
import io.millrace.engine.function.FunctionFailure;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.engine.schedule.PartitionTask;
import io.millrace.engine.task.ChunkRows;
import io.millrace.engine.task.ChunkSink;
import io.millrace.engine.task.PartitionIterator;
import io.millrace.engine.task.Rows;
import io.millrace.offheap.column.Chunk;
import io.millrace.plan.OperatorId;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * The actions of a dataset on this engine. Safe from several threads while its batch lives.
 *
 * @param <T> record type
 */
public abstract sealed class LocalDataset<T> implements io.millrace.api.RDDTransformations<T>
        permits LocalRdd, LocalPairRdd, LocalDoubleRdd {
    // unbuilt begin
    @Override
    public int id() {
        throw new UnsupportedOperationException("id");
    }

    @Override
    public String name() {
        throw new UnsupportedOperationException("name");
    }

    @Override
    public Optional<Partitioner> partitioner() {
        throw new UnsupportedOperationException("partitioner");
    }

    @Override
    public StorageLevel getStorageLevel() {
        throw new UnsupportedOperationException("getStorageLevel");
    }

    @Override
    public String toDebugString() {
        throw new UnsupportedOperationException("toDebugString");
    }

    @Override
    public List<T>[] collectPartitions(int[] partitions) {
        throw new UnsupportedOperationException("collectPartitions");
    }

    @Override
    public Iterator<T> toLocalIterator() {
        throw new UnsupportedOperationException("toLocalIterator");
    }

    @Override
    public List<T> takeSample(boolean withReplacement, int count) {
        throw new UnsupportedOperationException("takeSample");
    }

    @Override
    public List<T> takeSample(boolean withReplacement, int count, long seed) {
        throw new UnsupportedOperationException("takeSample");
    }

    @Override
    public List<T> top(int count, Comparator<T> order) {
        throw new UnsupportedOperationException("top");
    }

    @Override
    public List<T> top(int count) {
        throw new UnsupportedOperationException("top");
    }

    @Override
    public List<T> takeOrdered(int count, Comparator<T> order) {
        throw new UnsupportedOperationException("takeOrdered");
    }

    @Override
    public List<T> takeOrdered(int count) {
        throw new UnsupportedOperationException("takeOrdered");
    }

    @Override
    public T max(Comparator<T> order) {
        throw new UnsupportedOperationException("max");
    }

    @Override
    public T min(Comparator<T> order) {
        throw new UnsupportedOperationException("min");
    }

    @Override
    public Map<T, Long> countByValue() {
        throw new UnsupportedOperationException("countByValue");
    }

    @Override
    public long countApproxDistinct(double relativeSD) {
        throw new UnsupportedOperationException("countApproxDistinct");
    }

    @Override
    public T reduce(Function2<T, T, T> function) {
        throw new UnsupportedOperationException("reduce");
    }

    @Override
    public T fold(T zero, Function2<T, T, T> function) {
        throw new UnsupportedOperationException("fold");
    }

    @Override
    public <U> U aggregate(U zero, Function2<U, T, U> add, Function2<U, U, U> merge) {
        throw new UnsupportedOperationException("aggregate");
    }

    @Override
    public void saveAsTextFile(String path) {
        throw new UnsupportedOperationException("saveAsTextFile");
    }

    @Override
    public void saveAsObjectFile(String path) {
        throw new UnsupportedOperationException("saveAsObjectFile");
    }

    @Override
    public Future<Long> countAsync() {
        throw new UnsupportedOperationException("countAsync");
    }

    @Override
    public Future<List<T>> collectAsync() {
        throw new UnsupportedOperationException("collectAsync");
    }

    @Override
    public Future<List<T>> takeAsync(int count) {
        throw new UnsupportedOperationException("takeAsync");
    }

    @Override
    public Future<Void> foreachAsync(VoidFunction<T> body) {
        throw new UnsupportedOperationException("foreachAsync");
    }

    @Override
    public Future<Void> foreachPartitionAsync(VoidFunction<Iterator<T>> body) {
        throw new UnsupportedOperationException("foreachPartitionAsync");
    }

    @Override
    public <R> RDD<R> map(Function<T, R> function) {
        throw new UnsupportedOperationException("map");
    }

    @Override
    public DoubleRDD mapToDouble(DoubleFunction<T> function) {
        throw new UnsupportedOperationException("mapToDouble");
    }

    @Override
    public <K, V> PairRDD<K, V> mapToPair(PairFunction<T, K, V> function) {
        throw new UnsupportedOperationException("mapToPair");
    }

    @Override
    public <U> RDD<U> flatMap(FlatMapFunction<T, U> function) {
        throw new UnsupportedOperationException("flatMap");
    }

    @Override
    public DoubleRDD flatMapToDouble(DoubleFlatMapFunction<T> function) {
        throw new UnsupportedOperationException("flatMapToDouble");
    }

    @Override
    public <K, V> PairRDD<K, V> flatMapToPair(PairFlatMapFunction<T, K, V> function) {
        throw new UnsupportedOperationException("flatMapToPair");
    }

    @Override
    public <U> RDD<U> mapPartitions(FlatMapFunction<Iterator<T>, U> function) {
        throw new UnsupportedOperationException("mapPartitions");
    }

    @Override
    public <U> RDD<U> mapPartitions(FlatMapFunction<Iterator<T>, U> function, boolean preservesPartitioning) {
        throw new UnsupportedOperationException("mapPartitions");
    }

    @Override
    public DoubleRDD mapPartitionsToDouble(DoubleFlatMapFunction<Iterator<T>> function) {
        throw new UnsupportedOperationException("mapPartitionsToDouble");
    }

    @Override
    public DoubleRDD mapPartitionsToDouble(DoubleFlatMapFunction<Iterator<T>> function, boolean preservesPartitioning) {
        throw new UnsupportedOperationException("mapPartitionsToDouble");
    }

    @Override
    public <K, V> PairRDD<K, V> mapPartitionsToPair(PairFlatMapFunction<Iterator<T>, K, V> function) {
        throw new UnsupportedOperationException("mapPartitionsToPair");
    }

    @Override
    public <K, V> PairRDD<K, V> mapPartitionsToPair(
            PairFlatMapFunction<Iterator<T>, K, V> function, boolean preservesPartitioning) {
        throw new UnsupportedOperationException("mapPartitionsToPair");
    }

    @Override
    public <R> RDD<R> mapPartitionsWithIndex(
            Function2<Integer, Iterator<T>, Iterator<R>> function, boolean preservesPartitioning) {
        throw new UnsupportedOperationException("mapPartitionsWithIndex");
    }

    @Override
    public RDD<List<T>> glom() {
        throw new UnsupportedOperationException("glom");
    }

    @Override
    public <U> PairRDD<T, U> cartesian(RDDTransformations<U> other) {
        throw new UnsupportedOperationException("cartesian");
    }

    @Override
    public <U> PairRDD<U, Iterable<T>> groupBy(Function<T, U> function) {
        throw new UnsupportedOperationException("groupBy");
    }

    @Override
    public <U> PairRDD<U, Iterable<T>> groupBy(Function<T, U> function, int partitions) {
        throw new UnsupportedOperationException("groupBy");
    }

    @Override
    public <U> PairRDD<U, T> keyBy(Function<T, U> function) {
        throw new UnsupportedOperationException("keyBy");
    }

    @Override
    public RDD<String> pipe(String command) {
        throw new UnsupportedOperationException("pipe");
    }

    @Override
    public RDD<String> pipe(List<String> command) {
        throw new UnsupportedOperationException("pipe");
    }

    @Override
    public RDD<String> pipe(List<String> command, Map<String, String> environment) {
        throw new UnsupportedOperationException("pipe");
    }

    @Override
    public <U> PairRDD<T, U> zip(RDDTransformations<U> other) {
        throw new UnsupportedOperationException("zip");
    }

    @Override
    public <U, V> RDD<V> zipPartitions(
            RDDTransformations<U> other, FlatMapFunction2<Iterator<T>, Iterator<U>, V> function) {
        throw new UnsupportedOperationException("zipPartitions");
    }

    @Override
    public PairRDD<T, Long> zipWithUniqueId() {
        throw new UnsupportedOperationException("zipWithUniqueId");
    }

    @Override
    public PairRDD<T, Long> zipWithIndex() {
        throw new UnsupportedOperationException("zipWithIndex");
    }
    // unbuilt end
    private static final OperatorId FOREACH = new OperatorId("foreach");
    private static final OperatorId FOREACH_PARTITION = new OperatorId("foreachPartition");
    private static final String WHAT = "an RDD";

    private final Rows rows;
    private final DatasetScope scope;

    LocalDataset(Rows rows, DatasetScope scope) {
        this.rows = rows;
        this.scope = scope;
    }

    /** The context this dataset belongs to. */
    public final MillraceContext context() {
        return scope.context().get();
    }

    /** How many partitions it has. */
    public final int getNumPartitions() {
        lease().check(WHAT);
        return rows.partitionCount();
    }

    /** The rows behind it. */
    public final Rows rows() {
        return rows;
    }

    /** What it has in common with the datasets around it. */
    final DatasetScope scope() {
        return scope;
    }

    /** For how long the rows may be read. */
    public final Lease lease() {
        return scope.lease();
    }

    /** Run an action; its batch does not end before it. */
    private <R> R reading(Supplier<R> action) {
        lease().enter(WHAT);
        try {
            return action.get();
        } finally {
            lease().exit();
            Reference.reachabilityFence(rows); // its memory goes with it
        }
    }

    /** Run a task for each partition, on the workers if there is enough to do; the batch does not end before it. */
    public final void forEachPartition(PartitionTask task) {
        reading(() -> {
            scope.runner().forEachPartition(rows, lease().batchTimeMs(), task);
            return null;
        });
    }

    private void forEachPartitionInline(PartitionTask task) {
        reading(() -> {
            scope.runner().forEachPartitionInline(rows, lease().batchTimeMs(), task);
            return null;
        });
    }

    @Override
    public final List<T> collect() {
        List<List<T>> parts = emptyLists(rows.partitionCount());
        forEachPartition((partition, scratch) ->
                rows.read(partition, scratch, new Collector<>(parts.get(partition), Integer.MAX_VALUE)));
        List<T> all = new ArrayList<>(parts.stream().mapToInt(List::size).sum());
        parts.forEach(all::addAll);
        return all;
    }

    private List<List<T>> emptyLists(int count) {
        List<List<T>> lists = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            lists.add(new ArrayList<>());
        }
        return lists;
    }

    @Override
    public final List<T> take(int count) {
        lease().check(WHAT);
        List<T> taken = new ArrayList<>();
        if (count <= 0 || isKnownEmpty()) {
            return taken;
        }
        forEachPartitionInline((partition, scratch) -> {
            if (taken.size() < count) {
                rows.read(partition, scratch, new Collector<>(taken, count));
            }
        });
        return taken;
    }

    private boolean isKnownEmpty() {
        return reading(rows::isKnownEmpty);
    }

    @Override
    public final T first() {
        List<T> one = take(1);
        if (one.isEmpty()) {
            throw new UnsupportedOperationException("first() of an empty collection; ask isEmpty() before");
        }
        return one.get(0);
    }

    @Override
    public final long count() {
        LongAdder total = new LongAdder();
        forEachPartition((partition, scratch) -> {
            RowCount counted = new RowCount();
            rows.read(partition, scratch, counted);
            total.add(counted.rows());
        });
        return total.sum();
    }

    @Override
    public final boolean isEmpty() {
        return isKnownEmpty() || take(1).isEmpty();
    }

    @Override
    public final void foreach(VoidFunction<T> body) {
        RecordCaller<T> caller = new RecordCaller<>(new OperatorFunction(FOREACH, body), body);
        forEachPartition((partition, scratch) -> rows.read(partition, scratch, caller));
    }

    @Override
    public final void foreachPartition(VoidFunction<Iterator<T>> body) {
        OperatorFunction function = new OperatorFunction(FOREACH_PARTITION, body);
        forEachPartition((partition, scratch) -> {
            try (PartitionIterator<T> records = PartitionIterator.open(
                    rows, partition, scratch, "the iterator of foreachPartition", lease().batchTimeMs())) {
                call(function, body, records);
            }
        });
    }

    private static <T> void call(
            OperatorFunction function, VoidFunction<Iterator<T>> body, PartitionIterator<T> records) {
        try {
            body.call(records);
        } catch (FunctionFailure before) {
            throw before; // of a function that the iterator was read through
        } catch (Throwable thrown) {
            throw function.failed(records.last(), thrown);
        }
    }

    /**
     * Call the body for each record, in order, on the calling thread.
     *
     * @param output whose body it is, for messages
     */
    public final void foreachInOrder(OperatorId output, VoidFunction<T> body) {
        RecordCaller<T> caller = new RecordCaller<>(new OperatorFunction(output, body), body);
        forEachPartitionInline((partition, scratch) -> rows.read(partition, scratch, caller));
    }

    /** Calls a body for each record. */
    private record RecordCaller<T>(OperatorFunction function, VoidFunction<T> body) implements ChunkSink {
        @Override
        @SuppressWarnings("unchecked") // the program's types say so
        public void accept(Chunk chunk) {
            for (int row = 0, rows = chunk.rows(); row < rows; row++) {
                T record = (T) ChunkRows.record(chunk, row);
                try {
                    body.call(record);
                } catch (Throwable thrown) {
                    throw function.failed(record, thrown);
                }
            }
        }
    }

    /** Gathers records into a list until it holds so many. */
    private static final class Collector<T> implements ChunkSink {
        private final List<T> records;
        private final int limit;

        Collector(List<T> records, int limit) {
            this.records = records;
            this.limit = limit;
        }

        @Override
        @SuppressWarnings("unchecked") // the program's types say so
        public void accept(Chunk chunk) {
            for (int row = 0, rows = chunk.rows(); row < rows && wantsMore(); row++) {
                records.add((T) ChunkRows.record(chunk, row));
            }
        }

        @Override
        public boolean wantsMore() {
            return records.size() < limit;
        }
    }
}

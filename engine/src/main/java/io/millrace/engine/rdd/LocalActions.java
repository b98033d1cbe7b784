package io.millrace.engine.rdd;

import io.millrace.api.MillraceContext;
import io.millrace.api.Partitioner;
import io.millrace.api.RDDActions;
import io.millrace.api.StorageLevel;
import io.millrace.api.function.Function2;
import io.millrace.api.function.VoidFunction;
import io.millrace.engine.action.LeastRecords;
import io.millrace.engine.action.PartitionsIterator;
import io.millrace.engine.action.RecordFold;
import io.millrace.engine.dataset.DatasetNode;
import io.millrace.engine.dataset.DatasetReader;
import io.millrace.engine.dataset.DatasetView;
import io.millrace.engine.dataset.Exchanged;
import io.millrace.engine.exchange.RowCount;
import io.millrace.engine.function.FunctionFailure;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.engine.function.Zeros;
import io.millrace.engine.lease.Lease;
import io.millrace.engine.order.Orders;
import io.millrace.engine.sample.SampleDraw;
import io.millrace.engine.task.PartitionIterator;
import io.millrace.engine.task.PartitionTask;
import io.millrace.engine.task.Rows;
import io.millrace.plan.OperatorId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * The actions of a dataset on this engine. Safe from several threads while its batch lives.
 *
 * @param <T> record type
 */
abstract class LocalActions<T> implements RDDActions<T>, DatasetView {
    private static final double LEAST_ERROR = 0.000017;

    private final DatasetNode node;
    private final DatasetReader reader;

    LocalActions(DatasetNode node) {
        this.node = node;
        this.reader = new DatasetReader(node);
    }

    @Override
    public final DatasetNode node() {
        return node;
    }

    /** What reads it. */
    final DatasetReader reader() {
        return reader;
    }

    /** The rows behind it, as they are to be read now. */
    public final Rows rows() {
        return node.rows();
    }

    /** For how long they may be read. */
    public final Lease lease() {
        return node.scope().lease();
    }

    @Override
    public final MillraceContext context() {
        return node.scope().context().get();
    }

    @Override
    public final int id() {
        return node.id();
    }

    @Override
    public final String name() {
        return node.name();
    }

    @Override
    public final int getNumPartitions() {
        return reader.read(Rows::partitionCount);
    }

    @Override
    public final Optional<Partitioner> partitioner() {
        return Optional.ofNullable(node.partitioner());
    }

    @Override
    public final StorageLevel getStorageLevel() {
        return node.level();
    }

    @Override
    public final String toDebugString() {
        return node.toDebugString();
    }

    /** {@code counts RDD 7, reduceByKey}. */
    @Override
    public final String toString() {
        return node.toString();
    }

    /** Run a task for each partition, on the workers if there is enough to do; the batch does not end before it. */
    public final void forEachPartition(PartitionTask task) {
        reader.read(rows -> {
            reader.forEachPartition(rows, task);
            return null;
        });
    }

    @Override
    public final List<T> collect() {
        return reader.records();
    }

    @Override
    @SuppressWarnings("unchecked") // an array of a generic type cannot be made otherwise
    public final List<T>[] collectPartitions(int[] partitions) {
        Objects.requireNonNull(partitions, "collectPartitions: the array is null; give the numbers of partitions");
        return reader.<T>recordsOf(partitions).toArray(List[]::new);
    }

    @Override
    public final Iterator<T> toLocalIterator() {
        int partitions = getNumPartitions();
        return new PartitionsIterator<>(
                partitions,
                () -> lease().check("the iterator of an RDD"),
                partition -> collectPartitions(new int[] {partition})[0]);
    }

    @Override
    public final List<T> take(int count) {
        reader.check();
        return count <= 0 ? new ArrayList<>() : reader.take(count);
    }

    @Override
    public final List<T> takeSample(boolean withReplacement, int count) {
        return takeSample(withReplacement, count, node.scope().shared().nextSeed());
    }

    @Override
    public final List<T> takeSample(boolean withReplacement, int count, long seed) {
        if (count < 0) {
            throw new IllegalArgumentException("takeSample of " + count + " records; give 0 or more");
        }
        SampleDraw draw = new SampleDraw(withReplacement, count, seed, partitionCounts());
        return draw.records(reader::recordsOf);
    }

    @Override
    public final T first() {
        List<T> one = take(1);
        if (one.isEmpty()) {
            throw emptyCollection("first");
        }
        return one.get(0);
    }

    static UnsupportedOperationException emptyCollection(String action) {
        return new UnsupportedOperationException(action + "() of an empty collection; ask isEmpty() before");
    }

    @Override
    public final boolean isEmpty() {
        return take(1).isEmpty();
    }

    @Override
    public final long count() {
        return LongStream.of(partitionCounts()).sum();
    }

    /** How many records each partition has. */
    final long[] partitionCounts() {
        return reader.readPartitions(RowCount::new).stream()
                .mapToLong(RowCount::rows)
                .toArray();
    }

    /**
     * Fold the records of each partition.
     *
     * @param action whose function it is, for messages
     * @param zeros makes what a partition begins with
     * @return what each partition came to, in order
     */
    final <A> List<A> foldPartitions(String action, Object function, Supplier<A> zeros, Function2<A, T, A> add) {
        OperatorFunction named = new OperatorFunction(new OperatorId(action), function);
        List<A> results = new ArrayList<>();
        reader.readPartitions(() -> new RecordFold<A, T>(named, zeros.get(), add))
                .forEach(fold -> results.add(fold.value()));
        return results;
    }

    /** Bring together what partitions came to, on the calling thread. */
    private <A> A merged(String action, A zero, List<A> parts, Function2<A, A, A> merge) {
        OperatorFunction named = new OperatorFunction(new OperatorId(action), merge);
        List<A> result = new ArrayList<>(1);
        node.scope().runner().forEach(1, 0, lease().batchTimeMs(), (one, scratch) -> {
            A all = zero;
            for (A part : parts) {
                try {
                    all = merge.call(all, part);
                } catch (Throwable thrown) {
                    throw named.failed(part, thrown);
                }
            }
            result.add(all);
        });
        return result.get(0);
    }

    @Override
    public final T reduce(Function2<T, T, T> function) {
        List<T> one = new LocalRdd<T>(Exchanged.reduced(node, function)).collect();
        if (one.isEmpty()) {
            throw emptyCollection("reduce");
        }
        return one.get(0);
    }

    @Override
    public final T fold(T zero, Function2<T, T, T> function) {
        Supplier<T> zeros = Zeros.of("fold", zero);
        return merged("fold", zeros.get(), foldPartitions("fold", function, zeros, function), function);
    }

    @Override
    public final <U> U aggregate(U zero, Function2<U, T, U> add, Function2<U, U, U> merge) {
        Supplier<U> zeros = Zeros.of("aggregate", zero);
        return merged("aggregate", zeros.get(), foldPartitions("aggregate", add, zeros, add), merge);
    }

    @Override
    public final List<T> top(int count, Comparator<T> order) {
        return leastOf("top", count, order.reversed());
    }

    @Override
    public final List<T> top(int count) {
        return leastOf("top", count, Orders.<T>natural().reversed());
    }

    @Override
    public final List<T> takeOrdered(int count, Comparator<T> order) {
        return leastOf("takeOrdered", count, order);
    }

    @Override
    public final List<T> takeOrdered(int count) {
        return leastOf("takeOrdered", count, Orders.natural());
    }

    private List<T> leastOf(String action, int count, Comparator<T> order) {
        if (count <= 0) {
            return new ArrayList<>();
        }
        List<T> all = new ArrayList<>();
        foldPartitions(action, order, () -> new LeastRecords<>(count, order), LeastRecords::add)
                .forEach(part -> all.addAll(part.records()));
        all.sort(order);
        return all.size() <= count ? all : new ArrayList<>(all.subList(0, count));
    }

    @Override
    public final T max(Comparator<T> order) {
        return leastOfAll("max", order.reversed());
    }

    @Override
    public final T min(Comparator<T> order) {
        return leastOfAll("min", order);
    }

    private T leastOfAll(String action, Comparator<T> order) {
        List<T> one = leastOf(action, 1, order);
        if (one.isEmpty()) {
            throw emptyCollection(action);
        }
        return one.get(0);
    }

    static void checkError(String action, double relativeSD) {
        if (!(relativeSD > LEAST_ERROR)) {
            throw new IllegalArgumentException(
                    action + " with an error of " + relativeSD + "; give more than " + LEAST_ERROR);
        }
    }

    @Override
    public final void foreach(VoidFunction<T> body) {
        foldPartitions("foreach", body, () -> null, (nothing, record) -> {
            body.call(record);
            return null;
        });
    }

    @Override
    public final void foreachPartition(VoidFunction<Iterator<T>> body) {
        OperatorFunction function = new OperatorFunction(new OperatorId("foreachPartition"), body);
        reader.read(rows -> {
            reader.forEachPartition(rows, (partition, scratch) -> {
                try (PartitionIterator<T> records = PartitionIterator.open(
                        rows, partition, scratch, "the iterator of foreachPartition", lease().batchTimeMs())) {
                    call(function, body, records);
                }
            });
            return null;
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
        RecordFold<Void, T> calls = new RecordFold<>(new OperatorFunction(output, body), null, (nothing, record) -> {
            body.call(record);
            return null;
        });
        reader.readInOrder(() -> true, calls);
    }

    @Override
    public final void saveAsTextFile(String path) {
        reader.read(rows -> {
            node.scope().shared().saving().asText(path, isOfBatch(), rows, this::forEachPartition);
            return null;
        });
    }

    @Override
    public final void saveAsObjectFile(String path) {
        reader.read(rows -> {
            node.scope().shared().saving().asObjects(path, isOfBatch(), rows, this::forEachPartition);
            return null;
        });
    }

    /** A batch may be run again, and then replaces what it wrote. */
    private boolean isOfBatch() {
        return lease().batchTimeMs() != Lease.NO_BATCH;
    }

    @Override
    public final Future<Long> countAsync() {
        return async(this::count);
    }

    @Override
    public final Future<List<T>> collectAsync() {
        return async(this::collect);
    }

    @Override
    public final Future<List<T>> takeAsync(int count) {
        return async(() -> take(count));
    }

    @Override
    public final Future<Void> foreachAsync(VoidFunction<T> body) {
        return async(() -> {
            foreach(body);
            return null;
        });
    }

    @Override
    public final Future<Void> foreachPartitionAsync(VoidFunction<Iterator<T>> body) {
        return async(() -> {
            foreachPartition(body);
            return null;
        });
    }

    /** The batch does not end before the action; it is begun here and not on the other thread. */
    private <R> Future<R> async(Callable<R> action) {
        reader.enter();
        FutureTask<R> task = new FutureTask<>(action);
        Runnable run = () -> {
            try {
                task.run();
            } finally {
                reader.exit();
            }
        };
        ThreadFactory threads = node.scope().shared().threads();
        if (threads == null) {
            run.run();
            return task;
        }
        try {
            Thread thread = Objects.requireNonNull(
                    threads.newThread(run), () -> "the thread factory made no thread for an action of " + node);
            thread.setName("millrace-action-rdd-" + id());
            thread.start();
        } catch (Throwable notBegun) {
            reader.exit();
            throw notBegun;
        }
        return task;
    }
}

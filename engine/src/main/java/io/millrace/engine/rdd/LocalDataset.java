package io.millrace.engine.rdd;

import io.millrace.api.MillraceContext;
import io.millrace.api.RDDActions;
import io.millrace.api.function.VoidFunction;
import io.millrace.engine.exchange.RowCount;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.engine.schedule.PartitionTask;
import io.millrace.engine.task.ChunkRows;
import io.millrace.engine.task.ChunkSink;
import io.millrace.engine.task.Rows;
import io.millrace.offheap.column.Chunk;
import io.millrace.plan.OperatorId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * The actions of a dataset on this engine. Safe from several threads while its batch lives.
 *
 * @param <T> record type
 */
public abstract sealed class LocalDataset<T> implements RDDActions<T> permits LocalRdd, LocalPairRdd {
    private static final OperatorId FOREACH = new OperatorId("foreach");
    private static final String WHAT = "an RDD";

    private final Rows rows;
    private final DatasetRunner runner;
    private final Lease lease;
    private final Supplier<MillraceContext> context;

    LocalDataset(Rows rows, DatasetRunner runner, Lease lease, Supplier<MillraceContext> context) {
        this.rows = rows;
        this.runner = runner;
        this.lease = lease;
        this.context = context;
    }

    /** The context this dataset belongs to. */
    public final MillraceContext context() {
        return context.get();
    }

    /** How many partitions it has. */
    public final int getNumPartitions() {
        lease.check(WHAT);
        return rows.partitionCount();
    }

    /** The rows behind it. */
    final Rows rows() {
        return rows;
    }

    /** For how long they may be read. */
    final Lease lease() {
        return lease;
    }

    /** Run an action; its batch does not end before it. */
    private <R> R reading(Supplier<R> action) {
        lease.enter(WHAT);
        try {
            return action.get();
        } finally {
            lease.exit();
        }
    }

    private void forEachPartition(PartitionTask task) {
        reading(() -> {
            runner.forEachPartition(rows, lease.batchTimeMs(), task);
            return null;
        });
    }

    private void forEachPartitionInline(PartitionTask task) {
        reading(() -> {
            runner.forEachPartitionInline(rows, lease.batchTimeMs(), task);
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
        lease.check(WHAT);
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
        forEachPartition((partition, scratch) -> {
            List<T> records = new ArrayList<>();
            rows.read(partition, scratch, new Collector<>(records, Integer.MAX_VALUE));
            body.call(records.iterator());
        });
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

package io.millrace.engine.state;

import io.millrace.api.Duration;
import io.millrace.api.StateOptions;
import io.millrace.engine.task.ChunkSource;
import io.millrace.engine.task.ChunkView;
import io.millrace.engine.task.CountedRows;
import io.millrace.engine.task.PairChunks;
import io.millrace.engine.task.RowStore;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.state.KeyedStore;
import io.millrace.plan.OperatorId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * {@code mapWithState}: takes in rows by key and gives what is made of each, then what is made of keys that time out. The rows that come out are
 * kept until the next batch.
 */
final class MapOperator extends KeyedOperator {
    private final long timeoutMs;
    private final List<Partition> partitions = new ArrayList<>();

    /** What is done with the rows of one partition. Owner: one worker at a time. */
    interface RowMapping {
        /** Take in rows, whose keys have these handles. */
        void map(long timeMs, Chunk chunk, int[] handles, RowStore out) throws Exception;

        /** Keys time out: their states are removed afterwards. */
        void timeOut(long timeMs, int[] handles, int count, RowStore out) throws Exception;

        /** The type that states have to have; empty if any will do. */
        default Optional<ElementType> stateType() {
            return Optional.empty();
        }

        /** No more rows come in this batch, because it is over or has failed. */
        void end(boolean isComplete) throws Exception;
    }

    /** @param timeout null for never */
    MapOperator(
            OperatorId id,
            List<KeyedStore> stores,
            Function<KeyedStore, RowMapping> mapping,
            Supplier<Rows> initial,
            Duration timeout,
            StateOptions bounds,
            MemoryLedger ledger) {
        super(id, stores, initial, bounds);
        this.timeoutMs = timeout == null ? 0 : timeout.milliseconds();
        stores.forEach(store -> partitions.add(new Partition(store, mapping.apply(store), new RowStore(ledger))));
    }

    @Override
    Optional<ElementType> valueType() {
        return partitions.get(0).mapping.stateType();
    }

    @Override
    boolean loadsWithoutRows() {
        return true; // Spark puts an empty dataset in the place of one that is missing
    }

    @Override
    void take(BatchTime time, Rows rows, int partition, WorkerScratch scratch) throws Exception {
        partitions.get(partition).take(time.timeMs(), rows, partition, scratch);
    }

    @Override
    public Rows result() {
        return new Mapped();
    }

    @Override
    public void rollback() {
        super.rollback();
        partitions.forEach(partition -> partition.out.clear());
    }

    @Override
    public void close() {
        super.close();
        partitions.forEach(partition -> partition.out.close());
    }

    private final class Partition {
        private final KeyedStore store;
        private final RowMapping mapping;
        private final RowStore out;
        private final int[] handles = new int[Chunk.MAX_ROWS];

        Partition(KeyedStore store, RowMapping mapping, RowStore out) {
            this.store = store;
            this.mapping = mapping;
            this.out = out;
        }

        void take(long timeMs, Rows rows, int partition, WorkerScratch scratch) throws Exception {
            out.clear();
            boolean isComplete = false;
            try {
                if (rows != null) {
                    rows.read(partition, scratch, chunk -> map(timeMs, chunk));
                }
                if (timeoutMs > 0) {
                    timeOut(timeMs);
                }
                isComplete = true;
            } finally {
                mapping.end(isComplete);
            }
        }

        private void map(long timeMs, Chunk chunk) throws Exception {
            PairChunks.check(id().text(), chunk);
            store.handlesOf(chunk.first(), chunk.rows(), handles);
            mapping.map(timeMs, chunk, handles, out);
            if (timeoutMs > 0) {
                for (int row = 0; row < chunk.rows(); row++) {
                    if (store.exists(handles[row])) {
                        store.touch(handles[row]);
                    }
                }
            }
        }

        private void timeOut(long timeMs) throws Exception {
            for (int count = store.overdue(timeMs - timeoutMs, handles, handles.length);
                    count > 0;
                    count = store.overdue(timeMs - timeoutMs, handles, handles.length)) {
                mapping.timeOut(timeMs, handles, count, out);
                for (int i = 0; i < count; i++) {
                    store.remove(handles[i]);
                }
            }
        }
    }

    private final class Mapped implements CountedRows {
        @Override
        public int partitionCount() {
            return partitions.size();
        }

        @Override
        public long inputRows() {
            long rows = 0;
            for (Partition partition : partitions) {
                rows += partition.out.size();
            }
            return rows;
        }

        @Override
        public ChunkSource open(int partition, WorkerScratch scratch) {
            RowStore rows = partitions.get(partition).out;
            ChunkView view = scratch.view();
            return rows.open(0, rows.size(), view);
        }
    }
}

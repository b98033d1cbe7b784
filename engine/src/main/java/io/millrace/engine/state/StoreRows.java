package io.millrace.engine.state;

import io.millrace.engine.task.ChunkSink;
import io.millrace.engine.task.ChunkSource;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.RefColumn;
import io.millrace.offheap.state.KeyedStore;
import io.millrace.offheap.state.StoreColumns;
import io.millrace.offheap.state.StoreReader;
import java.util.List;

/** All keys of some stores with their values, a partition for each store. To be read while nobody writes into them. */
public final class StoreRows implements Rows {
    private final List<KeyedStore> stores;

    /** The stores stay their owner's. */
    public StoreRows(List<KeyedStore> stores) {
        this.stores = stores;
    }

    @Override
    public int partitionCount() {
        return stores.size();
    }

    @Override
    public long inputRows() {
        long rows = 0;
        for (KeyedStore store : stores) {
            rows += store.size();
        }
        return rows;
    }

    @Override
    public boolean isKnownEmpty() {
        return inputRows() == 0;
    }

    @Override
    public ChunkSource open(int partition, WorkerScratch scratch) {
        return new Reading(
                stores.get(partition).reader(), scratch.madeFor(StoreColumns.class, StoreColumns::new), new Chunk());
    }

    private record Reading(StoreReader reader, StoreColumns columns, Chunk chunk) implements ChunkSource {
        @Override
        public boolean next(ChunkSink sink) throws Exception {
            if (!reader.next(columns)) {
                return false;
            }
            chunk.set(columns.keys(), columns.values(), columns.rows());
            try {
                sink.accept(chunk);
            } finally {
                forget(columns.keys(), columns.rows());
                forget(columns.values(), columns.rows());
            }
            return true;
        }

        private static void forget(Object column, int rows) {
            if (column instanceof RefColumn refs) {
                refs.clear(rows);
            }
        }
    }
}

package io.millrace.engine.state;

import io.millrace.engine.task.ChunkSource;
import io.millrace.engine.task.ChunkView;
import io.millrace.engine.task.CountedRows;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.offheap.state.KeyedStore;
import io.millrace.offheap.state.StoreColumns;
import io.millrace.offheap.state.StoreReader;
import java.util.List;

/** All keys of some stores with their values, a partition for each store. To be read while nobody writes into them. */
public final class StoreRows implements CountedRows {
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
    public ChunkSource open(int partition, WorkerScratch scratch) {
        StoreReader reader = stores.get(partition).reader();
        StoreColumns columns = scratch.madeFor(StoreColumns.class, StoreColumns::new);
        ChunkView view = scratch.view();
        return sink -> {
            boolean hasRows = reader.next(columns);
            if (hasRows) {
                view.give(columns.keys(), columns.values(), columns.rows(), sink);
            }
            return hasRows;
        };
    }
}

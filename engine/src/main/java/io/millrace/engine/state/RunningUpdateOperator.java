package io.millrace.engine.state;

import io.millrace.api.StateOptions;
import io.millrace.engine.kernel.Merging;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.Lane;
import io.millrace.offheap.column.RefColumn;
import io.millrace.offheap.state.KeyedStore;
import io.millrace.plan.OperatorId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code updateStateByKey} with a running reduction. Takes in one row per key, with its values of the batch made one; keys without data are
 * not visited.
 */
final class RunningUpdateOperator extends KeyedOperator {
    private final Merging merging;
    private final List<Partition> partitions = new ArrayList<>();
    private boolean hasResult;

    RunningUpdateOperator(
            OperatorId id, Merging merging, List<KeyedStore> stores, Supplier<Rows> initial, StateOptions bounds) {
        super(id, stores, initial, bounds);
        this.merging = merging;
        stores.forEach(store -> partitions.add(new Partition(store, merging)));
    }

    @Override
    Optional<ElementType> valueType() {
        return merging.declaredType();
    }

    @Override
    void begin(BatchTime time) {
        hasResult = isLoaded();
    }

    @Override
    boolean loadsWithoutRows() {
        return false; // a batch without a dataset leaves the states as they are, and if there are none, has none
    }

    @Override
    void take(BatchTime time, Rows rows, int partition, WorkerScratch scratch) throws Exception {
        if (rows != null) {
            rows.read(partition, scratch, partitions.get(partition)::add);
        }
    }

    @Override
    public Rows result() {
        return hasResult ? states() : null;
    }

    private static final class Partition {
        private final KeyedStore store;
        private final RunningValues values;
        private final int[] handles = new int[Chunk.MAX_ROWS];
        private final RefColumn boxes = new RefColumn();

        Partition(KeyedStore store, Merging merging) {
            this.store = store;
            this.values = new RunningValues(store, merging);
        }

        void add(Chunk chunk) throws Exception {
            store.handlesOf(chunk.first(), chunk.rows(), handles);
            values.merge(handles, boxed(chunk.second(), chunk.rows(), boxes), chunk.rows());
            values.clear();
            boxes.clear(chunk.rows());
        }
    }

    /** Texts and bytes as objects; other columns as they are. */
    static Column boxed(Column column, int rows, RefColumn boxes) {
        if (column.type().lane() != Lane.BYTES) {
            return column;
        }
        for (int row = 0; row < rows; row++) {
            boxes.values()[row] = column.get(row);
        }
        return boxes;
    }
}

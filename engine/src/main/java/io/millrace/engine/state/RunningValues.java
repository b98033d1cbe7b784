package io.millrace.engine.state;

import io.millrace.engine.kernel.ColumnMerge;
import io.millrace.engine.kernel.Merging;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.state.KeyedStore;
import io.millrace.offheap.state.StoreColumns;

/**
 * Values merged into what a store has for their keys, a chunk of keys at a time, each key once. Numbers stay numbers, whatever they are
 * of. Owner: one worker at a time.
 */
public final class RunningValues {
    private final KeyedStore store;
    private final ColumnMerge merge;
    private final Merged merged = new Merged();
    private final StoreColumns columns = new StoreColumns();
    private final boolean[] present = new boolean[Chunk.MAX_ROWS];

    /** The store stays its owner's. */
    public RunningValues(KeyedStore store, Merging merging) {
        this.store = store;
        this.merge = new ColumnMerge(merging);
    }

    /**
     * Merge the value of each row into what its key has; a key that has nothing takes the value.
     *
     * @param values of the long or double lane, or objects
     * @return what each key has now; this object's, until {@link #clear}
     */
    public Column merge(int[] handles, Column values, int rows) throws Exception {
        Column held = store.valuesOf(handles, rows, present, columns);
        merged.begin(rows);
        merged.merge(held, present, merge);
        merged.merge(values, merge);
        store.putAll(handles, merged.column(), rows);
        return merged.column();
    }

    /** Let go of objects. */
    public void clear() {
        merged.clear();
    }
}

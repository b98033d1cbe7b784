package io.millrace.engine.state;

import io.millrace.engine.kernel.ColumnMerge;
import io.millrace.engine.kernel.Merging;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.RefColumn;
import io.millrace.offheap.state.KeyedStore;
import io.millrace.offheap.state.StoreColumns;

/**
 * Values merged into states a chunk of keys at a time, each key once. Numbers stay numbers, whatever they are of. Owner: one worker at a
 * time.
 */
final class RunningValues {
    private final KeyedStore store;
    private final ColumnMerge merge;
    private final StoreColumns columns = new StoreColumns();
    private final boolean[] present = new boolean[Chunk.MAX_ROWS];
    private final int[] known = new int[Chunk.MAX_ROWS];
    private final int[] handlesOfKnown = new int[Chunk.MAX_ROWS];
    private final int[] handlesOfNew = new int[Chunk.MAX_ROWS];
    private final OneColumn lefts = new OneColumn();
    private final OneColumn rights = new OneColumn();
    private final OneColumn news = new OneColumn();

    RunningValues(KeyedStore store, Merging merging) {
        this.store = store;
        this.merge = new ColumnMerge(merging);
    }

    /**
     * Merge the value of each row into its key's state; a key without one takes the value.
     *
     * @param values of the long or double lane, or objects
     * @param results is given the new state of each row, unless it is null
     */
    void merge(int[] handles, Column values, int rows, OneColumn results) throws Exception {
        Column states = store.valuesOf(handles, rows, present, columns);
        Column left = lefts.of(states.type());
        Column right = rights.of(values.type());
        Column first = news.of(values.type());
        int knownCount = 0;
        int newCount = 0;
        for (int row = 0; row < rows; row++) {
            if (present[row]) {
                OneColumn.copy(states, row, left, knownCount);
                OneColumn.copy(values, row, right, knownCount);
                handlesOfKnown[knownCount] = handles[row];
                known[knownCount++] = row;
            } else {
                OneColumn.copy(values, row, first, newCount);
                handlesOfNew[newCount++] = handles[row];
            }
        }
        Column merged = merge.merge(left, right, knownCount);
        store.putAll(handlesOfKnown, merged, knownCount);
        store.putAll(handlesOfNew, first, newCount);
        if (results != null) {
            give(results, merged, knownCount, values, rows);
        }
        forget(states, rows);
    }

    private void give(OneColumn results, Column merged, int knownCount, Column values, int rows) {
        boolean isOneType = knownCount == 0 || merged.type() == values.type();
        Column into = results.show(isOneType ? values.type() : ElementType.REF);
        if (knownCount < rows) {
            for (int row = 0; row < rows; row++) {
                if (!present[row]) {
                    OneColumn.copy(values, row, into, row);
                }
            }
        }
        for (int i = 0; i < knownCount; i++) {
            OneColumn.copy(merged, i, into, known[i]);
        }
    }

    private void forget(Column states, int rows) {
        lefts.clear(rows);
        rights.clear(rows);
        news.clear(rows);
        if (states instanceof RefColumn refs) {
            refs.clear(rows);
        }
    }
}

package io.millrace.engine.state;

import io.millrace.engine.kernel.ColumnMerge;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LaneColumns;
import io.millrace.offheap.pane.KeyColumn;
import java.util.Arrays;

/**
 * Values of up to a chunk's keys, some of which may be missing, to which more can be merged: what is there stays on the left. Holds
 * numbers as long as all it meets are of one type, and objects afterwards. Owner: one thread.
 */
public final class Merged {
    private final boolean[] present = new boolean[Chunk.MAX_ROWS];
    private final int[] both = new int[Chunk.MAX_ROWS];
    private final LaneColumns values = new LaneColumns();
    private final LaneColumns lefts = new LaneColumns();
    private final LaneColumns rights = new LaneColumns();
    private final LaneColumns ones = new LaneColumns();
    private Column column;
    private int rows;

    /** Nothing. */
    public Merged() {}

    /** Nothing yet, for so many keys. */
    public void begin(int rowCount) {
        column = null;
        rows = rowCount;
        Arrays.fill(present, 0, rowCount, false);
    }

    /** Whether a key has a value. */
    public boolean has(int row) {
        return present[row];
    }

    /** The values; of rows that have none, anything. Null if nothing was merged. Valid until the next merge. */
    public Column column() {
        return column;
    }

    /** Merge each key's value in a column, of those that have one there. */
    public void merge(Column more, boolean[] there, ColumnMerge merge) throws Exception {
        Column right = beginMerge(more.type());
        int count = 0;
        for (int row = 0; row < rows; row++) {
            if (there[row]) {
                count = take(more, row, row, right, count);
            }
        }
        mergeBoth(right, count, merge);
    }

    /** Merge the rows of a column. */
    public void merge(Column more, ColumnMerge merge) throws Exception {
        Column right = beginMerge(more.type());
        int count = 0;
        for (int row = 0; row < rows; row++) {
            count = take(more, row, row, right, count);
        }
        mergeBoth(right, count, merge);
    }

    /** Merge each key's value in a column by key, if it has one there. */
    public void merge(KeyColumn more, int[] handles, ColumnMerge merge) throws Exception {
        Column right = beginMerge(more.type());
        Column one = ones.of(more.type());
        int count = 0;
        for (int row = 0; row < rows; row++) {
            if (more.has(handles[row])) {
                more.read(handles[row], one, 0);
                count = take(one, 0, row, right, count);
            }
        }
        mergeBoth(right, count, merge);
    }

    /** Where values go that have one on their left. */
    private Column beginMerge(ElementType type) {
        if (column != null) {
            turnUnless(type);
        }
        return rights.of(type);
    }

    /** Take a key's value, or put it among those to be merged; how many those are. */
    private int take(Column from, int fromRow, int row, Column right, int count) {
        if (present[row]) {
            LaneColumns.copy(from, fromRow, right, count);
            both[count] = row;
            return count + 1;
        }
        if (column == null) {
            column = values.of(from.type());
        }
        LaneColumns.copy(from, fromRow, column, row);
        present[row] = true;
        return count;
    }

    private void mergeBoth(Column right, int count, ColumnMerge merge) throws Exception {
        if (count == 0) {
            return;
        }
        Column left = lefts.of(column.type());
        for (int i = 0; i < count; i++) {
            LaneColumns.copy(column, both[i], left, i);
        }
        Column result = merge.merge(left, right, count);
        turnUnless(result.type());
        for (int i = 0; i < count; i++) {
            LaneColumns.copy(result, i, column, both[i]);
        }
    }

    private void turnUnless(ElementType type) {
        if (column.type() == type || column.type() == ElementType.REF) {
            return;
        }
        Column refs = values.of(ElementType.REF);
        for (int row = 0; row < rows; row++) {
            if (present[row]) {
                LaneColumns.copy(column, row, refs, row);
            }
        }
        column = refs;
    }

    /** Let go of objects. */
    public void clear() {
        values.forget(rows);
        lefts.forget(rows);
        rights.forget(rows);
        ones.forget(1);
    }
}

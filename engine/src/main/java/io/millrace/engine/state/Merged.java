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
    private static final boolean[] ALL = new boolean[Chunk.MAX_ROWS];

    static {
        Arrays.fill(ALL, true);
    }

    private final boolean[] present = new boolean[Chunk.MAX_ROWS];
    private final boolean[] there = new boolean[Chunk.MAX_ROWS];
    private final int[] both = new int[Chunk.MAX_ROWS];
    private final int[] fresh = new int[Chunk.MAX_ROWS];
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
        if (column != null) {
            turnUnless(more.type());
        }
        int bothCount = 0;
        int freshCount = 0;
        for (int row = 0; row < rows; row++) {
            if (there[row] && present[row]) {
                both[bothCount++] = row;
            } else if (there[row]) {
                fresh[freshCount++] = row;
            }
        }
        mergeBoth(more, bothCount, merge);
        take(more, freshCount);
    }

    /** Merge the rows of a column. */
    public void merge(Column more, ColumnMerge merge) throws Exception {
        merge(more, ALL, merge);
    }

    /** Merge each key's value in a column by key, if it has one there. */
    public void merge(KeyColumn more, int[] handles, ColumnMerge merge) throws Exception {
        Column found = ones.of(more.type());
        more.readAll(handles, rows, there, found);
        merge(found, there, merge);
    }

    /** The rows of {@link #fresh} have a value from now on. */
    private void take(Column more, int count) {
        if (count == 0) {
            return;
        }
        if (column == null) {
            column = values.of(more.type());
        }
        LaneColumns.copyRows(more, fresh, count, column);
        for (int i = 0; i < count; i++) {
            present[fresh[i]] = true;
        }
    }

    /** Merge values to those of the rows of {@link #both}. */
    private void mergeBoth(Column more, int count, ColumnMerge merge) throws Exception {
        if (count == 0) {
            return;
        }
        Column left = lefts.of(column.type());
        Column right = rights.of(more.type());
        LaneColumns.gather(column, both, count, left);
        LaneColumns.gather(more, both, count, right);
        Column result = merge.merge(left, right, count);
        turnUnless(result.type());
        LaneColumns.scatter(result, column, both, count);
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
        ones.forget(rows);
    }
}

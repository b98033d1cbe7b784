package io.millrace.engine.window;

import io.millrace.engine.kernel.ColumnMerge;
import io.millrace.engine.state.OneColumn;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.RefColumn;
import io.millrace.offheap.pane.KeyColumn;
import java.util.Arrays;

/**
 * Values of up to a chunk's keys, some of which may be missing, to which more can be merged: what is there stays on the left. Holds
 * numbers as long as all it meets are of one type, and objects afterwards. Owner: one thread.
 */
final class Merged {
    private final boolean[] present = new boolean[Chunk.MAX_ROWS];
    private final int[] both = new int[Chunk.MAX_ROWS];
    private final OneColumn values = new OneColumn();
    private final OneColumn lefts = new OneColumn();
    private final OneColumn rights = new OneColumn();
    private Column column;
    private int rows;

    /** Nothing yet, for so many keys. */
    void begin(ElementType type, int rowCount) {
        column = values.of(type);
        rows = rowCount;
        Arrays.fill(present, 0, rowCount, false);
    }

    /** The values of a column, where there are any. */
    void begin(Column first, boolean[] there, int rowCount) {
        column = values.of(first.type());
        rows = rowCount;
        System.arraycopy(there, 0, present, 0, rowCount);
        for (int row = 0; row < rowCount; row++) {
            if (there[row]) {
                OneColumn.copy(first, row, column, row);
            }
        }
    }

    boolean has(int row) {
        return present[row];
    }

    /** The values; of rows that have none, anything. */
    Column column() {
        return column;
    }

    /** Merge each key's value in a column by key, if it has one there. */
    void merge(KeyColumn more, int[] handles, ColumnMerge merge) throws Exception {
        int count = 0;
        turnUnless(more.type());
        Column one = rights.of(more.type());
        for (int row = 0; row < rows; row++) {
            if (!more.has(handles[row])) {
                continue;
            }
            if (present[row]) {
                more.read(handles[row], one, count);
                both[count++] = row;
            } else if (column.type() == more.type()) {
                more.read(handles[row], column, row);
                present[row] = true;
            } else {
                more.read(handles[row], one, count);
                OneColumn.copy(one, count, column, row);
                present[row] = true;
            }
        }
        mergeBoth(one, count, merge);
    }

    /** Merge the rows of a column. */
    void merge(Column more, ColumnMerge merge) throws Exception {
        int count = 0;
        turnUnless(more.type());
        Column one = rights.of(more.type());
        for (int row = 0; row < rows; row++) {
            if (present[row]) {
                OneColumn.copy(more, row, one, count);
                both[count++] = row;
            } else {
                OneColumn.copy(more, row, column, row);
                present[row] = true;
            }
        }
        mergeBoth(one, count, merge);
    }

    private void mergeBoth(Column right, int count, ColumnMerge merge) throws Exception {
        if (count == 0) {
            return;
        }
        Column left = lefts.of(column.type());
        for (int i = 0; i < count; i++) {
            OneColumn.copy(column, both[i], left, i);
        }
        Column result = merge.merge(left, right, count);
        turnUnless(result.type());
        for (int i = 0; i < count; i++) {
            OneColumn.copy(result, i, column, both[i]);
        }
    }

    private void turnUnless(ElementType type) {
        if (column.type() == type || column.type() == ElementType.REF) {
            return;
        }
        RefColumn refs = (RefColumn) values.of(ElementType.REF);
        for (int row = 0; row < rows; row++) {
            refs.values()[row] = present[row] ? column.get(row) : null;
        }
        column = refs;
    }

    /** Let go of objects. */
    void clear() {
        values.clear(Chunk.MAX_ROWS);
        lefts.clear(Chunk.MAX_ROWS);
        rights.clear(Chunk.MAX_ROWS);
    }
}

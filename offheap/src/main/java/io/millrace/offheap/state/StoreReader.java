package io.millrace.offheap.state;

import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;
import java.util.ArrayList;
import java.util.List;

/** Goes through all keys that have a value. Several may be at it at a time while nobody writes. Thread: one owner. */
public final class StoreReader {
    private final Entries entries;
    private final ValueReader values;
    private final StoreView view;
    private final HandleCursor at = new HandleCursor();
    private final int[] handles = new int[Chunk.MAX_ROWS];
    private final boolean[] present = new boolean[Chunk.MAX_ROWS];
    private final List<ColdEntry> cold = new ArrayList<>();
    private int given;
    private int section;

    StoreReader(Entries entries, ValueReader values, StoreView view) {
        this.entries = entries;
        this.values = values;
        this.view = view;
    }

    /**
     * Show the next keys and their values: numbers in a column of their type where all rows have one type, other things, and
     * mixed ones, in a {@link RefColumn}.
     *
     * @param into is set; valid until the next call, and while nobody writes
     * @return false when nothing is left, and nothing was set
     */
    public boolean next(StoreColumns into) {
        int rows = entries.next(at, handles, Chunk.MAX_ROWS);
        if (rows > 0) {
            showKeys(rows, into);
            values.valuesOf(handles, rows, present, into);
            return true;
        }
        return nextCold(into);
    }

    private void showKeys(int rows, StoreColumns into) {
        int kind = Entries.kindOf(handles[0]);
        boolean isNumbers = kind <= NumberKeys.LONGS && Entries.kindOf(handles[rows - 1]) == kind;
        if (isNumbers) {
            ElementType type = kind == NumberKeys.INTEGERS ? ElementType.INT : ElementType.LONG;
            long[] numbers = ((LongColumn) into.keysOf(type)).values();
            for (int row = 0; row < rows; row++) {
                numbers[row] = ((NumberKeys) entries.table(kind)).numberAt(Entries.slotOf(handles[row]));
            }
        } else {
            Object[] keys = ((RefColumn) into.keysOf(ElementType.REF)).values();
            for (int row = 0; row < rows; row++) {
                keys[row] = entries.keyOf(handles[row]);
            }
        }
    }

    private boolean nextCold(StoreColumns into) {
        while (given == cold.size()) {
            if (section >= view.coldSections()) {
                return false;
            }
            cold.clear();
            given = 0;
            view.coldSection(section++, cold);
        }
        int rows = Math.min(Chunk.MAX_ROWS, cold.size() - given);
        Object[] keys = ((RefColumn) into.keysOf(ElementType.REF)).values();
        Object[] values = ((RefColumn) into.valuesOf(ElementType.REF)).values();
        for (int row = 0; row < rows; row++) {
            ColdEntry entry = cold.get(given++);
            keys[row] = entry.key();
            values[row] = entry.value();
        }
        into.setRows(rows);
        return true;
    }
}

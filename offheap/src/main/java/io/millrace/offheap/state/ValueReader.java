package io.millrace.offheap.state;

import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads the values of resident keys, one by one or in columns. Thread: any, while nobody writes. */
final class ValueReader {
    private final Entries entries;
    private final ValueForm values;

    ValueReader(Entries entries, ValueForm values) {
        this.entries = entries;
        this.values = values;
    }

    /** The value as the class it entered; null if there is none. */
    Object valueOf(int handle) {
        return values.read(Entry.tag(entries.meta(handle)), entries.word(handle));
    }

    /** As {@link #valueOf(int)}, of what an entry said. */
    Object valueOf(int tag, long word) {
        return values.read(tag, word);
    }

    /** As {@link KeyedStore#valuesOf}. */
    Column valuesOf(int[] handles, int rows, boolean[] present, StoreColumns into) {
        into.setRows(rows);
        int tag = firstTag(handles, rows);
        if (tag != Entry.NONE && tag <= Entry.FLOAT) {
            Column column = into.valuesOf(Entry.type(tag));
            boolean isOneType = column instanceof LongColumn longs
                    ? longsOf(handles, rows, tag, present, longs.values())
                    : doublesOf(handles, rows, tag, present, ((DoubleColumn) column).values());
            if (isOneType) {
                return column;
            }
        }
        return objectsOf(handles, rows, present, (RefColumn) into.valuesOf(ElementType.REF));
    }

    private int firstTag(int[] handles, int rows) {
        int tag = Entry.NONE;
        for (int row = 0; row < rows && tag == Entry.NONE; row++) {
            tag = Entry.tag(entries.meta(handles[row]));
        }
        return tag;
    }

    private boolean longsOf(int[] handles, int rows, int tag, boolean[] present, long[] out) {
        for (int row = 0; row < rows; row++) {
            UnsafeBuffer page = entries.page(handles[row]);
            int at = Entries.at(handles[row]);
            int tagHere = Entry.tag(page.getLong(at + Entry.META));
            if (tagHere != tag && tagHere != Entry.NONE) {
                return false;
            }
            present[row] = tagHere != Entry.NONE;
            out[row] = page.getLong(at + Entry.VALUE);
        }
        return true;
    }

    private boolean doublesOf(int[] handles, int rows, int tag, boolean[] present, double[] out) {
        for (int row = 0; row < rows; row++) {
            UnsafeBuffer page = entries.page(handles[row]);
            int at = Entries.at(handles[row]);
            int tagHere = Entry.tag(page.getLong(at + Entry.META));
            if (tagHere != tag && tagHere != Entry.NONE) {
                return false;
            }
            present[row] = tagHere != Entry.NONE;
            out[row] = Double.longBitsToDouble(page.getLong(at + Entry.VALUE));
        }
        return true;
    }

    private Column objectsOf(int[] handles, int rows, boolean[] present, RefColumn column) {
        for (int row = 0; row < rows; row++) {
            present[row] = entries.exists(handles[row]);
            column.values()[row] = valueOf(handles[row]);
        }
        return column;
    }
}

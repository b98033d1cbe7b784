package io.millrace.offheap.state;

import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import org.agrona.concurrent.UnsafeBuffer;

/** Sets and removes values, and pins keys, so that a batch can be undone. Thread: the store's owner. */
final class ValueWriter {
    private final KeyedStoreConfig config;
    private final Entries entries;
    private final Batch batch;
    private final ValueForm values;
    private final UpdateTimes times;
    private boolean isTimeKept;

    ValueWriter(KeyedStoreConfig config, Entries entries, Batch batch, ValueForm values, UpdateTimes times) {
        this.config = config;
        this.entries = entries;
        this.batch = batch;
        this.values = values;
        this.times = times;
    }

    /** Whether puts leave the times of keys that have a value as they are. */
    void keepTimes(boolean keep) {
        isTimeKept = keep;
    }

    // ---- put ----

    void putAll(int[] handles, Column column, int rows) {
        if (column instanceof LongColumn longs) {
            int tag = Entry.tag(longs.type());
            for (int row = 0; row < rows; row++) {
                putWord(handles[row], longs.values()[row], tag);
            }
        } else if (column instanceof DoubleColumn doubles) {
            int tag = Entry.tag(doubles.type());
            for (int row = 0; row < rows; row++) {
                putWord(handles[row], Double.doubleToRawLongBits(doubles.values()[row]), tag);
            }
        } else {
            for (int row = 0; row < rows; row++) {
                put(handles[row], column.get(row));
            }
        }
    }

    void put(int handle, Object value) {
        switch (ElementType.of(value)) {
            case INT -> putWord(handle, (Integer) value, Entry.INT);
            case LONG -> putWord(handle, (Long) value, Entry.LONG);
            case BOOLEAN -> putWord(handle, (Boolean) value ? 1 : 0, Entry.BOOLEAN);
            case DOUBLE -> putDouble(handle, (Double) value, ElementType.DOUBLE);
            case FLOAT -> putDouble(handle, (Float) value, ElementType.FLOAT);
            default -> putObject(handle, value);
        }
    }

    void putLong(int handle, long value, ElementType type) {
        putWord(handle, value, Entry.tag(type));
    }

    void putDouble(int handle, double value, ElementType type) {
        putWord(handle, Double.doubleToRawLongBits(value), Entry.tag(type));
    }

    private void putWord(int handle, long word, int tag) {
        UnsafeBuffer page = entries.page(handle);
        int at = Entries.at(handle);
        long meta = page.getLong(at + Entry.META);
        if (Entry.tag(meta) == tag && page.getLong(at + Entry.VALUE) == word) {
            touch(handle);
        } else if (Entry.tag(meta) == tag && (meta & Entry.TOUCHED) != 0) {
            page.putLong(at + Entry.VALUE, word);
            page.putLong(at + Entry.META, Entry.meta(timeFor(meta), meta | Entry.DIRTY));
        } else {
            batch.ensure(1);
            replace(handle, tag, word);
        }
    }

    private void putObject(int handle, Object value) {
        if (value == null) {
            putWord(handle, 0, Entry.NULL);
            return;
        }
        int tag = values.encode(value);
        if (tag != Entry.OBJECT && Entry.tag(entries.meta(handle)) == tag && values.isIn(entries.word(handle))) {
            touch(handle);
            return;
        }
        batch.ensure(1);
        long word = tag == Entry.OBJECT ? values.keepOnHeap(value) : values.newCell();
        replace(handle, tag | Entry.FRESH, word);
    }

    private void replace(int handle, int tagAndFresh, long word) {
        replace(handle, tagAndFresh, word, timeFor(entries.meta(handle)));
    }

    private void replace(int handle, int tagAndFresh, long word, long time) {
        UnsafeBuffer page = entries.page(handle);
        int at = Entries.at(handle);
        long meta = batch.logged(handle, page, at);
        if ((meta & Entry.FRESH) != 0) {
            values.free(Entry.tag(meta), page.getLong(at + Entry.VALUE));
        }
        entries.countChange(meta, tagAndFresh & Entry.TAG);
        page.putLong(at + Entry.VALUE, word);
        long flags = meta & ~(Entry.TAG | Entry.FRESH) | Entry.DIRTY | tagAndFresh;
        page.putLong(at + Entry.META, Entry.meta(time, flags));
        if (Entry.tag(meta) == Entry.NONE) {
            times.register(handle);
        }
    }

    private long timeFor(long meta) {
        return isTimeKept && Entry.tag(meta) != Entry.NONE ? Entry.time(meta) : batch.now();
    }

    // ---- load ----

    /** Set the value as an entry has it, with the entry's time. */
    void load(int handle, EntryReader entry) {
        int tag = entry.tag();
        long word = entry.number();
        if (tag == Entry.TEXT) {
            tag |= Entry.FRESH;
            word = values.newCell(entry.text());
        } else if (tag == Entry.ENCODED) {
            Object value = entry.value();
            int encoded = values.encode(value);
            tag = encoded | Entry.FRESH;
            word = encoded == Entry.OBJECT ? values.keepOnHeap(value) : values.newCell();
        }
        load(handle, tag, word, entry.updatedMs());
    }

    /** Set the value, as it is to be held, with a time. */
    void load(int handle, int tagAndFresh, long word, long time) {
        batch.ensure(1);
        boolean isEarlier = entries.exists(handle) && time < entries.updatedMs(handle);
        replace(handle, tagAndFresh, word, time);
        if (isEarlier) {
            times.registerAgain(handle);
        }
    }

    // ---- remove, touch, pin ----

    void remove(int handle) {
        if (entries.exists(handle)) {
            batch.ensure(1);
            UnsafeBuffer page = entries.page(handle);
            int at = Entries.at(handle);
            long meta = batch.logged(handle, page, at);
            if ((meta & Entry.FRESH) != 0) {
                values.free(Entry.tag(meta), page.getLong(at + Entry.VALUE));
            }
            entries.countChange(meta, Entry.NONE);
            page.putLong(at + Entry.META, meta & ~(Entry.TAG | Entry.FRESH));
        }
    }

    /** The time of the last update is now, the value stays. */
    void touch(int handle) {
        if (entries.updatedMs(handle) != batch.now() && !isTimeKept) {
            batch.ensure(1);
            UnsafeBuffer page = entries.page(handle);
            int at = Entries.at(handle);
            long meta = batch.logged(handle, page, at);
            long flags = config.tracksTimes() ? meta | Entry.DIRTY : meta;
            page.putLong(at + Entry.META, Entry.meta(batch.now(), flags));
        }
    }

    /** Pin keys so many times more, or less. */
    void pinAll(int[] handles, int rows, int more) {
        batch.ensure(rows);
        for (int row = 0; row < rows; row++) {
            UnsafeBuffer page = entries.page(handles[row]);
            int at = Entries.at(handles[row]);
            int pins = Entry.pins(page.getInt(at + Entry.PINS)) + more;
            if (pins < 0 || pins > Entry.MAX_PINS) {
                throw badPins(handles[row], pins);
            }
            batch.logged(handles[row], page, at);
            page.putInt(at + Entry.PINS, pins | batch.stamp() << Entry.STAMP_SHIFT);
        }
    }

    private IllegalStateException badPins(int handle, int pins) {
        return new IllegalStateException("key " + entries.keyOf(handle) + " of the state of '" + config.operator()
                + "' would be pinned " + pins + " times, expected 0 to " + Entry.MAX_PINS);
    }
}

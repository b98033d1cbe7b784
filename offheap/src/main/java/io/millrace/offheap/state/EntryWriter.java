package io.millrace.offheap.state;

import io.millrace.offheap.codec.ByteBuilder;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes a store's keys and values to {@linkplain EntryLog logs}: numbers as they are held, other things as bytes. What has no bytes
 * is refused before anything is added. Thread: one at a time, while nobody else writes to the store.
 */
final class EntryWriter {
    private static final int BLOCK = 256;

    private final Room room;
    private final Entries entries;
    private final CellHeap cells;
    private final ValueForm values;
    private final ObjectBytes objects;
    private final Batch batch;
    private final boolean tracksTimes;
    /** Of a block of entries that a batch has changed. */
    private final long[] keyWords = new long[BLOCK];

    private final long[] words = new long[BLOCK];
    private final long[] metas = new long[BLOCK];
    private final Part key = new Part();
    private final Part value = new Part();

    /** A key or a value: a number, or bytes. */
    private static final class Part {
        private final ByteBuilder scratch = new ByteBuilder(128);
        private final UnsafeBuffer own = new UnsafeBuffer(new byte[0]);
        private long number;
        private DirectBuffer buffer;
        private int start;
        private int length;

        void setNumber(long to) {
            number = to;
            length = 0;
        }

        void setBytes(DirectBuffer source, int from, int count) {
            buffer = source;
            start = from;
            length = count;
        }

        void setBytes(byte[] source, int from) {
            own.wrap(source);
            setBytes(own, from, source.length - from);
        }

        void setScratch() {
            own.wrap(scratch.array());
            setBytes(own, 0, scratch.length());
        }

        void setCell(CellHeap cells, long cell) {
            setBytes(cells.buffer(cell), CellHeap.start(cell), cells.length(cell));
        }
    }

    EntryWriter(
            Room room,
            Entries entries,
            CellHeap cells,
            ValueForm values,
            ObjectBytes objects,
            Batch batch,
            boolean tracksTimes) {
        this.room = room;
        this.entries = entries;
        this.cells = cells;
        this.values = values;
        this.objects = objects;
        this.batch = batch;
        this.tracksTimes = tracksTimes;
    }

    // ---- what a batch has changed ----

    /** Add what the batch is about to keep; all of it, or nothing. */
    void writeChanges(EntryLog log) {
        EntryLog.Mark before = log.mark();
        try {
            for (int from = 0; from < batch.changes(); from += BLOCK) {
                int count = Math.min(BLOCK, batch.changes() - from);
                loadEntries(from, count);
                writeLoaded(from, count, log);
            }
        } catch (RuntimeException refused) {
            log.backTo(before);
            throw refused;
        }
    }

    /** A loop of its own, so that loads of memory do not wait for each other. */
    private void loadEntries(int from, int count) {
        for (int i = 0; i < count; i++) {
            int handle = batch.changed(from + i);
            UnsafeBuffer page = entries.page(handle);
            int at = Entries.at(handle);
            keyWords[i] = page.getLong(at + Entry.KEY);
            words[i] = page.getLong(at + Entry.VALUE);
            metas[i] = page.getLong(at + Entry.META);
        }
    }

    private void writeLoaded(int from, int count, EntryLog log) {
        for (int i = 0; i < count; i++) {
            if (isAnother(metas[i], words[i], batch.metaBefore(from + i), batch.wordBefore(from + i))) {
                int handle = batch.changed(from + i);
                setKey(handle, keyWords[i]);
                add(Entries.kindOf(handle), setValue(Entry.tag(metas[i]), words[i]), Entry.time(metas[i]), log);
            }
        }
    }

    private boolean isAnother(long meta, long word, long metaBefore, long wordBefore) {
        int tag = Entry.tag(meta);
        if (tag != Entry.tag(metaBefore)) {
            return true;
        }
        if (tag == Entry.NONE) {
            return false;
        }
        boolean isSame = word == wordBefore || Entry.isInCell(tag) && cells.areSame(word, wordBefore);
        return !isSame || tracksTimes && Entry.time(meta) != Entry.time(metaBefore);
    }

    // ---- one entry ----

    /** A resident key with its value. */
    void write(int handle, EntryLog log) {
        long meta = entries.meta(handle);
        setKey(handle, entries.keyWord(handle));
        add(Entries.kindOf(handle), setValue(Entry.tag(meta), entries.word(handle)), Entry.time(meta), log);
    }

    /** A resident key with a value that the store does not have. */
    void write(int handle, Column values, int row, EntryLog log) {
        setKey(handle, entries.keyWord(handle));
        add(Entries.kindOf(handle), setValue(values, row), entries.updatedMs(handle), log);
    }

    /** What a cold store has. */
    void writeCold(int kind, byte[] coldKey, byte[] form, EntryLog log) {
        if (kind <= NumberKeys.LONGS) {
            key.setNumber(NumberKeys.number(coldKey));
        } else {
            key.setBytes(coldKey, 0);
        }
        long meta = ValueForm.coldMeta(form);
        int tag = Entry.tag(meta);
        if (Entry.isInCell(tag)) {
            value.setBytes(form, ValueForm.COLD_HEADER);
        } else {
            value.setNumber(ValueForm.coldNumber(form));
        }
        add(kind, tag, Entry.time(meta), log);
    }

    private void setKey(int handle, long word) {
        int kind = Entries.kindOf(handle);
        if (kind <= NumberKeys.LONGS) {
            key.setNumber(word);
        } else if (kind == BytesKeys.KIND) {
            key.setCell(cells, word);
        } else {
            encode(entries.keyOf(handle), key);
        }
    }

    /** Take a value as it is held; the tag to write. */
    private int setValue(int tag, long word) {
        if (tag == Entry.OBJECT) {
            return setObject(values.read(tag, word));
        } else if (Entry.isInCell(tag)) {
            value.setCell(cells, word);
        } else {
            value.setNumber(word);
        }
        return tag;
    }

    /** Take a value out of a column; the tag to write. */
    private int setValue(Column column, int row) {
        if (column instanceof LongColumn longs) {
            return setNumber(longs.values()[row], longs.type());
        } else if (column instanceof DoubleColumn doubles) {
            return setDouble(doubles.values()[row], doubles.type());
        } else if (column instanceof BytesColumn texts && texts.type() == ElementType.UTF8) {
            int start = texts.starts()[row];
            value.setBytes(texts.buffer(), start, texts.ends()[row] - start);
            return Entry.TEXT;
        }
        Object object = column.get(row);
        return switch (ElementType.of(object)) {
            case INT, LONG -> setNumber(((Number) object).longValue(), ElementType.of(object));
            case BOOLEAN -> setNumber((Boolean) object ? 1 : 0, ElementType.BOOLEAN);
            case DOUBLE, FLOAT -> setDouble(((Number) object).doubleValue(), ElementType.of(object));
            default -> setObject(object);
        };
    }

    private int setNumber(long number, ElementType type) {
        value.setNumber(number);
        return Entry.tag(type);
    }

    private int setDouble(double number, ElementType type) {
        return setNumber(Double.doubleToRawLongBits(number), type);
    }

    private int setObject(Object object) {
        if (object == null) {
            value.setNumber(0);
            return Entry.NULL;
        }
        value.scratch.truncate(0);
        if (object instanceof String text && value.scratch.putUtf8(text)) {
            value.setScratch();
            return Entry.TEXT;
        }
        encode(object, value);
        return Entry.ENCODED;
    }

    private void encode(Object object, Part part) {
        part.scratch.truncate(0);
        objects.write(object, part.scratch);
        part.setScratch();
    }

    private void add(int kind, int tag, long time, EntryLog log) {
        long bytes = (long) key.length + value.length;
        while (!log.tryBegin(kind, tag, time, bytes)) {
            if (!batch.isUnderWay()) {
                throw log.refused(bytes);
            }
            room.make(Math.max(EntryLog.MAX_CHUNK_BYTES, bytes));
        }
        if (kind <= NumberKeys.LONGS) {
            log.putSigned(key.number);
        } else {
            log.putBytes(key.buffer, key.start, key.length);
        }
        switch (tag) {
            case Entry.INT, Entry.LONG -> log.putSigned(value.number);
            case Entry.BOOLEAN -> log.putByte((int) value.number);
            case Entry.DOUBLE -> log.putLong(value.number);
            case Entry.FLOAT -> log.putInt(Float.floatToRawIntBits((float) Double.longBitsToDouble(value.number)));
            case Entry.TEXT, Entry.ENCODED -> log.putBytes(value.buffer, value.start, value.length);
            default -> {
                // Removed, or null: nothing follows.
            }
        }
        log.end();
    }
}

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
    private static final int BLOCK = EntryBlock.MAX_ROWS;
    /** No more is asked for at a time, but for one entry. */
    private static final int RESERVED_BYTES = 1 << 15;

    private final Room room;
    private final Entries entries;
    private final CellHeap cells;
    private final ValueForm values;
    private final ObjectBytes objects;
    private final Batch batch;
    private final boolean tracksTimes;
    /** Of a block of entries. */
    private final int[] handles = new int[BLOCK];

    private final long[] keyWords = new long[BLOCK];
    private final long[] words = new long[BLOCK];
    private final long[] metas = new long[BLOCK];
    private final long[] wordsBefore = new long[BLOCK];
    private final long[] metasBefore = new long[BLOCK];
    private final long[] heads = new long[BLOCK];
    private final long[] times = new long[BLOCK];
    private final long[] keys = new long[BLOCK];
    private final long[] numbers = new long[BLOCK];
    private final int[] keyLengths = new int[BLOCK];
    private final int[] valueLengths = new int[BLOCK];
    private int written;
    private final Part key = new Part();
    private final Part value = new Part();

    /** A key or a value: a number, or bytes and how many they are. */
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
            number = count;
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

    /** @param room makes room when a batch has none for its log; null if that is to be refused */
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

    /** Add what the batch is about to keep; all of it, or nothing. What only has to be marked as kept is so already. */
    void writeChanges(EntryLog log) {
        EntryLog.Mark before = log.mark();
        try {
            for (int from = 0; from < batch.changes(); from += BLOCK) {
                int count = Math.min(BLOCK, batch.changes() - from);
                loadChanges(from, count);
                int changed = keepChanged(count);
                for (int next = 0; next < changed; ) {
                    next = writeSome(next, changed, log);
                }
            }
        } catch (RuntimeException refused) {
            log.backTo(before);
            throw refused;
        }
    }

    /** A loop of its own, as are those that follow, so that loads of memory do not wait for each other. */
    private void loadChanges(int from, int count) {
        batch.load(from, count, handles, wordsBefore, metasBefore);
        for (int i = 0; i < count; i++) {
            UnsafeBuffer page = entries.page(handles[i]);
            int at = Entries.at(handles[i]);
            long meta = page.getLong(at + Entry.META);
            keyWords[i] = page.getLong(at + Entry.KEY);
            words[i] = page.getLong(at + Entry.VALUE);
            metas[i] = meta;
            if (Batch.isOfNumbers(meta, metasBefore[i])) {
                batch.keepNumber(from + i, page, at, meta);
            }
        }
    }

    /** Of the loaded ones, those whose value is another one move to the front; how many. */
    private int keepChanged(int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (isAnother(metas[i], words[i], metasBefore[i], wordsBefore[i])) {
                handles[kept] = handles[i];
                keyWords[kept] = keyWords[i];
                words[kept] = words[i];
                metas[kept++] = metas[i];
            }
        }
        return kept;
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

    // ---- a block of entries ----

    /** Load entries as they are. */
    void load(int[] from, int count) {
        for (int i = 0; i < count; i++) {
            load(i, from[i]);
        }
    }

    private void load(int i, int handle) {
        UnsafeBuffer page = entries.page(handle);
        int at = Entries.at(handle);
        handles[i] = handle;
        keyWords[i] = page.getLong(at + Entry.KEY);
        words[i] = page.getLong(at + Entry.VALUE);
        metas[i] = page.getLong(at + Entry.META);
    }

    /** Load an entry as it was before a change of the batch. */
    void loadBefore(int i, int change) {
        handles[i] = batch.changed(change);
        keyWords[i] = entries.keyWord(handles[i]);
        words[i] = batch.wordBefore(change);
        metas[i] = batch.metaBefore(change);
    }

    /** Add some of the loaded entries, from one on, in their order; up to which. */
    int writeSome(int from, int count, EntryLog log) {
        written = from;
        if (isObject(from)) {
            writeObject(from, log);
            return from + 1;
        }
        int end = from + 1;
        long bytes = loadLengths(from);
        while (end < count && !isObject(end) && bytes + loadLengths(end) <= RESERVED_BYTES) {
            bytes += keyLengths[end] + valueLengths[end];
            end++;
        }
        reserve(end - from, bytes, log);
        if (bytes > 0) {
            putBytes(from, end, log);
        }
        for (int i = from; i < end; i++) {
            int kind = Entries.kindOf(handles[i]);
            int tag = Entry.tag(metas[i]);
            heads[i] = EntryFormat.head(kind, tag);
            times[i] = Entry.time(metas[i]);
            keys[i] = kind == BytesKeys.KIND ? keyLengths[i] : keyWords[i];
            numbers[i] = Entry.isInCell(tag) ? valueLengths[i] : tag == Entry.NONE ? 0 : words[i];
        }
        log.addAll(heads, times, keys, numbers, from, end - from);
        return end;
    }

    private void putBytes(int from, int end, EntryLog log) {
        for (int i = from; i < end; i++) {
            if (keyLengths[i] > 0) {
                putCell(keyWords[i], keyLengths[i], log);
            }
            if (valueLengths[i] > 0) {
                putCell(words[i], valueLengths[i], log);
            }
        }
    }

    private void putCell(long cell, int length, EntryLog log) {
        log.putCell(cells.buffer(cell), CellHeap.start(cell), length);
    }

    /** How many of the loaded entries had been added before the last {@link #writeSome}. */
    int written() {
        return written;
    }

    private boolean isObject(int i) {
        return Entries.kindOf(handles[i]) == ObjectKeys.KIND || Entry.tag(metas[i]) == Entry.OBJECT;
    }

    private long loadLengths(int i) {
        keyLengths[i] = Entries.kindOf(handles[i]) == BytesKeys.KIND ? cells.length(keyWords[i]) : 0;
        valueLengths[i] = Entry.isInCell(Entry.tag(metas[i])) ? cells.length(words[i]) : 0;
        return (long) keyLengths[i] + valueLengths[i];
    }

    private void writeObject(int i, EntryLog log) {
        setKey(handles[i], keyWords[i]);
        add(Entries.kindOf(handles[i]), setValue(Entry.tag(metas[i]), words[i]), Entry.time(metas[i]), log);
    }

    // ---- one entry ----

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
            value.setNumber(tag == Entry.NONE ? 0 : word);
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
        reserve(1, (long) key.length + value.length, log);
        if (key.length > 0) {
            log.putBytes(key.buffer, key.start, key.length);
        }
        if (value.length > 0) {
            log.putBytes(value.buffer, value.start, value.length);
        }
        log.add(EntryFormat.head(kind, tag), time, key.number, value.number);
    }

    private void reserve(int rows, long bytes, EntryLog log) {
        while (!log.tryReserve(rows, bytes)) {
            if (room == null || !batch.isUnderWay()) {
                throw log.refused(bytes);
            }
            room.make(Math.max(EntryLog.MAX_CHUNK_BYTES, bytes));
        }
    }
}

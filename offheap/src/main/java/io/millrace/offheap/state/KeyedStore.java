package io.millrace.offheap.state;

import io.millrace.offheap.codec.ValueCodec;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;
import io.millrace.offheap.memory.MemoryLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One partition's keyed state of one operator, off the heap, kept from batch to batch. What a batch does is undone by
 * {@link #rollback}; keys that were not asked for lately move to a cold store when there are too many, and come back when they are.
 *
 * <pre>
 *   store.begin(batchTimeMs);
 *   store.handlesOf(keys, rows, handles);
 *   Column old = store.valuesOf(handles, rows, present, columns);
 *   store.putAll(handles, next, rows);
 *   store.commit();                          // or rollback()
 *   while (store.isOverBudget() &amp;&amp; store.maintain(1000) &gt; 0) {}
 * </pre>
 *
 * <p>A key is named by a <em>handle</em>, which holds until the batch ends, and as long as the key is pinned. Keys of different
 * classes are different keys, as for {@code equals}; a String and the same text in a {@link BytesColumn} are one.
 *
 * <p>A value leaves as the class it entered, or as the equal one that {@link ValueCodec} makes of it. An object of a class that the
 * codec does not know is kept as itself, on the heap; a change to it that is not a put is not undone.
 *
 * <p>Thread: one owner; readers ({@link #reader}, {@link #read}, {@link #scan}) look on from other threads while nobody writes.
 * Memory: 48 bytes a resident key of a number to a number, 56 with times, of {@link io.millrace.offheap.memory.MemoryUse#STATE};
 * other keys and values their bytes and some 10 more. Pages that have been taken are kept until they are empty.
 */
public final class KeyedStore implements AutoCloseable {
    /** Of an entry and its place in the index. */
    static final int KEY_BYTES = 48;

    private static final int LINK_BYTES = 8;

    private final KeyedStoreConfig config;
    private final Room room;
    private final ObjectBytes objects;
    private final CellHeap cells;
    private final ValueForm values;
    private final KeyTable[] tables = new KeyTable[4];
    private final KeyBytes keyBytes;
    private final UndoLog log;
    private final ColdTier cold;
    private final UpdateTimes times;
    private final Upkeep upkeep;
    private final List<StoreScan> scans = new ArrayList<>();
    private final NumberKeys.Misses misses = this::slotOfMissing;

    private boolean isInBatch;
    private long now;
    private boolean isTimeKept;
    private int stamp;
    private long residentKeys;
    /** Entries whose key the cold store has as well: with a value, and without one. */
    private long copies;

    private long tombstones;

    /**
     * A store without keys. Takes no memory before the first one.
     *
     * @param config what it is to be
     * @param ledger pays for it
     * @param codec of keys and values, from now on used by this store alone
     * @param cold opens a cold store when keys first go there, given the length of its keys in bytes, 0 if they differ; null if
     *     keys stay resident
     */
    public KeyedStore(KeyedStoreConfig config, MemoryLedger ledger, ValueCodec codec, IntFunction<ColdStore> cold) {
        this.config = config;
        this.room = new Room(config, ledger, cold == null);
        this.objects = new ObjectBytes(codec);
        this.cells = new CellHeap(room);
        this.values = new ValueForm(config.operator(), cells, objects);
        this.keyBytes = new KeyBytes(config.operator(), objects);
        this.log = new UndoLog(room);
        this.cold = cold == null ? null : new ColdTier(cold);
        this.times = config.tracksTimes() ? new UpdateTimes(room, tables) : null;
        this.upkeep = new Upkeep(this, config, room);
        room.setRelief(upkeep::moveOutInBatch);
    }

    // ---- batches ----

    /**
     * Begin a batch.
     *
     * @param batchTimeMs the time of its updates
     * @throws IllegalStateException if one is under way
     */
    public void begin(long batchTimeMs) {
        if (isInBatch) {
            throw new IllegalStateException("a batch of the state of '" + config.operator()
                    + "' is under way; commit it or roll it back first");
        }
        isInBatch = true;
        now = batchTimeMs;
        stamp = stamp + 1 & Entry.MAX_STAMP;
    }

    /** Keep what the batch did, and forget keys that it left without value and pins. Takes no memory off the heap. */
    public void commit() {
        requireBatch();
        scans.forEach(this::tellChanges);
        for (int record = 0; record < log.size(); record++) {
            keep(record);
        }
        end();
    }

    private void tellChanges(StoreScan scan) {
        for (int record = 0; record < log.size(); record++) {
            scan.changed(log.handle(record), Entry.tag(log.meta(record)), log.value(record));
        }
    }

    private void keep(int record) {
        int handle = log.handle(record);
        UnsafeBuffer page = page(handle);
        int at = at(handle);
        long meta = page.getLong(at + Entry.META);
        int oldTag = Entry.tag(log.meta(record));
        if (Entry.isElsewhere(oldTag) && ((meta & Entry.FRESH) != 0 || !Entry.isElsewhere(Entry.tag(meta)))) {
            values.free(oldTag, log.value(record));
        }
        page.putLong(at + Entry.META, meta & ~(Entry.TOUCHED | Entry.FRESH));
        if (Entry.tag(meta) == Entry.NONE) {
            unlinkIfLinked(handle);
            forgetIfUnused(handle);
        }
    }

    /** Undo what the batch did: each key has the value, the time and the pins that it had. */
    public void rollback() {
        requireBatch();
        for (int record = log.size() - 1; record >= 0; record--) {
            restore(record);
        }
        end();
    }

    private void restore(int record) {
        int handle = log.handle(record);
        UnsafeBuffer page = page(handle);
        int at = at(handle);
        long meta = page.getLong(at + Entry.META);
        long oldMeta = log.meta(record);
        if ((meta & Entry.FRESH) != 0) {
            values.free(Entry.tag(meta), page.getLong(at + Entry.VALUE));
        }
        countChange(meta, Entry.tag(oldMeta));
        int stampNow = page.getInt(at + Entry.PINS) & ~Entry.MAX_PINS;
        page.putInt(at + Entry.PINS, stampNow | Entry.pins(log.pins(record)));
        page.putLong(at + Entry.VALUE, log.value(record));
        long kept = meta & (Entry.REGISTERED | Entry.LIVE | Entry.COPY);
        page.putLong(at + Entry.META, oldMeta & ~(Entry.REGISTERED | Entry.TOUCHED) | kept);
        unlinkIfLinked(handle);
        if (Entry.tag(oldMeta) != Entry.NONE) {
            register(handle);
        } else {
            forgetIfUnused(handle);
        }
    }

    private void end() {
        log.clear();
        isInBatch = false;
        upkeep.batchEnded();
        if (times != null) {
            for (int handle = times.firstGiven(); handle != UpdateTimes.NONE; handle = times.firstGiven()) {
                times.unlink(handle);
                register(handle);
            }
        }
    }

    private void requireBatch() {
        if (!isInBatch) {
            throw new IllegalStateException(
                    "no batch of the state of '" + config.operator() + "' is under way; begin one first");
        }
    }

    /** Forget an entry without value that nobody needs. */
    void forgetIfUnused(int handle) {
        UnsafeBuffer page = page(handle);
        int at = at(handle);
        if (Entry.pins(page.getInt(at + Entry.PINS)) == 0 && (page.getLong(at + Entry.META) & Entry.COPY) == 0) {
            free(handle);
        }
    }

    private void free(int handle) {
        tables[kindOf(handle)].remove(slotOf(handle));
        room.release(entryBytes());
    }

    // ---- from key to handle ----

    /**
     * The handles of a chunk's keys. A key that is not known gets one without a value, and is gone again at the end of the batch
     * unless a value is put or it is pinned. 25 ns a long key while the table is in the caches, 70 of a million in no order, where
     * two loads of memory are what costs; a microsecond or more for one that was cold.
     *
     * @param keys any but arrays
     * @param rows how many
     * @param handles is set for each row
     * @throws StoreFullException if there is no room for a key; roll the batch back
     * @throws IllegalArgumentException if a key is an array
     */
    public void handlesOf(Column keys, int rows, int[] handles) {
        if (keys instanceof LongColumn longs && longs.type() != ElementType.BOOLEAN) {
            int kind = longs.type() == ElementType.INT ? NumberKeys.INTEGERS : NumberKeys.LONGS;
            numbers(kind).handlesOf(longs.values(), rows, handles, stamp, misses);
        } else if (keys instanceof BytesColumn texts && texts.type() == ElementType.UTF8) {
            for (int row = 0; row < rows; row++) {
                keyBytes.setText(texts.buffer(), texts.starts()[row], texts.ends()[row]);
                handles[row] = handleOfBytes();
            }
        } else {
            for (int row = 0; row < rows; row++) {
                handles[row] = handleOf(keys.get(row));
            }
        }
    }

    /**
     * The handle of one key, as {@link #handlesOf} gives it.
     *
     * @param key any but an array; may be null
     * @return its handle
     * @throws StoreFullException if there is no room for the key; roll the batch back
     * @throws IllegalArgumentException if the key is an array
     */
    public int handleOf(Object key) {
        if (key instanceof Integer number) {
            return handleOfNumber(NumberKeys.INTEGERS, number);
        } else if (key instanceof Long number) {
            return handleOfNumber(NumberKeys.LONGS, number);
        }
        return keyBytes.set(key) ? handleOfBytes() : handleOfObject(key);
    }

    private int handleOfNumber(int kind, long key) {
        NumberKeys table = numbers(kind);
        int hash = NumberKeys.hash(key);
        int slot = table.find(key, hash);
        return asked(table, slot < 0 ? slotOfMissing(table, key, hash) : slot);
    }

    private int handleOfBytes() {
        BytesKeys table = bytes();
        int hash = keyBytes.hash();
        int slot = table.find(keyBytes, hash);
        return asked(table, slot < 0 ? slotOfMissingBytes(table, hash) : slot);
    }

    private int handleOfObject(Object key) {
        ObjectKeys table = objects();
        int hash = ObjectKeys.hash(key);
        int slot = table.find(key, hash);
        if (slot < 0) {
            slot = newSlot(table, hash);
            table.set(slot, key);
            begin(table, slot, hash, 0);
        }
        return asked(table, slot);
    }

    /** Note that a key was asked for in this batch. */
    private int asked(KeyTable table, int slot) {
        UnsafeBuffer page = table.pages.page(slot);
        int at = EntryPages.at(slot) + Entry.PINS;
        page.putInt(at, Entry.pins(page.getInt(at)) | stamp << Entry.STAMP_SHIFT);
        return table.handle(slot);
    }

    private int slotOfMissing(NumberKeys table, long key, int hash) {
        if (cold != null && cold.hasKeys(table.kind)) {
            byte[] form = cold.get(table.kind, NumberKeys.coldKey(key));
            if (form != null) {
                return promote(table, key, hash, form);
            }
        }
        int slot = newSlot(table, hash);
        begin(table, slot, hash, key);
        return slot;
    }

    private int slotOfMissingBytes(BytesKeys table, int hash) {
        byte[] form = null;
        if (cold != null && cold.hasKeys(BytesKeys.KIND)) {
            form = cold.get(BytesKeys.KIND, keyBytes.copy());
        }
        long cell = newCell(keyBytes.length() + 1);
        keyBytes.writeTo(cells, cell);
        try {
            if (form != null) {
                return promote(table, cell, hash, form);
            }
            int slot = newSlot(table, hash);
            begin(table, slot, hash, cell);
            return slot;
        } catch (StoreFullException full) {
            cells.free(cell);
            throw full;
        }
    }

    /** Room for a key: a slot, a place in the index, and one in the log. */
    private int newSlot(KeyTable table, int hash) {
        requireBatch();
        log.ensure(1);
        room.charge(entryBytes());
        try {
            while (!table.index.tryEnsure(hash)) {
                room.make(entryBytes());
            }
            int slot = table.pages.tryAllocate();
            while (slot < 0) {
                room.make(entryBytes());
                slot = table.pages.tryAllocate();
            }
            return slot;
        } catch (StoreFullException full) {
            room.release(entryBytes());
            throw full;
        }
    }

    /** Enter a key that nobody knew. */
    private void begin(KeyTable table, int slot, int hash, long key) {
        set(table, slot, hash, key, Entry.meta(now, Entry.LIVE | Entry.TOUCHED));
        log.append(table.handle(slot), 0, 0, 0);
    }

    private void set(KeyTable table, int slot, int hash, long key, long meta) {
        UnsafeBuffer page = table.pages.page(slot);
        int at = EntryPages.at(slot);
        page.putLong(at + Entry.KEY, key);
        page.putLong(at + Entry.VALUE, 0);
        page.putLong(at + Entry.META, meta);
        page.putInt(at + Entry.HASH, hash);
        page.putInt(at + Entry.PINS, stamp << Entry.STAMP_SHIFT);
        table.index.add(hash, slot);
    }

    /** Enter a key that was cold. Not undone by rollback: nothing has changed but where it is. */
    private int promote(KeyTable table, long key, int hash, byte[] form) {
        long meta = ValueForm.coldMeta(form);
        int tag = Entry.tag(meta);
        boolean isInCell = Entry.isInCell(tag);
        long word = isInCell ? newCell(ValueForm.coldLength(form)) : ValueForm.coldWord(form);
        if (isInCell) {
            values.writeTo(word, form);
        }
        int slot;
        try {
            slot = newSlot(table, hash);
        } catch (StoreFullException full) {
            values.free(tag, word);
            throw full;
        }
        int flags = Entry.LIVE | Entry.COPY | tag | (times == null ? 0 : Entry.RECORDED);
        set(table, slot, hash, key, Entry.meta(Entry.time(meta), flags));
        table.pages.page(slot).putLong(EntryPages.at(slot) + Entry.VALUE, word);
        residentKeys++;
        copies++;
        for (StoreScan scan : scans) {
            scan.promoted(table.keyAt(slot));
        }
        return slot;
    }

    private long newCell(int length) {
        long cell = cells.tryAllocate(length);
        while (cell < 0) {
            room.make(length);
            cell = cells.tryAllocate(length);
        }
        return cell;
    }

    int entryBytes() {
        return times == null ? KEY_BYTES : KEY_BYTES + LINK_BYTES;
    }

    private NumberKeys numbers(int kind) {
        if (tables[kind] == null) {
            tables[kind] = new NumberKeys(kind, room, times != null);
        }
        return (NumberKeys) tables[kind];
    }

    private BytesKeys bytes() {
        if (tables[BytesKeys.KIND] == null) {
            tables[BytesKeys.KIND] = new BytesKeys(room, times != null, cells, config.operator(), objects);
        }
        return (BytesKeys) tables[BytesKeys.KIND];
    }

    private ObjectKeys objects() {
        if (tables[ObjectKeys.KIND] == null) {
            tables[ObjectKeys.KIND] = new ObjectKeys(room, times != null);
        }
        return (ObjectKeys) tables[ObjectKeys.KIND];
    }

    // ---- one key ----

    /**
     * The kind of a handle's key.
     *
     * @param handle of a key
     * @return 0 for Integers, 1 for Longs, 2 for texts and what else has canonical bytes, 3 for other objects
     */
    public static int kindOf(int handle) {
        return handle & 3;
    }

    /**
     * The place of a handle's key among those of its kind, for columns beside the store.
     *
     * @param handle of a key
     * @return from 0, dense; used again for another key when this one is gone
     */
    public static int slotOf(int handle) {
        return handle >>> 2;
    }

    /**
     * The key.
     *
     * @param handle of the key
     * @return as the class it entered
     */
    public Object keyOf(int handle) {
        return tables[kindOf(handle)].keyAt(slotOf(handle));
    }

    /**
     * Whether the key has a value.
     *
     * @param handle of the key
     * @return true also for a null value
     */
    public boolean exists(int handle) {
        return Entry.tag(meta(handle)) != Entry.NONE;
    }

    /**
     * How the value is held.
     *
     * @param handle of the key
     * @return INT, LONG, BOOLEAN, DOUBLE, FLOAT, UTF8 for a String, or REF for other objects and null; null if there is no value
     */
    public ElementType typeOf(int handle) {
        return Entry.type(Entry.tag(meta(handle)));
    }

    /**
     * The value.
     *
     * @param handle of the key
     * @return as the class it entered; null if there is none
     */
    public Object valueOf(int handle) {
        return values.read(Entry.tag(meta(handle)), word(handle));
    }

    /**
     * The value as it is held.
     *
     * @param handle of a key whose value is an INT, LONG or BOOLEAN
     * @return the number; of anything else it means nothing
     */
    public long longAt(int handle) {
        return word(handle);
    }

    /**
     * The value as it is held.
     *
     * @param handle of a key whose value is a DOUBLE or FLOAT
     * @return the number; of anything else it means nothing
     */
    public double doubleAt(int handle) {
        return Double.longBitsToDouble(word(handle));
    }

    /**
     * The batch time of the last put or touch. Without {@link KeyedStoreConfig#tracksTimes} it is that of an earlier one for a
     * key that was cold since: a put of an equal value does not renew a cold copy.
     *
     * @param handle of the key
     * @return milliseconds, as {@link #begin} was given them
     */
    public long updatedMs(int handle) {
        return Entry.time(meta(handle));
    }

    /**
     * Set the value. One that is equal as it is held changes the time alone.
     *
     * @param handle of the key
     * @param value anything, or null
     * @throws StoreFullException if there is no room for the value, or the key is one too many; roll the batch back
     */
    public void put(int handle, Object value) {
        ElementType type = ElementType.of(value);
        switch (type) {
            case INT -> putWord(handle, (Integer) value, Entry.INT);
            case LONG -> putWord(handle, (Long) value, Entry.LONG);
            case BOOLEAN -> putWord(handle, (Boolean) value ? 1 : 0, Entry.BOOLEAN);
            case DOUBLE -> putDouble(handle, (Double) value, type);
            case FLOAT -> putDouble(handle, (Float) value, type);
            default -> putObject(handle, value);
        }
    }

    /**
     * Set the value.
     *
     * @param handle of the key
     * @param value in the range of its type
     * @param type INT, LONG or BOOLEAN
     * @throws StoreFullException if the key is one too many; roll the batch back
     */
    public void putLong(int handle, long value, ElementType type) {
        putWord(handle, value, Entry.tag(type));
    }

    /**
     * Set the value.
     *
     * @param handle of the key
     * @param value of a FLOAT, the double of some float
     * @param type DOUBLE or FLOAT
     * @throws StoreFullException if the key is one too many; roll the batch back
     */
    public void putDouble(int handle, double value, ElementType type) {
        putWord(handle, Double.doubleToRawLongBits(value), Entry.tag(type));
    }

    /**
     * Let puts leave the times of keys that have a value as they are, until this is taken back.
     *
     * @param keep whether
     */
    public void keepTimes(boolean keep) {
        isTimeKept = keep;
    }

    private long timeFor(long meta) {
        return isTimeKept && Entry.tag(meta) != Entry.NONE ? Entry.time(meta) : now;
    }

    private void putObject(int handle, Object value) {
        if (value == null) {
            putWord(handle, 0, Entry.NULL);
            return;
        }
        int tag = values.encode(value);
        if (tag != Entry.OBJECT && Entry.tag(meta(handle)) == tag && values.isIn(word(handle))) {
            touch(handle);
            return;
        }
        requireRoomFor(handle);
        long word;
        if (tag == Entry.OBJECT) {
            word = values.keepOnHeap(value);
        } else {
            word = newCell(values.length());
            values.writeTo(word);
        }
        replace(handle, tag | Entry.FRESH, word);
    }

    private void putWord(int handle, long word, int tag) {
        UnsafeBuffer page = page(handle);
        int at = at(handle);
        long meta = page.getLong(at + Entry.META);
        if (Entry.tag(meta) == tag && page.getLong(at + Entry.VALUE) == word) {
            touch(handle);
        } else if (Entry.tag(meta) == tag && (meta & Entry.TOUCHED) != 0) {
            page.putLong(at + Entry.VALUE, word);
            page.putLong(at + Entry.META, Entry.meta(timeFor(meta), meta | Entry.DIRTY));
        } else {
            requireRoomFor(handle);
            replace(handle, tag, word);
        }
    }

    /** Throw before anything has changed, if a value is not to be put. */
    private void requireRoomFor(int handle) {
        log.ensure(1);
        if (!exists(handle) && size() >= config.maxKeys()) {
            throw new StoreFullException("the state of '" + config.operator() + "' has " + size()
                    + " keys, the most that it may have; remove keys, let them time out, or raise the bound");
        }
    }

    private void replace(int handle, int tagAndFresh, long word) {
        UnsafeBuffer page = page(handle);
        int at = at(handle);
        long meta = logged(handle, page, at);
        if ((meta & Entry.FRESH) != 0) {
            values.free(Entry.tag(meta), page.getLong(at + Entry.VALUE));
        }
        countChange(meta, tagAndFresh & Entry.TAG);
        page.putLong(at + Entry.VALUE, word);
        long flags = meta & ~(Entry.TAG | Entry.FRESH) | Entry.DIRTY | tagAndFresh;
        page.putLong(at + Entry.META, Entry.meta(timeFor(meta), flags));
        if (Entry.tag(meta) == Entry.NONE) {
            register(handle);
        }
    }

    /** A key's value is no longer held as it was; keep the counts. */
    private void countChange(long oldMeta, int newTag) {
        int before = Entry.tag(oldMeta) == Entry.NONE ? 0 : 1;
        int after = newTag == Entry.NONE ? 0 : 1;
        residentKeys += after - before;
        if ((oldMeta & Entry.COPY) != 0) {
            tombstones += before - after;
        }
    }

    /** Log an entry as it is, if that was not yet done in this batch. Room was ensured. */
    private long logged(int handle, UnsafeBuffer page, int at) {
        requireBatch();
        long meta = page.getLong(at + Entry.META);
        if ((meta & Entry.TOUCHED) == 0) {
            log.append(handle, page.getInt(at + Entry.PINS), page.getLong(at + Entry.VALUE), meta);
            meta |= Entry.TOUCHED;
            page.putLong(at + Entry.META, meta);
        }
        return meta;
    }

    /**
     * Take the value away, if there is one.
     *
     * @param handle of the key; stays valid in this batch
     */
    public void remove(int handle) {
        if (exists(handle)) {
            log.ensure(1);
            UnsafeBuffer page = page(handle);
            int at = at(handle);
            long meta = logged(handle, page, at);
            if ((meta & Entry.FRESH) != 0) {
                values.free(Entry.tag(meta), page.getLong(at + Entry.VALUE));
            }
            countChange(meta, Entry.NONE);
            page.putLong(at + Entry.META, meta & ~(Entry.TAG | Entry.FRESH));
        }
    }

    /**
     * Data came for the key: the time of its last update is now, the value stays.
     *
     * @param handle of the key
     */
    public void touch(int handle) {
        if (updatedMs(handle) != now && !isTimeKept) {
            log.ensure(1);
            UnsafeBuffer page = page(handle);
            int at = at(handle);
            long meta = logged(handle, page, at);
            page.putLong(at + Entry.META, Entry.meta(now, times == null ? meta : meta | Entry.DIRTY));
        }
    }

    /**
     * Let keys stay resident and keep their handles until they are unpinned as often as they were pinned, with or without a value.
     *
     * @param handles of keys
     * @param rows how many
     */
    public void pinAll(int[] handles, int rows) {
        pinAll(handles, rows, 1);
    }

    /**
     * Undo one {@link #pinAll}.
     *
     * @param handles of pinned keys
     * @param rows how many
     */
    public void unpinAll(int[] handles, int rows) {
        pinAll(handles, rows, -1);
    }

    private void pinAll(int[] handles, int rows, int more) {
        log.ensure(rows);
        for (int row = 0; row < rows; row++) {
            UnsafeBuffer page = page(handles[row]);
            int at = at(handles[row]);
            int pins = Entry.pins(page.getInt(at + Entry.PINS)) + more;
            if (pins < 0 || pins > Entry.MAX_PINS) {
                throw badPins(handles[row], pins);
            }
            logged(handles[row], page, at);
            page.putInt(at + Entry.PINS, pins | stamp << Entry.STAMP_SHIFT);
        }
    }

    private IllegalStateException badPins(int handle, int pins) {
        return new IllegalStateException("key " + keyOf(handle) + " of the state of '" + config.operator()
                + "' would be pinned " + pins + " times, expected 0 to " + Entry.MAX_PINS);
    }

    private UnsafeBuffer page(int handle) {
        return tables[kindOf(handle)].pages.page(slotOf(handle));
    }

    private static int at(int handle) {
        return EntryPages.at(slotOf(handle));
    }

    private long meta(int handle) {
        return page(handle).getLong(at(handle) + Entry.META);
    }

    private long word(int handle) {
        return page(handle).getLong(at(handle) + Entry.VALUE);
    }

    // ---- a chunk at a time ----

    /**
     * The values of a chunk's keys: numbers as a {@link LongColumn} or {@link DoubleColumn} if all are of one type, else boxed in
     * a {@link RefColumn}.
     *
     * @param handles of the keys
     * @param rows how many
     * @param present is set for each row: whether there is a value; where there is none the column's means nothing, or is null
     * @param into gives the column, which is its {@link StoreColumns#values}
     * @return the column
     */
    public Column valuesOf(int[] handles, int rows, boolean[] present, StoreColumns into) {
        into.setRows(rows);
        int tag = Entry.NONE;
        for (int row = 0; row < rows && tag == Entry.NONE; row++) {
            tag = Entry.tag(meta(handles[row]));
        }
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

    private boolean longsOf(int[] handles, int rows, int tag, boolean[] present, long[] out) {
        for (int row = 0; row < rows; row++) {
            UnsafeBuffer page = page(handles[row]);
            int at = at(handles[row]);
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
            UnsafeBuffer page = page(handles[row]);
            int at = at(handles[row]);
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
            present[row] = exists(handles[row]);
            column.values()[row] = valueOf(handles[row]);
        }
        return column;
    }

    /**
     * Set the values of a chunk's keys.
     *
     * @param handles of the keys, each at most once
     * @param column of any lane; a row's text or bytes are copied
     * @param rows how many
     * @throws StoreFullException if there is no room for a value, or a key is one too many; roll the batch back
     */
    public void putAll(int[] handles, Column column, int rows) {
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

    // ---- all keys ----

    /**
     * How many keys have a value.
     *
     * @return resident ones and cold ones
     */
    public long size() {
        return residentKeys + coldKeys();
    }

    /**
     * The next resident keys that have a value, in the order of kinds and slots. Keys that are put or removed meanwhile may or may
     * not be met.
     *
     * @param at where to go on; is moved
     * @param into is set to handles
     * @param max how many at most
     * @return how many; 0 at the end
     */
    public int handles(HandleCursor at, int[] into, int max) {
        int count = nextHandles(at, into, max);
        for (int i = 0; i < count; i++) {
            asked(tables[kindOf(into[i])], slotOf(into[i]));
        }
        return count;
    }

    /** As {@link #handles}, without a mark: safe from several threads while nobody writes. */
    int nextHandles(HandleCursor at, int[] into, int max) {
        int count = 0;
        while (count < max && at.kind() < tables.length) {
            KeyTable table = tables[at.kind()];
            int slot = table == null ? -1 : table.pages.nextLive(at.slot());
            if (slot < 0) {
                at.moveTo(at.kind() + 1, 0);
            } else {
                if (exists(table.handle(slot))) {
                    into[count++] = table.handle(slot);
                }
                at.moveTo(at.kind(), slot + 1);
            }
        }
        return count;
    }

    /**
     * In how many pieces the cold keys can be gone through.
     *
     * @return 0 if no key is cold; stays the same until {@link #maintain}
     */
    public int coldSections() {
        return coldKeys() == 0 ? 0 : cold.sections();
    }

    /**
     * The keys of a piece that are not resident. Reads the cold store: about 0.1 microseconds a key.
     *
     * @param section below {@link #coldSections}
     * @param into is added to
     */
    public void coldSection(int section, List<ColdEntry> into) {
        KeyTable table = tables[cold.kindOf(section)];
        cold.scan(section, (key, form) -> {
            if (table.findCold(key) < 0) {
                addCold(table, key, form, into);
            }
        });
    }

    /** The keys of a piece, which are not resident or were not when a scan began. */
    void coldSection(int section, StoreScan scan, List<ColdEntry> into) {
        KeyTable table = tables[cold.kindOf(section)];
        cold.scan(section, (key, form) -> {
            if (table.findCold(key) < 0 || scan.wasPromoted(table.keyOf(key))) {
                addCold(table, key, form, into);
            }
        });
    }

    private void addCold(KeyTable table, byte[] key, byte[] form, List<ColdEntry> into) {
        StoredValue stored = values.readCold(form);
        into.add(new ColdEntry(table.keyOf(key), stored.value(), stored.updatedMs()));
    }

    /**
     * Read all keys with values, chunk after chunk. Several may do so at a time, while nobody writes.
     *
     * @return a reader before the first key
     */
    public StoreReader reader() {
        return new StoreReader(this);
    }

    // ---- times ----

    /**
     * Keys whose last update was before a time. Each is given once in a batch, and again in the next one if it is neither
     * removed nor updated; cold ones come back for it.
     *
     * @param beforeMs later than the updates that are meant
     * @param into is set to handles
     * @param max how many at most
     * @return how many; 0 when none is left
     * @throws IllegalStateException if the store does not track times
     * @throws StoreFullException if there is no room for a key that was cold; roll the batch back
     */
    public int overdue(long beforeMs, int[] into, int max) {
        if (times == null) {
            throw new IllegalStateException("the state of '" + config.operator()
                    + "' does not track times; set tracksTimes in its KeyedStoreConfig");
        }
        requireBatch();
        int count = 0;
        while (count < max) {
            UpdateTimes.Bucket bucket = times.before(beforeMs);
            if (bucket == null) {
                break;
            }
            int handle = bucket.head() == UpdateTimes.NONE ? nextOfRecords(bucket, beforeMs) : unlinked(bucket.head());
            if (handle != UpdateTimes.NONE && isGiven(handle, beforeMs)) {
                into[count++] = handle;
            }
        }
        return count;
    }

    private int unlinked(int handle) {
        times.unlink(handle);
        return handle;
    }

    /** A resident key stands nowhere: let it stand with the given ones if it is overdue, else with its time. */
    private boolean isGiven(int handle, long beforeMs) {
        boolean isOverdue = updatedMs(handle) < beforeMs;
        if (isOverdue || !exists(handle)) {
            times.linkGiven(handle);
        } else {
            times.link(handle, updatedMs(handle));
        }
        asked(tables[kindOf(handle)], slotOf(handle));
        return isOverdue && exists(handle);
    }

    /** The first recorded key, resident and standing nowhere; NONE if it was moved or is gone. The record is dropped. */
    private int nextOfRecords(UpdateTimes.Bucket bucket, long beforeMs) {
        RecordQueue records = bucket.records();
        KeyTable table = tables[records.kind()];
        byte[] key = records.key();
        int slot = table.findCold(key);
        int handle = UpdateTimes.NONE;
        if (slot < 0) {
            handle = coldIfOverdue(table, key, beforeMs);
        } else if ((meta(table.handle(slot)) & Entry.LINKED) == 0) {
            handle = table.handle(slot);
        }
        if (handle != UpdateTimes.NONE) {
            setFlags(handle, 0, Entry.RECORDED);
        }
        records.drop();
        times.forgetIfEmpty(bucket);
        return handle;
    }

    private int coldIfOverdue(KeyTable table, byte[] key, long beforeMs) {
        byte[] form = cold.hasKeys(table.kind) ? cold.get(table.kind, key) : null;
        if (form == null) {
            return UpdateTimes.NONE;
        }
        long updated = Entry.time(ValueForm.coldMeta(form));
        if (updated < beforeMs) {
            return handleOf(table.keyOf(key));
        }
        while (!times.tryRecord(table.kind, key, updated)) {
            room.make(key.length);
        }
        return UpdateTimes.NONE;
    }

    private void setFlags(int handle, int set, int clear) {
        UnsafeBuffer page = page(handle);
        int at = at(handle) + Entry.META;
        page.putLong(at, page.getLong(at) & ~(long) clear | set);
    }

    /** Let a key with a value stand with its time, unless it stands somewhere. */
    private void register(int handle) {
        if (times != null && (meta(handle) & Entry.REGISTERED) == 0 && exists(handle)) {
            times.link(handle, updatedMs(handle));
        }
    }

    private void unlinkIfLinked(int handle) {
        if ((meta(handle) & Entry.LINKED) != 0) {
            times.unlink(handle);
        }
    }

    // ---- upkeep ----

    /**
     * Do a bounded piece of upkeep: write changed keys to the cold store, move keys out, go on with its growth. Between batches.
     *
     * @param entries how many to work on, about
     * @return how many were worked on or looked at; 0 when there is nothing to do
     */
    public int maintain(int entries) {
        if (isInBatch) {
            throw new IllegalStateException(
                    "upkeep of the state of '" + config.operator() + "' in the middle of a batch; end the batch first");
        }
        return upkeep.maintain(entries);
    }

    /**
     * Whether resident keys use more than {@link KeyedStoreConfig#residentBytes} and {@link #maintain} can help.
     *
     * @return true if it should be called before the next batch
     */
    public boolean isOverBudget() {
        return upkeep.isOverBudget();
    }

    /** Whether a batch was begun and neither committed nor rolled back. */
    public boolean isInBatch() {
        return isInBatch;
    }

    boolean isFrozen() {
        return cold == null || !scans.isEmpty();
    }

    ColdTier cold() {
        return cold;
    }

    KeyTable table(int kind) {
        return tables[kind];
    }

    int stamp() {
        return stamp;
    }

    long tombstones() {
        return tombstones;
    }

    /** Write a key with a value to the cold store. */
    void flush(int handle) {
        long meta = meta(handle);
        boolean isNew = (meta & Entry.COPY) == 0;
        byte[] key = tables[kindOf(handle)].coldKeyAt(slotOf(handle));
        cold.put(kindOf(handle), key, values.coldForm(meta, word(handle)), isNew);
        copies += isNew ? 1 : 0;
        setFlags(handle, Entry.COPY, Entry.DIRTY);
    }

    /** Forget a key that the cold store has as it is; false if there is no room to note its time. */
    boolean tryEvict(int handle) {
        KeyTable table = tables[kindOf(handle)];
        long meta = meta(handle);
        if ((meta & Entry.LINKED) != 0) {
            if (!times.tryRecord(table.kind, table.coldKeyAt(slotOf(handle)), Entry.time(meta))) {
                return false;
            }
            times.unlink(handle);
        }
        values.free(Entry.tag(meta), word(handle));
        free(handle);
        residentKeys--;
        copies--;
        return true;
    }

    /** Take the copy of a key that has no value out of the cold store. */
    void bury(int handle) {
        cold.remove(kindOf(handle), tables[kindOf(handle)].coldKeyAt(slotOf(handle)));
        copies--;
        tombstones--;
        setFlags(handle, 0, Entry.COPY | Entry.DIRTY);
        forgetIfUnused(handle);
    }

    /**
     * What resident keys and values use.
     *
     * @return bytes, without what is free in pages, and without the log of a batch
     */
    public long residentBytes() {
        return room.usedBytes();
    }

    /**
     * How many keys with a value are resident.
     *
     * @return 0 or more
     */
    public long residentKeys() {
        return residentKeys;
    }

    /**
     * How many keys with a value are in the cold store alone.
     *
     * @return 0 or more
     */
    public long coldKeys() {
        return cold == null ? 0 : cold.keys() - copies;
    }

    /**
     * The disk that cold stores take.
     *
     * @return bytes
     */
    public long coldBytes() {
        return cold == null ? 0 : cold.bytes();
    }

    /**
     * How often a key was looked for in a cold store.
     *
     * @return a count that only grows
     */
    public long coldReads() {
        return cold == null ? 0 : cold.reads();
    }

    // ---- for others, between batches ----

    /**
     * What a key has, without bringing it back if it is cold. One thread at a time.
     *
     * @param key any but an array; may be null
     * @return empty if it has no value
     * @throws IllegalArgumentException if the key is an array
     */
    public Optional<StoredValue> read(Object key) {
        if (key instanceof Integer number) {
            return readBytes(NumberKeys.INTEGERS, NumberKeys.coldKey(number));
        } else if (key instanceof Long number) {
            return readBytes(NumberKeys.LONGS, NumberKeys.coldKey(number));
        }
        KeyBytes wanted = new KeyBytes(config.operator(), objects);
        if (wanted.set(key)) {
            return readBytes(BytesKeys.KIND, wanted.copy());
        }
        ObjectKeys table = (ObjectKeys) tables[ObjectKeys.KIND];
        return table == null ? Optional.empty() : readSlot(table, table.find(key, ObjectKeys.hash(key)));
    }

    private Optional<StoredValue> readBytes(int kind, byte[] key) {
        KeyTable table = tables[kind];
        int slot = table == null ? -1 : table.findCold(key);
        if (slot >= 0) {
            return readSlot(table, slot);
        }
        byte[] form = cold != null && cold.hasKeys(kind) ? cold.peek(kind, key) : null;
        return Optional.ofNullable(form).map(values::readCold);
    }

    private Optional<StoredValue> readSlot(KeyTable table, int slot) {
        if (slot < 0 || !exists(table.handle(slot))) {
            return Optional.empty();
        }
        return Optional.of(new StoredValue(valueOf(table.handle(slot)), updatedMs(table.handle(slot))));
    }

    /**
     * Go through the state as it is now, in slices between which batches may run. Until it is closed, nothing is moved to the cold
     * store, and what batches replace is kept on the heap for it.
     *
     * @return a scan, to be closed
     * @throws IllegalStateException if a batch is under way
     */
    public StoreScan scan() {
        if (isInBatch) {
            throw new IllegalStateException("a scan of the state of '" + config.operator()
                    + "' in the middle of a batch; begin it between batches");
        }
        StoreScan scan = new StoreScan(this);
        scans.add(scan);
        return scan;
    }

    void forget(StoreScan scan) {
        scans.remove(scan);
    }

    Object valueOf(int tag, long word) {
        return values.read(tag, word);
    }

    /** Free all memory and close the cold stores. The store must not be used again. Later calls do nothing. */
    @Override
    public void close() {
        for (int kind = 0; kind < tables.length; kind++) {
            if (tables[kind] != null) {
                tables[kind].close();
            }
        }
        cells.close();
        log.close();
        if (times != null) {
            times.close();
        }
        if (cold != null) {
            cold.close();
        }
    }
}

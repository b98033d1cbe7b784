package io.millrace.offheap.state;

import io.millrace.offheap.codec.ValueCodec;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;
import io.millrace.offheap.memory.MemoryLedger;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;

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
 * codec does not know is kept as itself, on the heap, and with its key never moves out; a change to it that is not a put is not
 * undone.
 *
 * <p>Thread: one owner; readers ({@link #reader}, {@link #read}, {@link #scan}) look on from other threads while nobody writes.
 * Memory: 48 bytes a resident key of a number to a number, 56 with times, of {@link io.millrace.offheap.memory.MemoryUse#STATE};
 * other keys and values their bytes and some 10 more. A key that is an object is on the heap while it is resident, and counts as 64
 * bytes more; it moves out as others do if the codec makes an equal one of its bytes. Pages that have been taken are kept until
 * they are empty.
 */
public final class KeyedStore implements AutoCloseable {
    private final KeyedStoreConfig config;
    private final MemoryLedger ledger;
    private final Room room;
    private final CellHeap cells;
    private final Entries entries;
    private final ColdTier cold;
    private final UpdateTimes times;
    private final Batch batch;
    private final KeyFinder finder;
    private final ValueReader reader;
    private final ValueWriter writer;
    private final OverdueKeys overdueKeys;
    private final StoreView view;
    private final EntryLoader loader;
    private final EntryWriter entryWriter;
    private final Supplier<EntryWriter> saveWriter;
    private final Upkeep upkeep;
    private boolean hasLoaded;

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
        String operator = config.operator();
        boolean tracksTimes = config.tracksTimes();
        ObjectBytes objects = new ObjectBytes(codec);
        this.config = config;
        this.ledger = ledger;
        this.room = new Room(config, ledger, cold == null);
        this.cells = new CellHeap(room);
        this.entries = new Entries(operator, room, cells, objects, tracksTimes);
        this.cold = new ColdTier(cold, objects);
        this.times = new UpdateTimes(room, entries, tracksTimes);
        ValueForm values = new ValueForm(operator, cells, objects);
        this.batch = new Batch(operator, room, entries, values, times);
        this.reader = new ValueReader(entries, values);
        this.view = new StoreView(entries, reader, values, this.cold);
        this.finder = new KeyFinder(entries, batch, cells, values, this.cold, view, tracksTimes);
        this.writer = new ValueWriter(config, entries, batch, values, times);
        this.loader = new EntryLoader(finder, writer);
        this.entryWriter = new EntryWriter(room, entries, cells, values, objects, batch, tracksTimes);
        this.saveWriter = () -> new EntryWriter(null, entries, cells, values, objects, batch, tracksTimes);
        this.overdueKeys = new OverdueKeys(entries, batch, times, this.cold, finder);
        Eviction eviction = new Eviction(entries, values, times, this.cold, view);
        this.upkeep = new Upkeep(config.residentBytes(), room, entries, batch, eviction);
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
        batch.begin(batchTimeMs);
    }

    /** Keep what the batch did, and forget keys that it left without value and pins. Takes no memory off the heap. */
    public void commit() {
        batch.require();
        hasLoaded = false;
        view.showChanges(batch);
        batch.keep();
        upkeep.batchEnded();
    }

    /**
     * As {@link #commit()}, and add what has changed to a log: each key whose value is another one than before the batch, and each
     * that was removed; if the store tracks times, each whose time is another one as well. Some 20 ns a number more, and 60 a
     * text of 20 bytes; 120 of a million such texts in no order, where each costs a load of memory.
     *
     * @param changes is added to; as before when this throws
     * @throws io.millrace.offheap.codec.UnregisteredClassException if a key or value has no bytes because a class is not registered;
     *     nothing was kept, roll the batch back
     * @throws IllegalArgumentException if it has none for another reason; nothing was kept, roll the batch back
     * @throws StoreFullException if there is no room for the log; nothing was kept, roll the batch back
     * @throws IllegalStateException if the batch has loaded entries, which are in no log
     */
    public void commit(EntryLog changes) {
        batch.require();
        if (hasLoaded) {
            throw new IllegalStateException("a batch of the state of '" + config.operator()
                    + "' that has loaded entries is to be logged; end it by commit(), and log the batches that follow");
        }
        entryWriter.writeChanges(changes);
        commit();
    }

    /** Undo what the batch did: each key has the value, the time and the pins that it had. */
    public void rollback() {
        batch.require();
        hasLoaded = false;
        batch.undo();
        upkeep.batchEnded();
    }

    /** Whether a batch was begun and neither committed nor rolled back. */
    public boolean isInBatch() {
        return batch.isUnderWay();
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
        finder.handlesOf(keys, rows, handles);
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
        return finder.handleOf(key);
    }

    // ---- one key ----

    /**
     * The kind of a handle's key.
     *
     * @param handle of a key
     * @return 0 for Integers, 1 for Longs, 2 for texts and what else has canonical bytes, 3 for other objects
     */
    public static int kindOf(int handle) {
        return Entries.kindOf(handle);
    }

    /**
     * The place of a handle's key among those of its kind, for columns beside the store.
     *
     * @param handle of a key
     * @return from 0, dense; used again for another key when this one is gone
     */
    public static int slotOf(int handle) {
        return Entries.slotOf(handle);
    }

    /**
     * The key.
     *
     * @param handle of the key
     * @return as the class it entered
     */
    public Object keyOf(int handle) {
        return entries.keyOf(handle);
    }

    /**
     * Whether the key has a value.
     *
     * @param handle of the key
     * @return true also for a null value
     */
    public boolean exists(int handle) {
        return entries.exists(handle);
    }

    /**
     * How the value is held.
     *
     * @param handle of the key
     * @return INT, LONG, BOOLEAN, DOUBLE, FLOAT, UTF8 for a String, or REF for other objects and null; null if there is no value
     */
    public ElementType typeOf(int handle) {
        return Entry.type(Entry.tag(entries.meta(handle)));
    }

    /**
     * The value.
     *
     * @param handle of the key
     * @return as the class it entered; null if there is none
     */
    public Object valueOf(int handle) {
        return reader.valueOf(handle);
    }

    /**
     * The value as it is held.
     *
     * @param handle of a key whose value is an INT, LONG or BOOLEAN
     * @return the number; of anything else it means nothing
     */
    public long longAt(int handle) {
        return entries.word(handle);
    }

    /**
     * The value as it is held.
     *
     * @param handle of a key whose value is a DOUBLE or FLOAT
     * @return the number; of anything else it means nothing
     */
    public double doubleAt(int handle) {
        return Double.longBitsToDouble(entries.word(handle));
    }

    /**
     * The batch time of the last put or touch. Without {@link KeyedStoreConfig#tracksTimes} it is that of an earlier one for a
     * key that was cold since: a put of an equal value does not renew a cold copy.
     *
     * @param handle of the key
     * @return milliseconds, as {@link #begin} was given them
     */
    public long updatedMs(int handle) {
        return entries.updatedMs(handle);
    }

    /**
     * Set the value. One that is equal as it is held changes the time alone.
     *
     * @param handle of the key
     * @param value anything, or null
     * @throws StoreFullException if there is no room for the value; roll the batch back
     */
    public void put(int handle, Object value) {
        writer.put(handle, value);
    }

    /**
     * Set the value.
     *
     * @param handle of the key
     * @param value in the range of its type
     * @param type INT, LONG or BOOLEAN
     * @throws StoreFullException if there is no room to log the change; roll the batch back
     */
    public void putLong(int handle, long value, ElementType type) {
        writer.putLong(handle, value, type);
    }

    /**
     * Set the value.
     *
     * @param handle of the key
     * @param value of a FLOAT, the double of some float
     * @param type DOUBLE or FLOAT
     * @throws StoreFullException if there is no room to log the change; roll the batch back
     */
    public void putDouble(int handle, double value, ElementType type) {
        writer.putDouble(handle, value, type);
    }

    /**
     * Let puts leave the times of keys that have a value as they are, until this is taken back.
     *
     * @param keep whether
     */
    public void keepTimes(boolean keep) {
        writer.keepTimes(keep);
    }

    /**
     * Take the value away, if there is one.
     *
     * @param handle of the key; stays valid in this batch
     */
    public void remove(int handle) {
        writer.remove(handle);
    }

    /**
     * Data came for the key: the time of its last update is now, the value stays.
     *
     * @param handle of the key
     */
    public void touch(int handle) {
        writer.touch(handle);
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
        return reader.valuesOf(handles, rows, present, into);
    }

    /**
     * Set the values of a chunk's keys.
     *
     * @param handles of the keys, each at most once
     * @param column of any lane; a row's text or bytes are copied
     * @param rows how many
     * @throws StoreFullException if there is no room for a value; roll the batch back
     */
    public void putAll(int[] handles, Column column, int rows) {
        writer.putAll(handles, column, rows);
    }

    /**
     * Let keys stay resident and keep their handles until they are unpinned as often as they were pinned, with or without a value.
     *
     * @param handles of keys
     * @param rows how many
     */
    public void pinAll(int[] handles, int rows) {
        writer.pinAll(handles, rows, 1);
    }

    /**
     * Undo one {@link #pinAll}.
     *
     * @param handles of pinned keys
     * @param rows how many
     */
    public void unpinAll(int[] handles, int rows) {
        writer.pinAll(handles, rows, -1);
    }

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
        if (!times.isKept()) {
            throw new IllegalStateException("the state of '" + config.operator()
                    + "' does not track times; set tracksTimes in its KeyedStoreConfig");
        }
        batch.require();
        return overdueKeys.next(beforeMs, into, max);
    }

    // ---- all keys ----

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
        int count = entries.next(at, into, max);
        for (int i = 0; i < count; i++) {
            entries.mark(into[i], batch.stamp());
        }
        return count;
    }

    /**
     * In how many pieces the cold keys can be gone through.
     *
     * @return 0 if no key is cold; stays the same until {@link #maintain}
     */
    public int coldSections() {
        return view.coldSections();
    }

    /**
     * The keys of a piece that are not resident. Reads the cold store: about 0.1 microseconds a key.
     *
     * @param section below {@link #coldSections}
     * @param into is added to
     */
    public void coldSection(int section, List<ColdEntry> into) {
        view.coldSection(section, into);
    }

    /**
     * Whether a value is the one that a cold key has, as it would be held: an object that was changed in place is not, nor may one be
     * that is equal and has other bytes. Encodes an object, a microsecond or so. Thread: the owner.
     *
     * @param entry of this batch
     * @param value anything, or null
     * @return whether putting it would change nothing but the time
     */
    public boolean isUnchanged(ColdEntry entry, Object value) {
        return view.isUnchanged(entry, value);
    }

    /**
     * Read all keys with values, chunk after chunk. Several may do so at a time, while nobody writes.
     *
     * @return a reader before the first key
     */
    public StoreReader reader() {
        return view.reader();
    }

    // ---- how much ----

    /**
     * How many keys have a value.
     *
     * @return resident ones and cold ones
     */
    public long size() {
        return residentKeys() + coldKeys();
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
        return entries.residentKeys();
    }

    /**
     * How many keys with a value are in the cold store alone.
     *
     * @return 0 or more
     */
    public long coldKeys() {
        return cold.keys() - entries.copies();
    }

    /**
     * The disk that cold stores take.
     *
     * @return bytes
     */
    public long coldBytes() {
        return cold.bytes();
    }

    /**
     * How often a key was looked for in a cold store.
     *
     * @return a count that only grows
     */
    public long coldReads() {
        return cold.reads();
    }

    // ---- between batches ----

    /**
     * Do a bounded piece of upkeep: write changed keys to the cold store, move keys out, go on with its growth. Between batches.
     *
     * @param atMost how many to work on, about
     * @return how many were worked on or looked at; 0 when there is nothing to do
     */
    public int maintain(int atMost) {
        if (batch.isUnderWay()) {
            throw new IllegalStateException(
                    "upkeep of the state of '" + config.operator() + "' in the middle of a batch; end the batch first");
        }
        return upkeep.maintain(atMost);
    }

    /**
     * Whether resident keys use more than {@link KeyedStoreConfig#residentBytes} and {@link #maintain} can help.
     *
     * @return true if it should be called before the next batch
     */
    public boolean isOverBudget() {
        return upkeep.isOverBudget();
    }

    /**
     * What a key has, without bringing it back if it is cold. One thread at a time.
     *
     * @param key any but an array; may be null
     * @return empty if it has no value
     * @throws IllegalArgumentException if the key is an array
     */
    public Optional<StoredValue> read(Object key) {
        return view.read(key);
    }

    /**
     * Go through the state as it is now, in slices between which batches may run. Until it is closed, nothing is moved to the cold
     * store, and what batches replace is kept on the heap for it.
     *
     * @return a scan, to be closed
     * @throws IllegalStateException if a batch is under way
     */
    public StoreScan scan() {
        if (batch.isUnderWay()) {
            throw new IllegalStateException("a scan of the state of '" + config.operator()
                    + "' in the middle of a batch; begin it between batches");
        }
        return view.scan();
    }

    // ---- checkpoints ----

    /**
     * Write all keys with values to logs, as they are now, in slices between which batches may run. While none is under way, batches pay
     * nothing for it.
     *
     * @return a save, to be closed; until it has passed the cold keys, which come first, nothing is moved out
     * @throws IllegalStateException if a batch is under way
     */
    public StoreSave save() {
        if (batch.isUnderWay()) {
            throw new IllegalStateException("a save of the state of '" + config.operator()
                    + "' in the middle of a batch; begin it between batches");
        }
        return view.save(batch, saveWriter.get(), ledger);
    }

    /**
     * Set or remove what an entry says, with the entry's time, in a batch that is then ended by {@link #commit()}: what is loaded is in
     * no log.
     *
     * @param entry that {@link EntryReader#next} has shown
     * @throws StoreFullException if there is no room; roll the batch back
     * @throws io.millrace.offheap.codec.UnreadableRecordException if the entry's key or value is not what a codec writes; roll the
     *     batch back
     */
    public void load(EntryReader entry) {
        batch.require();
        hasLoaded = true;
        loader.load(entry);
    }

    /**
     * As {@link #load(EntryReader)}, of entries of a block. Numbers cost less by it.
     *
     * @param block that {@link EntryReader#nextBlock} has shown; is moved
     * @param rows which of its entries, in the order in which they are to be loaded
     * @param count how many they are
     * @throws StoreFullException if there is no room; roll the batch back
     * @throws io.millrace.offheap.codec.UnreadableRecordException if a key or value is not what a codec writes; roll the batch back
     */
    public void load(EntryReader block, int[] rows, int count) {
        batch.require();
        hasLoaded = true;
        loader.load(block, rows, count);
    }

    /** As {@link EntryLog#add}. */
    void write(int handle, Column values, int row, EntryLog log) {
        entryWriter.write(handle, values, row, log);
    }

    /** Free all memory and close the cold stores. The store must not be used again. Later calls do nothing. */
    @Override
    public void close() {
        entries.close();
        cells.close();
        batch.close();
        times.close();
        cold.close();
    }
}

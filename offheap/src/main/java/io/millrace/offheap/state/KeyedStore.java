package io.millrace.offheap.state;

import io.millrace.offheap.codec.ValueCodec;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.memory.MemoryLedger;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** One partition's keyed state of one operator. */
public final class KeyedStore implements AutoCloseable {
    /** A store without keys. */
    public KeyedStore(KeyedStoreConfig config, MemoryLedger ledger, ValueCodec codec, IntFunction<ColdStore> cold) {}

    /** Begin a batch. */
    public void begin(long batchTimeMs) {
        throw unwritten();
    }

    /** Keep what the batch did. */
    public void commit() {
        throw unwritten();
    }

    /** Undo what the batch did. */
    public void rollback() {
        throw unwritten();
    }

    /** The handles of a chunk's keys. */
    public void handlesOf(Column keys, int rows, int[] handles) {
        throw unwritten();
    }

    /** The handle of a key. */
    public int handleOf(Object key) {
        throw unwritten();
    }

    /** The kind of its key, 0 to 3. */
    public static int kindOf(int handle) {
        return handle & 3;
    }

    /** Its place among those of its kind, dense from 0. */
    public static int slotOf(int handle) {
        return handle >>> 2;
    }

    /** The key. */
    public Object keyOf(int handle) {
        throw unwritten();
    }

    /** Whether it has a value. */
    public boolean exists(int handle) {
        throw unwritten();
    }

    /** How the value is held. */
    public ElementType typeOf(int handle) {
        throw unwritten();
    }

    /** The value. */
    public Object valueOf(int handle) {
        throw unwritten();
    }

    /** The value. */
    public long longAt(int handle) {
        throw unwritten();
    }

    /** The value. */
    public double doubleAt(int handle) {
        throw unwritten();
    }

    /** Set the value. */
    public void put(int handle, Object value) {
        throw unwritten();
    }

    /** Set the value. */
    public void putLong(int handle, long value, ElementType type) {
        throw unwritten();
    }

    /** Set the value. */
    public void putDouble(int handle, double value, ElementType type) {
        throw unwritten();
    }

    /** Take the value away. */
    public void remove(int handle) {
        throw unwritten();
    }

    /** Batch time of the last put or touch. */
    public long updatedMs(int handle) {
        throw unwritten();
    }

    /** Data came: the time is now, the value stays. */
    public void touch(int handle) {
        throw unwritten();
    }

    /** Keep the handle valid. */
    public void pin(int handle) {
        throw unwritten();
    }

    /** Undo a pin. */
    public void unpin(int handle) {
        throw unwritten();
    }

    /** The values of a chunk's keys. */
    public Column valuesOf(int[] handles, int rows, boolean[] present, StoreColumns into) {
        throw unwritten();
    }

    /** Set the values of a chunk's keys. */
    public void putAll(int[] handles, Column values, int rows) {
        throw unwritten();
    }

    /** Keys with a value. */
    public long size() {
        throw unwritten();
    }

    /** Existing resident keys. */
    public int handles(HandleCursor at, int[] into, int max) {
        throw unwritten();
    }

    /** How many pieces the cold keys are in. */
    public int coldSections() {
        throw unwritten();
    }

    /** Keys of a section that are not resident. */
    public void coldSection(int section, List<ColdEntry> into) {
        throw unwritten();
    }

    /** Reads all keys with values. */
    public StoreReader reader() {
        throw unwritten();
    }

    /** Keys with an update before that time. */
    public int overdue(long beforeMs, int[] into, int max) {
        throw unwritten();
    }

    /** Upkeep. */
    public int maintain(int entries) {
        throw unwritten();
    }

    /** Whether upkeep is due. */
    public boolean isOverBudget() {
        throw unwritten();
    }

    /** What resident keys take. */
    public long residentBytes() {
        throw unwritten();
    }

    /** Keys with a value that are resident. */
    public long residentKeys() {
        throw unwritten();
    }

    /** Keys with a value that are not. */
    public long coldKeys() {
        throw unwritten();
    }

    /** Disk taken. */
    public long coldBytes() {
        throw unwritten();
    }

    /** Reads of cold stores. */
    public long coldReads() {
        throw unwritten();
    }

    /** The value of a key. */
    public Optional<StoredValue> read(Object key) {
        throw unwritten();
    }

    /** A scan of the state as of now. */
    public StoreScan scan() {
        throw unwritten();
    }

    /** Free everything. */
    @Override
    public void close() {}

    private static UnsupportedOperationException unwritten() {
        return new UnsupportedOperationException("being written");
    }
}

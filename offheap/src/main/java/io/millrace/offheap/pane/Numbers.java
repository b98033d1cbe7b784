package io.millrace.offheap.pane;

import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryRegion;
import io.millrace.offheap.memory.MemoryUse;
import org.agrona.concurrent.UnsafeBuffer;

/** Ints by number, off the heap. New ones are 0. Takes no memory before the first. Owner: one thread. */
final class Numbers implements AutoCloseable {
    private static final int MIN = 64;

    private final MemoryLedger ledger;
    private MemoryRegion region;
    private UnsafeBuffer buffer = new UnsafeBuffer(new byte[0]);
    private int capacity;

    Numbers(MemoryLedger ledger) {
        this.ledger = ledger;
    }

    /** Have room for numbers below {@code size}. */
    void ensure(int size) {
        if (size > capacity) {
            grow(size);
        }
    }

    private void grow(int size) {
        int grown = Growth.of(size, capacity, MIN, Integer.BYTES);
        MemoryRegion larger = ledger.allocate(MemoryUse.PANE, grown * Integer.BYTES);
        larger.buffer().putBytes(0, buffer, 0, capacity * Integer.BYTES);
        free();
        region = larger;
        buffer = larger.buffer();
        capacity = grown;
    }

    int get(int index) {
        return buffer.getInt(index * Integer.BYTES);
    }

    void set(int index, int value) {
        buffer.putInt(index * Integer.BYTES, value);
    }

    /** Set numbers {@code at} on to the first {@code count} of an array. */
    void setAll(int at, int[] values, int count) {
        ensure(at + count);
        for (int i = 0; i < count; i++) {
            buffer.putInt((at + i) * Integer.BYTES, values[i]);
        }
    }

    /** Numbers {@code at} on, {@code count} of them. */
    void getAll(int at, int count, int[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = buffer.getInt((at + i) * Integer.BYTES);
        }
    }

    private void free() {
        if (region != null) {
            region.close();
            region = null;
        }
    }

    @Override
    public void close() {
        free();
        buffer = new UnsafeBuffer(new byte[0]);
        capacity = 0;
    }
}

package io.millrace.offheap.pane;

import io.millrace.offheap.memory.MemoryLedger;

/** Ints by number, off the heap. New ones are 0. Owner: one thread. */
final class Numbers implements AutoCloseable {
    private final GrowingRegion region;

    Numbers(MemoryLedger ledger) {
        region = new GrowingRegion(ledger, Integer.BYTES);
    }

    /** Have room for numbers below {@code size}. */
    void ensure(int size) {
        region.ensure(size);
    }

    int get(int index) {
        return region.buffer().getInt(index * Integer.BYTES);
    }

    void set(int index, int value) {
        region.buffer().putInt(index * Integer.BYTES, value);
    }

    /** Set numbers {@code at} on to the first {@code count} of an array. */
    void setAll(int at, int[] values, int count) {
        ensure(at + count);
        for (int i = 0; i < count; i++) {
            set(at + i, values[i]);
        }
    }

    /** Numbers {@code at} on, {@code count} of them. */
    void getAll(int at, int count, int[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = get(at + i);
        }
    }

    /** Have the first of other numbers. */
    void copyFrom(Numbers other, int size) {
        ensure(size);
        region.copyFrom(other.region, size);
    }

    @Override
    public void close() {
        region.close();
    }
}

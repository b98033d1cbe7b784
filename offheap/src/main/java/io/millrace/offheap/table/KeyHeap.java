package io.millrace.offheap.table;

import io.millrace.offheap.codec.ByteSearch;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryRegion;
import io.millrace.offheap.memory.MemoryUse;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bytes of an index's keys, one behind the other in slot order, in one off-heap region that doubles when it is full.
 * No memory is taken before the first key.
 */
final class KeyHeap {

    private static final int MIN_BYTES = 4096;
    private static final int MAX_BYTES = 1 << 30;

    private final MemoryLedger ledger;
    private final ShrinkRule shrinkRule = new ShrinkRule();
    /** ends[slot + 1] is where the key of a slot ends, and the next one begins. */
    private int[] ends = new int[64];

    private int used;
    private MemoryRegion region;
    private UnsafeBuffer buffer = new UnsafeBuffer(new byte[MemoryRegion.PADDING]);
    private boolean closed;

    KeyHeap(MemoryLedger ledger) {
        this.ledger = ledger;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    int start(int slot) {
        return ends[slot];
    }

    int end(int slot) {
        return ends[slot + 1];
    }

    /** Take in the key of the next slot. Throws before anything has changed. */
    void append(int slot, UnsafeBuffer source, int start, int length) {
        if (region == null || length > region.capacity() - used) {
            grow(length);
        }
        if (slot + 1 == ends.length) {
            ends = Arrays.copyOf(ends, 2 * ends.length);
        }
        buffer.putBytes(used, source, start, length);
        used += length;
        ends[slot + 1] = used;
    }

    /** Whether the key of a slot, from one of its bytes on, is these bytes. It is known to have as many. */
    boolean holds(int slot, int from, UnsafeBuffer source, int start, int length) {
        return ByteSearch.areSame(buffer, ends[slot] + from, source, start, length);
    }

    private void grow(int length) {
        if (closed) {
            throw new IllegalStateException("key index is given a key after it was closed");
        }
        long needed = (long) used + length;
        if (needed > MAX_BYTES) {
            throw new IllegalStateException("a table of keys of " + needed + " bytes in all, at most " + MAX_BYTES
                    + " are possible; use more partitions, so that each holds fewer keys");
        }
        long doubled = region == null ? MIN_BYTES : 2L * region.capacity();
        int capacity = (int) Math.min(MAX_BYTES, Math.max(doubled, Long.highestOneBit(needed) * 2));
        MemoryRegion larger = ledger.allocate(MemoryUse.TABLE, capacity);
        larger.buffer().putBytes(0, buffer, 0, used);
        replace(larger);
    }

    private void replace(MemoryRegion next) {
        if (region != null) {
            region.close();
        }
        region = next;
        buffer = next == null ? new UnsafeBuffer(new byte[MemoryRegion.PADDING]) : next.buffer();
    }

    void clear() {
        int capacity = region == null ? 0 : region.capacity();
        if (shrinkRule.capacityToKeep(used, capacity) < capacity) {
            // What the next keys need is taken anew.
            replace(null);
            ends = new int[64];
        }
        used = 0;
    }

    void close() {
        replace(null);
        used = 0;
        closed = true;
    }
}

package io.millrace.offheap.pane;

import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryRegion;
import io.millrace.offheap.memory.MemoryUse;
import org.agrona.concurrent.UnsafeBuffer;

/** Elements of one size, off the heap, in a region that doubles. New ones are 0. Takes no memory before the first. Owner: one thread. */
final class GrowingRegion implements AutoCloseable {
    private static final int MIN_ELEMENTS = 8;
    private static final UnsafeBuffer EMPTY = new UnsafeBuffer(new byte[0]);

    private final MemoryLedger ledger;
    private final int elementBytes;
    private MemoryRegion region;
    private UnsafeBuffer buffer = EMPTY;
    private int capacity;

    GrowingRegion(MemoryLedger ledger, int elementBytes) {
        this.ledger = ledger;
        this.elementBytes = elementBytes;
    }

    /** The elements; another one after {@link #ensure} has grown it. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    /** For how many there is room. */
    int capacity() {
        return capacity;
    }

    /**
     * Have room for so many.
     *
     * @throws IllegalStateException if a region cannot be so large
     */
    void ensure(int size) {
        if (size > capacity) {
            grow(grown(size, capacity, elementBytes));
        }
    }

    /** Have the first elements of another region of elements as large; there is room. */
    void copyFrom(GrowingRegion other, int size) {
        buffer.putBytes(0, other.buffer, 0, size * elementBytes);
    }

    /** Twice what there was, at least what is wanted. */
    static int grown(int wanted, int capacity, int elementBytes) {
        long most = (Integer.MAX_VALUE - MemoryRegion.PADDING) / elementBytes;
        if (wanted > most) {
            throw new IllegalStateException("a window with " + wanted + " keys in one partition, at most " + most
                    + " are possible; use more partitions, so that each holds fewer keys");
        }
        return (int) Math.min(most, Math.max(wanted, Math.max(MIN_ELEMENTS, 2L * capacity)));
    }

    private void grow(int elements) {
        MemoryRegion larger = ledger.allocate(MemoryUse.PANE, elements * elementBytes);
        larger.buffer().putBytes(0, buffer, 0, capacity * elementBytes);
        close();
        region = larger;
        buffer = larger.buffer();
        capacity = elements;
    }

    @Override
    public void close() {
        if (region != null) {
            region.close();
            region = null;
        }
        buffer = EMPTY;
        capacity = 0;
    }
}

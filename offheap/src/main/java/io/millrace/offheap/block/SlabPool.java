package io.millrace.offheap.block;

import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.Lane;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryRegion;
import io.millrace.offheap.memory.MemoryUse;

/**
 * Where slabs come from and go back to. A few free ones are kept, so that in steady state nothing is allocated.
 *
 * <p>Thread: any. The lock is held for a few instructions, once per slab and not per row.
 */
public final class SlabPool implements AutoCloseable {

    /** What a slab has unless told otherwise. */
    public static final int DEFAULT_SLAB_BYTES = 64 * 1024;

    private static final int MIN_SLAB_BYTES = 64;
    private static final int DIRECTORY_ENTRY_BYTES = 8;

    private final MemoryLedger ledger;
    private final int slabBytes;
    // Free slabs, the last one back on top: its bytes are the likeliest to be in a cache still. Guarded by this.
    private final Slab[] freeOffHeap;
    private final Slab[] freeRefs;
    private int freeOffHeapCount;
    private int freeRefsCount;
    private int heldCount;
    private boolean closed;

    /**
     * A pool that takes no memory before the first slab.
     *
     * @param ledger pays, as {@link MemoryUse#SLAB}
     * @param slabBytes capacity of a slab, a multiple of 8, at least 64; a row of bytes takes 8 more than its length
     * @param maxFree how many free slabs to keep (of off-heap rows, and again of objects); what comes back beyond is freed
     */
    public SlabPool(MemoryLedger ledger, int slabBytes, int maxFree) {
        if (slabBytes < MIN_SLAB_BYTES || slabBytes % 8 != 0) {
            throw new IllegalArgumentException("slabBytes is " + slabBytes + ", expected a multiple of 8 from "
                    + MIN_SLAB_BYTES + " on, such as " + DEFAULT_SLAB_BYTES);
        }
        if (maxFree < 0) {
            throw new IllegalArgumentException("maxFree is " + maxFree + ", expected 0 or more, such as 64");
        }
        this.ledger = ledger;
        this.slabBytes = slabBytes;
        this.freeOffHeap = new Slab[maxFree];
        this.freeRefs = new Slab[maxFree];
    }

    /**
     * The capacity of a slab that is not a large one.
     *
     * @return bytes
     */
    public int slabBytes() {
        return slabBytes;
    }

    /**
     * A slab to write to. A slab of REF rows takes no off-heap memory: it has room for {@link #slabBytes} / 8 objects.
     *
     * @param type of its rows
     * @return an empty slab that the caller holds, or null when the ledger's cap forbids another one
     * @throws IllegalStateException when the pool is closed
     */
    public Slab tryAcquire(ElementType type) {
        Slab slab = popFree(type.lane() == Lane.REF);
        if (slab == null) {
            slab = type.lane() == Lane.REF ? new Slab(this, slabBytes) : allocate(slabBytes);
        }
        return held(slab, type);
    }

    /**
     * A slab for a row that is larger than a usual slab. It is freed, not kept, when it comes back.
     *
     * @param type of its rows, not REF
     * @param bytes the length of the row there must be room for
     * @return an empty slab that the caller holds, or null when the ledger's cap forbids it
     * @throws IllegalStateException when the pool is closed
     */
    public Slab tryAcquireLarge(ElementType type, int bytes) {
        if (type.lane() == Lane.REF) {
            throw new IllegalArgumentException("a large slab of REF rows; objects have no size, use tryAcquire");
        }
        int maxBytes = Integer.MAX_VALUE - 64;
        if (bytes < 0 || bytes > maxBytes) {
            throw new IllegalArgumentException("a large slab for " + bytes + " bytes, expected 0 to " + maxBytes);
        }
        requireOpen();
        // One long more than a slab of the pool at least, so that its capacity tells that it is a large one.
        int capacity = Math.max(slabBytes + 8, ((bytes + 7) & -8) + DIRECTORY_ENTRY_BYTES);
        return held(allocate(capacity), type);
    }

    /**
     * Slabs that somebody holds.
     *
     * @return a count; 0 when every slab has come back
     */
    public synchronized int heldCount() {
        return heldCount;
    }

    /**
     * Slabs that are kept for the next writer.
     *
     * @return a count
     */
    public synchronized int freeCount() {
        return freeOffHeapCount + freeRefsCount;
    }

    /** Free what is free now, and every other slab when it comes back. Later calls do nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        while (freeOffHeapCount > 0) {
            freeOffHeap[--freeOffHeapCount].free();
            freeOffHeap[freeOffHeapCount] = null;
        }
        while (freeRefsCount > 0) {
            freeRefs[--freeRefsCount] = null;
        }
    }

    void takeBack(Slab slab) {
        boolean kept = pushFree(slab);
        if (!kept) {
            slab.free();
        }
    }

    private synchronized boolean pushFree(Slab slab) {
        heldCount--;
        if (closed || slab.capacity() != slabBytes) {
            return false;
        }
        if (slab.isOffHeap() && freeOffHeapCount < freeOffHeap.length) {
            freeOffHeap[freeOffHeapCount++] = slab;
            return true;
        }
        if (!slab.isOffHeap() && freeRefsCount < freeRefs.length) {
            freeRefs[freeRefsCount++] = slab;
            return true;
        }
        return false;
    }

    private synchronized Slab popFree(boolean ofRefs) {
        requireOpen();
        Slab slab = null;
        if (ofRefs && freeRefsCount > 0) {
            slab = freeRefs[--freeRefsCount];
            freeRefs[freeRefsCount] = null;
        } else if (!ofRefs && freeOffHeapCount > 0) {
            slab = freeOffHeap[--freeOffHeapCount];
            freeOffHeap[freeOffHeapCount] = null;
        }
        return slab;
    }

    private Slab allocate(int capacity) {
        MemoryRegion region = ledger.tryAllocate(MemoryUse.SLAB, capacity);
        while (region == null && freeOne()) {
            // Only for a large slab are there free ones now: they must not keep it waiting for ever.
            region = ledger.tryAllocate(MemoryUse.SLAB, capacity);
        }
        return region == null ? null : new Slab(this, region);
    }

    private boolean freeOne() {
        Slab slab = popFree(false);
        if (slab != null) {
            slab.free();
        }
        return slab != null;
    }

    private Slab held(Slab slab, ElementType type) {
        if (slab != null) {
            slab.open(type);
            synchronized (this) {
                heldCount++;
            }
        }
        return slab;
    }

    private synchronized void requireOpen() {
        if (closed) {
            throw new IllegalStateException("slab pool is closed; it gives no more slabs");
        }
    }
}

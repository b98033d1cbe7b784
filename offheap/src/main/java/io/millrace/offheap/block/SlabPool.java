package io.millrace.offheap.block;

import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.Lane;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryRegion;
import io.millrace.offheap.memory.MemoryUse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

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
    private final AtomicInteger heldCount = new AtomicInteger();
    // Guarded by this.
    private final FreeSlabs freeOffHeap;
    private final FreeSlabs freeRefs;
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
        this.freeOffHeap = new FreeSlabs(maxFree);
        this.freeRefs = new FreeSlabs(maxFree);
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
        return tryAcquire(type, null);
    }

    /**
     * A slab to write to, whose rows may stand for objects.
     *
     * @param type of its rows; BYTES when they stand for objects
     * @param encoding of those objects; null when the rows are what the type says
     * @return an empty slab that the caller holds, or null when the ledger's cap forbids another one
     * @throws IllegalStateException when the pool is closed
     */
    public Slab tryAcquire(ElementType type, ObjectEncoding encoding) {
        boolean isOfRefs = type.lane() == Lane.REF;
        Slab slab = popFree(isOfRefs ? freeRefs : freeOffHeap);
        if (slab == null) {
            slab = isOfRefs ? new Slab(this, slabBytes) : allocate(slabBytes);
        }
        return opened(slab, type, encoding);
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
        return tryAcquireLarge(type, bytes, null);
    }

    /**
     * A slab for a row that is larger than a usual slab, and may stand for an object.
     *
     * @param type of its rows, not REF; BYTES when they stand for objects
     * @param bytes the length of the row there must be room for
     * @param encoding of those objects; null when the rows are what the type says
     * @return an empty slab that the caller holds, or null when the ledger's cap forbids it
     * @throws IllegalStateException when the pool is closed
     */
    public Slab tryAcquireLarge(ElementType type, int bytes, ObjectEncoding encoding) {
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
        return opened(allocate(capacity), type, encoding);
    }

    /**
     * Slabs that somebody holds.
     *
     * @return a count; 0 when every slab has come back
     */
    public int heldCount() {
        return heldCount.get();
    }

    /** Slabs that are kept for the next writer. */
    synchronized int freeCount() {
        return freeOffHeap.slabs.size() + freeRefs.slabs.size();
    }

    /** Free what is free now, and every other slab when it comes back. Later calls do nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        for (Slab slab = freeOffHeap.pop(); slab != null; slab = freeOffHeap.pop()) {
            slab.free();
        }
        while (freeRefs.pop() != null) {
            // Nothing to free: the objects are forgotten already.
        }
    }

    /** From the last one who held it. */
    void takeBack(Slab slab) {
        heldCount.decrementAndGet();
        if (!pushFree(slab)) {
            slab.free();
        }
    }

    private synchronized boolean pushFree(Slab slab) {
        boolean isLarge = slab.capacity() != slabBytes;
        return !closed && !isLarge && (slab.isOffHeap() ? freeOffHeap : freeRefs).push(slab);
    }

    private synchronized Slab popFree(FreeSlabs from) {
        requireOpen();
        return from.pop();
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
        Slab slab = popFree(freeOffHeap);
        if (slab != null) {
            slab.free();
        }
        return slab != null;
    }

    private Slab opened(Slab slab, ElementType type, ObjectEncoding encoding) {
        if (slab != null) {
            heldCount.incrementAndGet();
            slab.open(type, encoding);
        }
        return slab;
    }

    private synchronized void requireOpen() {
        if (closed) {
            throw new IllegalStateException("slab pool is closed; it gives no more slabs");
        }
    }

    /** The last one back is the first one out: its bytes are the likeliest to be in a cache still. */
    private static final class FreeSlabs {
        // Grows with what comes back: the bound may be far more than there will ever be.
        private final List<Slab> slabs = new ArrayList<>();
        private final int max;

        FreeSlabs(int max) {
            this.max = max;
        }

        boolean push(Slab slab) {
            return slabs.size() < max && slabs.add(slab);
        }

        Slab pop() {
            return slabs.isEmpty() ? null : slabs.remove(slabs.size() - 1);
        }
    }
}

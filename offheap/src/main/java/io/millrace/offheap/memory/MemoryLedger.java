package io.millrace.offheap.memory;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The account of off-heap bytes, and the only door to them. Everything taken is counted under its {@link MemoryUse} until
 * its region is closed, and the sum never passes the cap, not even for an instant.
 *
 * <p>{@link MemoryUse#SLAB} may take at most 3/4 of the cap: input that waits must leave room for the work that makes it
 * go away.
 *
 * <p>Thread: any. A refusal is an answer, not an error: {@link #tryAllocate} returns null and {@link #refusals} counts it.
 */
public final class MemoryLedger {

    private final long maxBytes;
    private final long maxSlabBytes;
    private final AtomicLong usedBytes = new AtomicLong();
    private final AtomicLong[] usedBytesByUse = new AtomicLong[MemoryUse.values().length];
    private final AtomicLong refusals = new AtomicLong();

    /**
     * An account with nothing on it.
     *
     * @param maxBytes the cap, above 0
     */
    public MemoryLedger(long maxBytes) {
        if (maxBytes <= 0) {
            throw new IllegalArgumentException(
                    "millrace.memory.maxBytes is " + maxBytes + ", expected more than 0, such as " + (256L << 20));
        }
        this.maxBytes = maxBytes;
        this.maxSlabBytes = maxBytes - maxBytes / 4;
        for (int i = 0; i < usedBytesByUse.length; i++) {
            usedBytesByUse[i] = new AtomicLong();
        }
    }

    /**
     * The cap where nobody set one: a quarter of the machine's (or container's) memory, at most what this JVM allows in
     * direct memory.
     *
     * @return bytes
     */
    public static long defaultMaxBytes() {
        return Math.min(MachineMemory.totalBytes() / 4, MachineMemory.directLimitBytes());
    }

    /**
     * The cap.
     *
     * @return bytes
     */
    public long maxBytes() {
        return maxBytes;
    }

    /**
     * What is taken and not yet given back, all uses together.
     *
     * @return bytes, the padding of each region included
     */
    public long usedBytes() {
        return usedBytes.get();
    }

    /**
     * What is taken for one use and not yet given back.
     *
     * @param use the line of the account
     * @return bytes, the padding of each region included
     */
    public long usedBytes(MemoryUse use) {
        return usedBytesByUse[use.ordinal()].get();
    }

    /**
     * How often the cap forbade an allocation.
     *
     * @return a count that only grows
     */
    public long refusals() {
        return refusals.get();
    }

    /**
     * Take a region if the cap allows it.
     *
     * @param use what for
     * @param bytes its capacity, not negative; {@link MemoryRegion#PADDING} is taken on top
     * @return the region, owned by the caller until it closes it, or null when the cap (or the JVM's own limit) forbids it
     */
    public MemoryRegion tryAllocate(MemoryUse use, int bytes) {
        long wanted = MemoryRegion.bytesTaken(bytes);
        if (!reserve(use, wanted)) {
            refusals.incrementAndGet();
            return null;
        }
        try {
            return new MemoryRegion(this, use, ByteBuffer.allocateDirect((int) wanted));
        } catch (OutOfMemoryError jvmLimit) {
            giveBack(use, wanted);
            refusals.incrementAndGet();
            return null;
        }
    }

    /**
     * Take a region that the caller cannot do without.
     *
     * @param use what for
     * @param bytes its capacity, not negative
     * @return the region, owned by the caller until it closes it
     * @throws MemoryLimitException when the cap, or the JVM's own limit, forbids it
     */
    public MemoryRegion allocate(MemoryUse use, int bytes) {
        MemoryRegion region = tryAllocate(use, bytes);
        if (region == null) {
            throw new MemoryLimitException(use, MemoryRegion.bytesTaken(bytes), usedBytes(), maxBytes);
        }
        return region;
    }

    void giveBack(MemoryUse use, long bytes) {
        usedBytesByUse[use.ordinal()].addAndGet(-bytes);
        usedBytes.addAndGet(-bytes);
    }

    private boolean reserve(MemoryUse use, long bytes) {
        AtomicLong line = usedBytesByUse[use.ordinal()];
        if (!addUpTo(line, bytes, use == MemoryUse.SLAB ? maxSlabBytes : maxBytes)) {
            return false;
        }
        if (!addUpTo(usedBytes, bytes, maxBytes)) {
            line.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    private static boolean addUpTo(AtomicLong sum, long bytes, long max) {
        while (true) {
            long before = sum.get();
            if (bytes > max - before) {
                return false;
            }
            if (sum.compareAndSet(before, before + bytes)) {
                return true;
            }
        }
    }
}

package io.millrace.offheap.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One piece of direct memory, freed when it is closed and not before.
 *
 * <pre>
 *   0                                   capacity      capacity + PADDING
 *   +-----------------------------------+-------------+
 *   | the owner's bytes                 | readable    |
 *   +-----------------------------------+-------------+
 * </pre>
 *
 * <p>The padding makes an 8- or 16-byte load legal that starts inside the owner's bytes and ends behind them; what it reads
 * there means nothing.
 *
 * <p>Thread: one owner, which may be handed on. After {@link #close} the buffer has capacity 0, so late use meets the
 * bounds check instead of somebody else's memory; a {@link ByteBuffer} cannot be disarmed and must be forgotten.
 */
public final class MemoryRegion implements AutoCloseable {

    /** Bytes behind the capacity that may be read (never trusted). */
    public static final int PADDING = 16;

    private final MemoryLedger ledger;
    private final MemoryUse use;
    private final ByteBuffer memory;
    private final UnsafeBuffer buffer;
    private final int capacity;
    private final AtomicBoolean closed = new AtomicBoolean();

    MemoryRegion(MemoryLedger ledger, MemoryUse use, ByteBuffer memory) {
        this.ledger = ledger;
        this.use = use;
        this.memory = memory.order(ByteOrder.LITTLE_ENDIAN);
        this.buffer = new UnsafeBuffer(memory);
        this.capacity = memory.capacity() - PADDING;
    }

    static long bytesTaken(int capacity) {
        if (capacity < 0 || capacity > Integer.MAX_VALUE - PADDING) {
            throw new IllegalArgumentException("a memory region of " + capacity + " bytes, expected 0 to "
                    + (Integer.MAX_VALUE - PADDING) + "; larger things take several regions");
        }
        return (long) capacity + PADDING;
    }

    /**
     * The bytes.
     *
     * @return always the same buffer, of capacity {@link #capacity()} + {@link #PADDING}
     * @throws IllegalStateException when the region is closed
     */
    public UnsafeBuffer buffer() {
        requireOpen();
        return buffer;
    }

    /**
     * The bytes for a channel.
     *
     * @return a new little-endian view of the {@link #capacity()} bytes, to be forgotten before the region is closed
     * @throws IllegalStateException when the region is closed
     */
    public ByteBuffer byteBuffer() {
        requireOpen();
        return memory.slice(0, capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The owner's bytes.
     *
     * @return bytes, without the padding
     */
    public int capacity() {
        return capacity;
    }

    /** Free the memory and take it off the account. Later calls do nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            buffer.wrap(new byte[0]);
            BufferUtil.free(memory);
            ledger.giveBack(use, bytesTaken(capacity));
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("a region of " + capacity + " bytes for " + use
                    + " is used after it was closed; its memory is gone");
        }
    }
}

package io.millrace.offheap.block;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Everything one receiver published in one block interval: slices of slabs, in order, immutable.
 *
 * <p>The block owns one reference to the slab of each slice and lets go of them all in {@link #release}. Thread: any may
 * read; whoever owns the block releases it, when nobody reads it any more.
 */
public final class Block {

    private final BlockId id;
    private final List<SlabSlice> slices;
    private final int rowCount;
    private final long byteCount;
    private final long oldestNanos;
    private final AtomicBoolean released = new AtomicBoolean();

    /**
     * A block over slices that were retained for it.
     *
     * @param id its name
     * @param slices its rows, in order; one reference to each slice's slab passes to the block
     * @param oldestNanos when its oldest row was published, on the engine's nano clock
     */
    public Block(BlockId id, List<SlabSlice> slices, long oldestNanos) {
        this.id = id;
        this.slices = List.copyOf(slices);
        this.oldestNanos = oldestNanos;
        int rows = 0;
        long bytes = 0;
        for (SlabSlice slice : this.slices) {
            rows = Math.addExact(rows, slice.rowCount());
            bytes += slice.slab().bytesOf(slice.fromRow(), slice.toRow());
        }
        this.rowCount = rows;
        this.byteCount = bytes;
    }

    /**
     * Its name.
     *
     * @return stream and sequence
     */
    public BlockId id() {
        return id;
    }

    /**
     * Its rows. One who uses slices rather than a {@link #reader} must know that the block is not released.
     *
     * @return slices in order
     */
    public List<SlabSlice> slices() {
        return slices;
    }

    /**
     * How many rows it has.
     *
     * @return 0 or more
     */
    public int rowCount() {
        return rowCount;
    }

    /**
     * How large its rows are.
     *
     * @return bytes of the rows themselves; 0 for objects
     */
    public long byteCount() {
        return byteCount;
    }

    /**
     * When its oldest row was published.
     *
     * @return nanoseconds, on the engine's nano clock
     */
    public long oldestNanos() {
        return oldestNanos;
    }

    /**
     * A reader at the first row.
     *
     * @return a new reader, independent of others
     * @throws IllegalStateException when the block is released
     */
    public BlockReader reader() {
        BlockReader reader = new BlockReader();
        reader.reset(this);
        return reader;
    }

    /**
     * Whether its rows are gone.
     *
     * @return true once released
     */
    public boolean isReleased() {
        return released.getAcquire();
    }

    /** Let go of every slab. Readers refuse from now on. Later calls do nothing. */
    public void release() {
        if (released.compareAndSet(false, true)) {
            for (SlabSlice slice : slices) {
                slice.slab().release();
            }
        }
    }

    void requireHeld() {
        if (isReleased()) {
            throw new IllegalStateException("block " + id + " is read after it was released; its rows are gone");
        }
    }

    /** Name and size, for messages. */
    @Override
    public String toString() {
        return id + " (" + rowCount + " rows, " + byteCount + " bytes)";
    }
}

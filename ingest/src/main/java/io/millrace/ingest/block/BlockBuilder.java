package io.millrace.ingest.block;

import io.millrace.offheap.block.Block;
import io.millrace.offheap.block.BlockId;
import io.millrace.offheap.block.Slab;
import io.millrace.offheap.block.SlabPool;
import io.millrace.offheap.block.SlabSlice;
import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.column.ElementType;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Makes a block of rows that come one by one, without a ring. An {@code append} answers false when the ledger has no room.
 *
 * <p>Owner: one thread. Memory: holds the slabs until {@link #build} or {@link #abandon}.
 */
final class BlockBuilder {
    private final SlabPool slabs;
    private final List<SlabSlice> slices = new ArrayList<>();
    private Slab slab;

    BlockBuilder(SlabPool slabs) {
        this.slabs = slabs;
    }

    /** @param encoding of the objects that the rows stand for; null for rows of the type itself */
    boolean appendBytes(ElementType type, ObjectEncoding encoding, DirectBuffer source, int offset, int length) {
        if (isOpen(type, encoding) && slab.appendBytes(source, offset, length)) {
            return true;
        }
        return open(
                        length + Long.BYTES > slabs.slabBytes()
                                ? slabs.tryAcquireLarge(type, length, encoding)
                                : slabs.tryAcquire(type, encoding))
                && slab.appendBytes(source, offset, length);
    }

    boolean appendLong(ElementType type, long value) {
        return isOpen(type, null) && slab.appendLong(value) || open(slabs.tryAcquire(type)) && slab.appendLong(value);
    }

    boolean appendDouble(ElementType type, double value) {
        return isOpen(type, null) && slab.appendDouble(value)
                || open(slabs.tryAcquire(type)) && slab.appendDouble(value);
    }

    private boolean isOpen(ElementType type, ObjectEncoding encoding) {
        return slab != null && slab.type() == type && slab.encoding() == encoding;
    }

    private boolean open(Slab next) {
        finishSlab();
        slab = next;
        return next != null;
    }

    /** The writer's reference becomes that of the slice. */
    private void finishSlab() {
        if (slab != null) {
            slab.retain();
            slab.publish(0);
            slab.seal();
            slices.add(new SlabSlice(slab, 0, slab.publishedRows()));
            slab = null;
        }
    }

    /**
     * The block, owned by the caller; this is empty again.
     *
     * @param nanos when it is to have been received
     */
    Block build(BlockId id, long nanos) {
        finishSlab();
        Block block = new Block(id, slices, nanos);
        slices.clear();
        return block;
    }

    /** Give back all memory; this is empty again. */
    void abandon() {
        finishSlab();
        slices.forEach(slice -> slice.slab().release());
        slices.clear();
    }
}

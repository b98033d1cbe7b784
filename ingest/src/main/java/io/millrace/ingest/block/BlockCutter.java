package io.millrace.ingest.block;

import io.millrace.ingest.ring.IngestRing;
import io.millrace.ingest.ring.Positions;
import io.millrace.offheap.block.Block;
import io.millrace.offheap.block.BlockId;
import io.millrace.offheap.block.Slab;
import io.millrace.offheap.block.SlabSlice;
import io.millrace.offheap.column.ElementType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The consuming end of a ring: gathers what is published and seals it into blocks, without copying.
 *
 * <p>It also keeps count of the objects in blocks that are not yet released, which is what slows a source of objects.
 *
 * <p>Thread: one consumer. Memory: holds the slabs of what is drained; the blocks it has cut belong to who cut them.
 */
public final class BlockCutter {
    private final int streamId;
    private final IngestRing ring;
    private final Positions positions;
    private final List<SlabSlice> pending = new ArrayList<>();
    private final List<ObjectBlock> objectBlocks = new ArrayList<>();
    private long oldestNanos = Slab.NEVER;
    private long sequence;
    private long drainedRows;
    private long position;

    /** A block that holds objects. */
    private record ObjectBlock(Block block, long objects) {}

    /** A cutter whose blocks are named {@code input-<streamId>-0}, {@code -1} and so on. */
    public BlockCutter(int streamId, IngestRing ring) {
        this(streamId, ring, new Positions());
    }

    /** The same for rows that may have positions. */
    public BlockCutter(int streamId, IngestRing ring, Positions positions) {
        this.streamId = streamId;
        this.ring = ring;
        this.positions = positions;
        this.position = positions.taken();
    }

    /**
     * Move what is published from the ring into the block that is being gathered, so that the ring has room again.
     *
     * @return how many rows
     */
    public int drain() {
        releaseObjects();
        boolean first = pending.isEmpty();
        int rows = ring.drain(pending, positions.rowsToTake() - drainedRows);
        drainedRows += rows;
        if (first && rows > 0) {
            oldestNanos = ring.oldestNanos();
        }
        return rows;
    }

    /**
     * Give the producer all the room there is to give: places in the ring, and the objects whose blocks are released.
     *
     * @return whether that changed anything
     */
    public boolean makeRoom() {
        boolean released = releaseObjects();
        return drain() > 0 || released;
    }

    /**
     * Seal everything published so far into a block.
     *
     * @return the block, owned by the caller, or null when nothing was published since the last cut
     */
    public Block cut() {
        drain();
        position = positions.taken();
        if (pending.isEmpty()) {
            return null;
        }
        Block block = new Block(new BlockId(streamId, sequence++), pending, oldestNanos);
        long objects = objectsIn(pending);
        if (objects > 0) {
            objectBlocks.add(new ObjectBlock(block, objects));
        }
        pending.clear();
        return block;
    }

    /**
     * Up to which position records were cut; after a {@link #cut}, that of the last record in the block. What was drained since then does
     * not count.
     *
     * @return {@link Positions#NONE} if they have none
     */
    public long position() {
        return position;
    }

    /** When the producer has ended: let go of what was never cut, here and in the ring. */
    public void close() {
        pending.forEach(slice -> slice.slab().release());
        pending.clear();
        ring.releaseAll();
    }

    private boolean releaseObjects() {
        if (objectBlocks.isEmpty()) {
            return false;
        }
        long released = 0;
        for (Iterator<ObjectBlock> each = objectBlocks.iterator(); each.hasNext(); ) {
            ObjectBlock held = each.next();
            if (held.block().isReleased()) {
                released += held.objects();
                each.remove();
            }
        }
        ring.releaseRefs(released);
        return released > 0;
    }

    private static long objectsIn(List<SlabSlice> slices) {
        long objects = 0;
        for (SlabSlice slice : slices) {
            objects += slice.slab().type() == ElementType.REF ? slice.rowCount() : 0;
        }
        return objects;
    }
}

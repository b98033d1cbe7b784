package io.millrace.offheap.memory;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Memory that is taken piece by piece and freed whole, so that a failed task cannot leak any of it.
 *
 * <p>Small pieces share chunks of 64 KiB; a piece of more than half of that gets a region of its own. Pieces start at
 * multiples of 8 bytes and may be followed by another piece: 16 bytes behind a piece can be read, never trusted.
 *
 * <p>Thread: one owner. After {@link #close} every piece has capacity 0 and refuses use.
 */
public final class Arena implements AutoCloseable {

    private static final int CHUNK_BYTES = 64 * 1024;

    private final MemoryLedger ledger;
    private final MemoryUse use;
    private final List<MemoryRegion> regions = new ArrayList<>();
    private final List<UnsafeBuffer> pieces = new ArrayList<>();
    private MemoryRegion chunk;
    private int chunkUsed;
    private long bytes;
    private boolean closed;

    /**
     * An arena with nothing in it, which takes no memory before it is asked for some.
     *
     * @param ledger pays
     * @param use the line of the account
     */
    public Arena(MemoryLedger ledger, MemoryUse use) {
        this.ledger = ledger;
        this.use = use;
    }

    /**
     * One piece of memory, valid until the arena is closed.
     *
     * @param length bytes, not negative
     * @return a buffer of that capacity; its content is not defined
     * @throws MemoryLimitException when the ledger's cap forbids it; the arena stays as it was
     * @throws IllegalStateException when the arena is closed
     */
    public UnsafeBuffer allocate(int length) {
        if (closed) {
            throw new IllegalStateException(
                    "an arena for " + use + " is asked for " + length + " bytes after it was closed");
        }
        UnsafeBuffer piece = length > CHUNK_BYTES / 2 ? ownRegion(length) : inChunk(length);
        pieces.add(piece);
        return piece;
    }

    private UnsafeBuffer ownRegion(int length) {
        return new UnsafeBuffer(take(length).buffer(), 0, length);
    }

    private UnsafeBuffer inChunk(int length) {
        if (chunk == null || length > CHUNK_BYTES - chunkUsed) {
            chunk = take(CHUNK_BYTES);
            chunkUsed = 0;
        }
        UnsafeBuffer piece = new UnsafeBuffer(chunk.buffer(), chunkUsed, length);
        chunkUsed = (chunkUsed + length + 7) & -8;
        return piece;
    }

    private MemoryRegion take(int length) {
        MemoryRegion region = ledger.allocate(use, length);
        regions.add(region);
        bytes += region.capacity();
        return region;
    }

    /**
     * What the arena holds now, unused rest of its chunks included.
     *
     * @return bytes; 0 when closed
     */
    public long bytes() {
        return bytes;
    }

    /**
     * Whether pieces may be used and asked for.
     *
     * @return false once closed
     */
    public boolean isOpen() {
        return !closed;
    }

    /** Free everything at once. Later calls do nothing. */
    @Override
    public void close() {
        closed = true;
        pieces.forEach(piece -> piece.wrap(new byte[0]));
        pieces.clear();
        regions.forEach(MemoryRegion::close);
        regions.clear();
        chunk = null;
        bytes = 0;
    }
}

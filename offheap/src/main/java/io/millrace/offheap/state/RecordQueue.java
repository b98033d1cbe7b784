package io.millrace.offheap.state;

import io.millrace.offheap.memory.MemoryRegion;
import java.util.ArrayDeque;
import org.agrona.concurrent.UnsafeBuffer;

/** Keys as bytes, first in, first out, in regions that grow from 512 bytes to 64 KB. */
final class RecordQueue implements AutoCloseable {
    private static final int MIN_BYTES = 512;
    private static final int MAX_BYTES = 64 * 1024;
    private static final int HEADER = 5;

    private final Room room;
    private final ArrayDeque<MemoryRegion> regions = new ArrayDeque<>();
    private int readAt;
    private int writeAt;
    private final ArrayDeque<Integer> ends = new ArrayDeque<>();

    RecordQueue(Room room) {
        this.room = room;
    }

    boolean isEmpty() {
        return regions.isEmpty() || regions.size() == 1 && readAt == writeAt;
    }

    /** False if the ledger refuses. */
    boolean tryAdd(int kind, byte[] key) {
        int needed = HEADER + key.length;
        if (regions.isEmpty() || needed > regions.peekLast().capacity() - writeAt) {
            int next = regions.isEmpty()
                    ? MIN_BYTES
                    : Math.min(MAX_BYTES, 2 * regions.peekLast().capacity());
            MemoryRegion region = room.tryTake(Math.max(needed, next));
            if (region == null) {
                return false;
            }
            if (!regions.isEmpty()) {
                ends.addLast(writeAt);
            }
            regions.addLast(region);
            writeAt = 0;
        }
        UnsafeBuffer buffer = regions.peekLast().buffer();
        buffer.putInt(writeAt, key.length);
        buffer.putByte(writeAt + Integer.BYTES, (byte) kind);
        buffer.putBytes(writeAt + HEADER, key);
        writeAt += needed;
        return true;
    }

    /** The kind of the first key. */
    int kind() {
        return regions.peekFirst().buffer().getByte(readAt + Integer.BYTES);
    }

    /** The first key. */
    byte[] key() {
        UnsafeBuffer buffer = regions.peekFirst().buffer();
        byte[] key = new byte[buffer.getInt(readAt)];
        buffer.getBytes(readAt + HEADER, key);
        return key;
    }

    /** Forget the first key. */
    void drop() {
        readAt += HEADER + regions.peekFirst().buffer().getInt(readAt);
        boolean isLast = regions.size() == 1;
        if (readAt == (isLast ? writeAt : ends.peekFirst())) {
            regions.removeFirst().close();
            readAt = 0;
            if (!isLast) {
                ends.removeFirst();
            }
        }
    }

    @Override
    public void close() {
        regions.forEach(MemoryRegion::close);
        regions.clear();
        ends.clear();
        readAt = 0;
        writeAt = 0;
    }
}

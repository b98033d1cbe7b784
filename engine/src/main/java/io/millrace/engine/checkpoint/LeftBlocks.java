package io.millrace.engine.checkpoint;

import io.millrace.checkpoint.journal.FrameVisitor;
import io.millrace.checkpoint.journal.JournalPosition;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/** Where the blocks are that an earlier run has left in a {@link ReceivedLog}; not their bytes. Owner: one thread. */
final class LeftBlocks implements FrameVisitor {
    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    static final int POSITION_OFFSET = 8;
    static final int PART_OFFSET = 16;
    static final int PARTS_OFFSET = 20;

    private final String folder;
    private final TreeMap<Long, Left> left = new TreeMap<>();

    /**
     * A block.
     *
     * @param position of its last record
     * @param parts how many it has
     * @param bytes of all parts together
     * @param frames where its parts begin
     */
    record Left(long position, int parts, long bytes, List<JournalPosition> frames) {
        private Left and(long more, JournalPosition frame) {
            frames.add(frame);
            return new Left(position, parts, bytes + more, frames);
        }

        private boolean isWhole() {
            return frames.size() == parts;
        }
    }

    LeftBlocks(String folder) {
        this.folder = folder;
    }

    @Override
    public void frame(int type, int version, JournalPosition position, DirectBuffer payload) {
        if (type != ReceivedLog.BLOCK || version != ReceivedLog.VERSION) {
            throw new IllegalStateException(folder + " has a frame of type " + type + ", version " + version + " at "
                    + position + ", and this release of Millrace knows type " + ReceivedLog.BLOCK + ", version "
                    + ReceivedLog.VERSION + "; go on with the release that wrote it");
        }
        long number = payload.getLong(0, ORDER);
        int part = payload.getInt(PART_OFFSET, ORDER);
        long bytes = payload.capacity() - ReceivedLog.HEADER_BYTES;
        Left before = part == 0
                ? new Left(
                        payload.getLong(POSITION_OFFSET, ORDER),
                        payload.getInt(PARTS_OFFSET, ORDER),
                        0,
                        new ArrayList<>(1))
                : left.get(number);
        if (before != null && before.frames().size() == part) {
            left.put(number, before.and(bytes, position));
        }
    }

    /** A block whose last part is missing was never kept. */
    void endOfLog() {
        left.values().removeIf(block -> !block.isWhole());
    }

    NavigableSet<Long> numbers() {
        return left.navigableKeySet();
    }

    /** The number of the last one, 0 if there is none. */
    long last() {
        return left.isEmpty() ? 0 : left.lastKey();
    }

    /** @throws IllegalStateException if there is none of that number */
    Left require(long number) {
        Left block = left.get(number);
        if (block == null) {
            throw new IllegalStateException("block " + number + " is not in " + folder + ", which begins with "
                    + (left.isEmpty() ? "none" : left.firstKey()));
        }
        return block;
    }

    void forget(long number) {
        left.remove(number);
    }
}

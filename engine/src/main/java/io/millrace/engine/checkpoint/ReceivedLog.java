package io.millrace.engine.checkpoint;

import io.millrace.api.MillraceException;
import io.millrace.checkpoint.file.CheckpointDirectory;
import io.millrace.checkpoint.journal.Journal;
import io.millrace.checkpoint.journal.JournalConfig;
import io.millrace.checkpoint.journal.JournalPosition;
import io.millrace.engine.schedule.BlockLog;
import io.millrace.ingest.block.ReceivedBlocks;
import io.millrace.offheap.block.Block;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The write-ahead log of one source: frames of type 1, each a block's number (long) and its bytes. A block is forced before a batch may be
 * planned with it.
 *
 * <p>Owner: the conductor; {@link #startFor} and {@link #mayDeleteBefore} are the job thread's. Memory: what an earlier run has left is on the
 * heap until it is given.
 */
final class ReceivedLog implements BlockLog, AutoCloseable {
    private static final int BLOCK = 1;

    private final String folder;
    private final Journal journal;
    private final ReceivedBlocks blocks;
    private final NanoClock clock;
    private final Map<Long, byte[]> left = new TreeMap<>();
    private final ExpandableArrayBuffer frame = new ExpandableArrayBuffer(1 << 16);
    /** From where each block is found, by its number. */
    private final NavigableMap<Long, JournalPosition> starts = new ConcurrentSkipListMap<>();

    private volatile long deletable;
    private long deleted;
    private long last;

    /**
     * Read what is left.
     *
     * @param start where the manifest says
     * @param atLeast the number of the last block that was ever planned
     */
    ReceivedLog(
            CheckpointDirectory directory,
            int source,
            long segmentBytes,
            JournalPosition start,
            long atLeast,
            ReceivedBlocks blocks,
            NanoClock clock)
            throws IOException {
        JournalConfig config = JournalConfig.receivedLog(source, segmentBytes);
        this.folder = config.folder();
        this.blocks = blocks;
        this.clock = clock;
        this.last = atLeast;
        this.journal =
                Journal.open(directory, config, start, (type, version, position, payload) -> take(start, payload));
    }

    private void take(JournalPosition start, DirectBuffer payload) {
        long number = payload.getLong(0, ByteOrder.LITTLE_ENDIAN);
        byte[] bytes = new byte[payload.capacity() - Long.BYTES];
        payload.getBytes(Long.BYTES, bytes);
        left.put(number, bytes);
        starts.put(number, start);
        last = Math.max(last, number);
    }

    String folder() {
        return folder;
    }

    @Override
    public long append(Block block) {
        long number = last + 1;
        try {
            starts.put(number, journal.durablePosition());
            int length = blocks.encodedLength(block);
            frame.putLong(0, number, ByteOrder.LITTLE_ENDIAN);
            blocks.encode(block, frame, Long.BYTES);
            journal.append(BLOCK, LogFrame.VERSION, frame, 0, Long.BYTES + length);
            journal.force();
            trim();
        } catch (IOException failed) {
            throw new MillraceException(
                    "what was received cannot be written to " + folder + ": " + failed.getMessage()
                            + "; nothing of it is in a batch",
                    failed);
        }
        last = number;
        return number;
    }

    private void trim() throws IOException {
        if (deletable > deleted) {
            deleted = deletable;
            journal.deleteBefore(deleted);
        }
    }

    @Override
    public Block read(long number) {
        byte[] bytes = left.remove(number);
        if (bytes == null) {
            throw new IllegalStateException("block " + number + " is not in " + folder + ", which begins with "
                    + (left.isEmpty() ? "none" : left.keySet().iterator().next()));
        }
        Block block = blocks.decode(new UnsafeBuffer(bytes), 0, bytes.length, clock.nanoTime());
        if (block == null) {
            throw new MillraceException("the " + bytes.length + " bytes of block " + number + " in " + folder
                    + " do not fit the off-heap memory; raise millrace.memory.maxBytes");
        }
        return block;
    }

    @Override
    public long last() {
        return last;
    }

    /** Where reading has to begin, for a block and those behind it; what lies before is forgotten. */
    JournalPosition startFor(long number) {
        JournalPosition now = journal.durablePosition();
        starts.headMap(number).clear();
        JournalPosition known = starts.get(number);
        return known == null ? now : known;
    }

    /** No manifest needs segments before that one. */
    void mayDeleteBefore(long sequence) {
        deletable = sequence;
    }

    @Override
    public void close() {
        CloseHelper.quietClose(journal);
    }
}

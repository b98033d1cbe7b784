package io.millrace.engine.checkpoint;

import io.millrace.api.MillraceException;
import io.millrace.checkpoint.file.CheckpointDirectory;
import io.millrace.checkpoint.file.DiskFullException;
import io.millrace.checkpoint.file.FrameDescriptor;
import io.millrace.checkpoint.journal.Journal;
import io.millrace.checkpoint.journal.JournalConfig;
import io.millrace.checkpoint.journal.JournalFrames;
import io.millrace.checkpoint.journal.JournalPosition;
import io.millrace.checkpoint.journal.JournalReader;
import io.millrace.engine.schedule.BlockLog;
import io.millrace.ingest.block.ReceivedBlocks;
import io.millrace.offheap.block.Block;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The write-ahead log of one source. A block is forced before a batch may be planned with it. It is written as frames of type 1, as a rule one;
 * one that is longer than a frame may be, as several.
 *
 * <pre>
 *    0  number of the block, from 1 (long)
 *    8  position of its last record, -1 if it has none (long)
 *   16  number of this part of it, from 0 (int)
 *   20  how many parts it has (int)
 *   24  the part's bytes, of those that ReceivedBlocks makes
 * </pre>
 *
 * <p>Numbers are little-endian. Part 0 begins the block anew; a block without its last part was never kept.
 *
 * <p>Owner: the conductor; {@link #startFor} and {@link #mayDeleteBefore} are the job thread's. Memory: of what an earlier run has left, only where
 * it is; on the heap the bytes of the block that is written, off it those of the one that is read.
 */
final class ReceivedLog implements BlockLog, AutoCloseable {
    static final int BLOCK = 1;
    static final int VERSION = 2;
    static final int HEADER_BYTES = 24;

    private static final System.Logger LOG = System.getLogger(ReceivedLog.class.getName());
    private static final int FRAME_BYTES = 1 << 16;
    private static final int KEPT_BYTES = 8 << 20;
    private static final long TRY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final CheckpointDirectory directory;
    private final String folder;
    private final Journal journal;
    private final JournalFrames frames;
    private final ReceivedBlocks blocks;
    private final NanoClock clock;
    private final DiskThread segments;
    private final long halfBytes;
    private final int partBytes;
    private final LeftBlocks left;
    /** From where each block is found, by its number. */
    private final NavigableMap<Long, JournalPosition> starts = new ConcurrentSkipListMap<>();

    private volatile long deletable;
    private long deleted;
    private long last;
    private long preparedBehind = -1;

    // The block that is being written; null if there is none.
    private Block encoded;
    private int encodedBytes;
    private int appendedParts;
    private int forcedParts;
    private ExpandableArrayBuffer frame = new ExpandableArrayBuffer(FRAME_BYTES);

    private boolean isFull;
    private long nextTryNanos;

    /**
     * Find what is left.
     *
     * @param start where the manifest says
     * @param atLeast the number of the last block that was ever planned
     * @param segments makes the next file while this one is written; the conductor's
     */
    ReceivedLog(
            CheckpointDirectory directory,
            JournalConfig config,
            JournalPosition start,
            long atLeast,
            ReceivedBlocks blocks,
            NanoClock clock,
            DiskThread segments)
            throws IOException {
        this(
                directory,
                config,
                start,
                atLeast,
                blocks,
                clock,
                segments,
                FrameDescriptor.MAX_PAYLOAD_BYTES - HEADER_BYTES);
    }

    /** @param partBytes how many bytes of a block a frame has at most */
    ReceivedLog(
            CheckpointDirectory directory,
            JournalConfig config,
            JournalPosition start,
            long atLeast,
            ReceivedBlocks blocks,
            NanoClock clock,
            DiskThread segments,
            int partBytes)
            throws IOException {
        this.directory = directory;
        this.folder = config.folder();
        this.blocks = blocks;
        this.clock = clock;
        this.segments = segments;
        this.halfBytes = config.segmentBytes() / 2;
        this.partBytes = partBytes;
        this.left = new LeftBlocks(folder);
        this.journal = Journal.open(directory, config, start, left);
        this.frames = new JournalFrames(directory, config);
        left.endOfLog();
        left.numbers().forEach(number -> starts.put(number, start));
        this.last = Math.max(atLeast, left.last());
    }

    /**
     * Nothing may be left of a source whose blocks are no longer kept.
     *
     * @param planned the number of the last block that was ever planned
     * @param isThere whether the program still has the source
     * @throws MillraceException if there are blocks behind it
     */
    static void requireNothingLeft(
            CheckpointDirectory directory,
            JournalConfig config,
            JournalPosition start,
            long planned,
            String source,
            boolean isThere)
            throws IOException {
        if (!directory.store().exists(config.folder())) {
            return;
        }
        LeftBlocks left = new LeftBlocks(config.folder());
        JournalReader.read(directory.store(), directory.directoryId(), config, start, left);
        left.endOfLog();
        if (left.last() > planned) {
            throw new MillraceException(
                    "blocks " + (planned + 1) + " to " + left.last() + " of " + source
                            + " are in the write-ahead log and were in no batch yet, and the program "
                            + (isThere
                                    ? "runs without that log; start once with"
                                            + " millrace.streaming.receiver.writeAheadLog.enable=true, and stop gracefully before it is"
                                            + " switched off"
                                    : "has no such source any more; start once with it, and stop gracefully before it is taken out"));
        }
    }

    String folder() {
        return folder;
    }

    // ---- writing ----

    @Override
    public boolean append(Block block, long position) {
        if (isFull && clock.nanoTime() - nextTryNanos < 0) {
            return false;
        }
        try {
            encode(block);
            write(position);
            last++;
            encoded = null;
            frame = frame.capacity() > KEPT_BYTES ? new ExpandableArrayBuffer(FRAME_BYTES) : frame;
            hasSpace();
        } catch (DiskFullException full) {
            isFull(full);
            return false;
        } catch (IOException failed) {
            throw new MillraceException(
                    "what was received cannot be written to " + folder + ": " + failed.getMessage()
                            + "; nothing of it is in a batch",
                    failed);
        }
        trim();
        return true;
    }

    /** Once, however often it is tried. */
    private void encode(Block block) {
        if (block != encoded) {
            encodedBytes = blocks.encodedLength(block);
            blocks.encode(block, frame, HEADER_BYTES);
            encoded = block;
            appendedParts = 0;
            forcedParts = 0;
            starts.put(last + 1, journal.durablePosition());
        }
    }

    /** Goes on at the part that could not be written. Each is forced, so that the journal holds no more than one in memory. */
    private void write(long position) throws IOException {
        int parts = Math.max(1, (int) ((encodedBytes + (long) partBytes - 1) / partBytes));
        directory.requireOwner();
        while (forcedParts < parts) {
            if (appendedParts == forcedParts) {
                appendPart(position, parts);
                appendedParts++;
            }
            journal.force();
            forcedParts++;
        }
        prepareNext();
    }

    /** A roll is not to wait for a file that is zeroed and forced. */
    private void prepareNext() {
        JournalPosition now = journal.durablePosition();
        if (now.offset() > halfBytes && now.sequence() != preparedBehind) {
            preparedBehind = now.sequence();
            segments.run(() -> {
                try {
                    journal.prepareNext();
                } catch (IOException later) {
                    LOG.log(System.Logger.Level.DEBUG, "the next file of {0} is made when it is needed", folder);
                }
            });
        }
    }

    /** The header lies over the end of the part before, which is written already. */
    private void appendPart(long position, int parts) throws IOException {
        int at = appendedParts * partBytes;
        int bytes = Math.min(partBytes, encodedBytes - at);
        frame.putLong(at, last + 1, LeftBlocks.ORDER);
        frame.putLong(at + LeftBlocks.POSITION_OFFSET, position, LeftBlocks.ORDER);
        frame.putInt(at + LeftBlocks.PART_OFFSET, appendedParts, LeftBlocks.ORDER);
        frame.putInt(at + LeftBlocks.PARTS_OFFSET, parts, LeftBlocks.ORDER);
        journal.append(BLOCK, VERSION, frame, at, HEADER_BYTES + bytes);
    }

    private void isFull(DiskFullException full) {
        nextTryNanos = clock.nanoTime() + TRY_NANOS;
        if (!isFull) {
            isFull = true;
            warn(
                    "there is no space for what is received: nothing of it is acknowledged, and its source waits, until there is: "
                            + full.getMessage());
        }
    }

    private void hasSpace() {
        if (isFull) {
            isFull = false;
            warn("there is space again for what is received, and its source goes on");
        }
    }

    private void warn(String what) {
        LOG.log(
                System.Logger.Level.WARNING,
                "{0}/{1} ({2} bytes free): {3}",
                directory.store().location(),
                folder,
                freeBytes(),
                what);
    }

    private String freeBytes() {
        try {
            return Long.toString(directory.store().usableBytes());
        } catch (IOException unknown) {
            return "unknown";
        }
    }

    private void trim() {
        if (deletable > deleted) {
            deleted = deletable;
            try {
                journal.deleteBefore(deleted);
            } catch (IOException failed) {
                warn("files that are no longer needed could not be deleted, and will be tried again: "
                        + failed.getMessage());
            }
        }
    }

    // ---- reading ----

    @Override
    public Block read(long number) {
        LeftBlocks.Left parts = left.require(number);
        try {
            Block block = parts.frames().size() == 1
                    ? decode(frames.read(parts.frames().get(0)), HEADER_BYTES)
                    : readParts(parts);
            if (block != null) {
                left.forget(number);
            }
            return block;
        } catch (IOException failed) {
            throw new MillraceException(
                    "block " + number + " in " + folder + " cannot be read: " + failed.getMessage(), failed);
        }
    }

    private Block readParts(LeftBlocks.Left parts) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(Math.toIntExact(parts.bytes()));
        try {
            UnsafeBuffer whole = new UnsafeBuffer(bytes);
            int at = 0;
            for (JournalPosition part : parts.frames()) {
                DirectBuffer payload = frames.read(part);
                int length = payload.capacity() - HEADER_BYTES;
                whole.putBytes(at, payload, HEADER_BYTES, length);
                at += length;
            }
            return decode(whole, 0);
        } finally {
            BufferUtil.free(bytes);
        }
    }

    private Block decode(DirectBuffer bytes, int offset) {
        return blocks.decode(bytes, offset, bytes.capacity() - offset, clock.nanoTime());
    }

    @Override
    public long positionOf(long number) {
        return left.require(number).position();
    }

    @Override
    public long last() {
        return last;
    }

    // ---- cutting off ----

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
        CloseHelper.quietCloseAll(frames, journal);
    }
}

package io.millrace.ingest.block;

import io.millrace.ingest.ring.Framer;
import io.millrace.ingest.ring.OfferResult;
import io.millrace.ingest.ring.RecordWriter;
import io.millrace.ingest.ring.RingProducer;
import io.millrace.offheap.block.BlockBytesReader;
import io.millrace.offheap.block.CorruptBlockException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Takes whole blocks in, each in a frame.
 *
 * <pre>
 *   +----------------------------+------------------------------------------+
 *   | length: 4 bytes, big-endian | a block, as in offheap/docs/block-format.md | next frame …
 *   +----------------------------+------------------------------------------+
 * </pre>
 *
 * <p>A block is checked before its first record is taken. What is no block, or is longer than the longest record, is an
 * {@link IOException}: where the next frame begins is not known any more.
 *
 * <p>Memory: one buffer on the heap, which grows with the bytes that come and not with the length that is announced.
 */
public final class BlockFramer implements Framer {
    private static final int LENGTH_BYTES = 4;
    private static final int FIRST_BYTES = 64 << 10;
    /** A buffer larger than this is not kept for the next block. */
    private static final int KEPT_BYTES = 1 << 20;

    private final RecordWriter writer;
    private final int maxBlockBytes;
    private final ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES);
    private final BlockBytesReader rows = new BlockBytesReader();
    private ByteBuffer block = ByteBuffer.allocate(0);
    /** How long the present block is; 0 while its length is read. */
    private int blockBytes;

    private int filled;
    private boolean isWriting;

    /**
     * A framer that writes to one ring.
     *
     * @param maxHeldRecords as for {@link RecordWriter}
     */
    public BlockFramer(RingProducer producer, long maxHeldRecords) {
        writer = new RecordWriter(producer, maxHeldRecords);
        maxBlockBytes = producer.maxRecordBytes();
    }

    @Override
    public ByteBuffer window() {
        ByteBuffer into = blockBytes == 0 ? length : block;
        return into.limit(blockBytes == 0 ? LENGTH_BYTES : Math.min(blockBytes, block.capacity()))
                .position(filled);
    }

    @Override
    public OfferResult accept(int bytes) throws IOException {
        filled += bytes;
        if (blockBytes == 0) {
            if (filled == LENGTH_BYTES) {
                begin(length.getInt(0));
            }
        } else if (filled == blockBytes) {
            check();
        } else if (filled == block.capacity()) {
            ByteBuffer larger = ByteBuffer.allocate((int) Math.min(blockBytes, 2L * filled));
            block = larger.put(block.position(0));
        }
        return resume();
    }

    private void begin(int announced) throws IOException {
        if (announced < BlockBytesReader.MIN_BLOCK_BYTES || announced > maxBlockBytes) {
            abandon();
            throw new IOException("a block of " + announced + " bytes is announced, expected "
                    + BlockBytesReader.MIN_BLOCK_BYTES + " to " + maxBlockBytes
                    + "; send 4 bytes of length, big-endian, before each block, or raise millrace.maxRecordBytes");
        }
        blockBytes = announced;
        filled = 0;
        int first = Math.min(announced, FIRST_BYTES);
        if (block.capacity() < first || block.capacity() > KEPT_BYTES) {
            block = ByteBuffer.allocate(first);
        }
    }

    private void check() throws IOException {
        try {
            rows.wrap(block.limit(blockBytes).position(0));
            isWriting = true;
        } catch (CorruptBlockException corrupt) {
            abandon();
            throw new IOException("a block was refused, and nothing of it was taken: " + corrupt.getMessage(), corrupt);
        }
    }

    @Override
    public OfferResult resume() {
        if (isWriting) {
            if (writer.writeRows(rows) == OfferResult.FULL) {
                return OfferResult.FULL;
            }
            abandon();
        }
        return OfferResult.ACCEPTED;
    }

    @Override
    public OfferResult end() throws IOException {
        if (resume() == OfferResult.FULL) {
            return OfferResult.FULL;
        }
        int came = filled;
        int expected = blockBytes == 0 ? LENGTH_BYTES : blockBytes;
        String what = blockBytes == 0 ? "a length" : "a block";
        abandon();
        if (came > 0 || expected > LENGTH_BYTES) {
            throw new IOException(
                    "in the middle of " + what + ", " + came + " of its " + expected + " bytes were there");
        }
        return OfferResult.ACCEPTED;
    }

    @Override
    public void abandon() {
        isWriting = false;
        blockBytes = 0;
        filled = 0;
    }
}

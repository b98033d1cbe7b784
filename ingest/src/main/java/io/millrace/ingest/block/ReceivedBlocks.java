package io.millrace.ingest.block;

import io.millrace.offheap.block.Block;
import io.millrace.offheap.block.SlabPool;
import io.millrace.offheap.codec.ObjectEncoding;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Received blocks as bytes for a write-ahead log, and back, as {@code ingest/docs/block-log-format.md} has them. A block that comes
 * back has the same rows of the same types in the same order; how they lie in slabs may differ.
 *
 * <p>Bytes of objects name classes by numbers; each block that has some carries the names, so that it can be read without
 * anything else.
 *
 * <pre>{@code
 * int length = blocks.encodedLength(block);
 * blocks.encode(block, buffer, offset);                             // length bytes
 * Block again = blocks.decode(buffer, offset, length, nanos);       // owned by the caller, who releases it
 * }</pre>
 *
 * <p>Thread: one owner. Memory: writing allocates nothing once its arrays have grown, but for rows that are objects. What is read
 * lies in slabs of the pool, as a block that is received does.
 */
public final class ReceivedBlocks {
    private final ReceivedBlockWriter writer;
    private final ReceivedBlockReader reader;

    /**
     * For the blocks of one engine.
     *
     * @param encoding by which the engine holds objects as bytes
     * @param slabs where blocks that are read lie
     */
    public ReceivedBlocks(ObjectEncoding encoding, SlabPool slabs) {
        writer = new ReceivedBlockWriter(encoding);
        reader = new ReceivedBlockReader(encoding, slabs);
    }

    /**
     * How many bytes {@link #encode} will write. It looks at the length of each row of bytes; rows that are objects are encoded here.
     *
     * @param block not released; the next call of {@link #encode} may be for the same one, or for any other
     * @return at least 24
     * @throws io.millrace.api.MillraceException if there is an object that cannot be written, naming its class and the way out; or
     *     if there would be more than 2^31 - 1 bytes
     */
    public int encodedLength(Block block) {
        return writer.encodedLength(block);
    }

    /**
     * Write a block.
     *
     * @param block not released
     * @param into has room for {@link #encodedLength} bytes, or grows
     * @param offset where the first byte goes
     * @return how many bytes were written
     * @throws io.millrace.api.MillraceException as {@link #encodedLength}; nothing is written then
     */
    public int encode(Block block, MutableDirectBuffer into, int offset) {
        return writer.encode(block, into, offset);
    }

    /**
     * Read a block.
     *
     * @param from holds the bytes, which are only looked at during the call
     * @param offset of the first byte
     * @param length as {@link #encode} returned it
     * @param nanos when its oldest row is to have been received, on the engine's nano clock
     * @return the block, owned by the caller; or null when the memory cap forbids it now, and nothing is held
     * @throws io.millrace.ingest.UnreadableInputException if the bytes are no such block
     * @throws io.millrace.offheap.codec.UnregisteredClassException if the program does not register a class any more that it had
     *     used when the block was written
     */
    public Block decode(DirectBuffer from, int offset, int length, long nanos) {
        return reader.decode(from, offset, length, nanos);
    }
}

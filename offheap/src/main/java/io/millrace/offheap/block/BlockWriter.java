package io.millrace.offheap.block;

import io.millrace.offheap.codec.Utf8;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.Lane;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Makes the bytes of a block from rows of one type, in the format of {@code docs/block-format.md}.
 *
 * <p>Thread: one owner. Memory: on the heap, twice the block's size at {@link #finish}.
 */
public final class BlockWriter {

    private static final int MAX_PAYLOAD_BYTES = Integer.MAX_VALUE - 64;

    private final ElementType type;
    private int[] rowEnds = new int[64];
    private byte[] data = new byte[1024];
    private int dataEnd;
    private int rowCount;

    /**
     * A writer of blocks of one type.
     *
     * @param type of the rows, not REF: objects have no bytes
     */
    public BlockWriter(ElementType type) {
        if (type == ElementType.REF) {
            throw new IllegalArgumentException(
                    "a block of REF rows has no byte form; encode the objects and write BYTES");
        }
        this.type = type;
    }

    /**
     * How many rows were appended since the last {@link #finish}.
     *
     * @return 0 or more
     */
    public int rowCount() {
        return rowCount;
    }

    /**
     * Add a row of text to a block of type UTF8.
     *
     * @param text without lone surrogates
     */
    public void appendText(String text) {
        requireType(type == ElementType.UTF8, "text");
        byte[] encoded = new byte[Math.multiplyExact(text.length(), Utf8.MAX_BYTES_PER_CHAR)];
        int length = Utf8.encode(text, encoded);
        if (length < 0) {
            throw new IllegalArgumentException("row " + rowCount
                    + " has a lone surrogate, for which UTF-8 has no bytes; replace it by U+FFFD, or write BYTES");
        }
        ensure(length);
        System.arraycopy(encoded, 0, data, dataEnd, length);
        endRow(length);
    }

    /**
     * Add a row of bytes to a block of type BYTES or UTF8.
     *
     * @param source where they are
     * @param offset of the first
     * @param length how many, from 0
     */
    public void appendBytes(byte[] source, int offset, int length) {
        requireType(type.lane() == Lane.BYTES, "bytes");
        if (type == ElementType.UTF8 && !Utf8.isValid(source, offset, length)) {
            throw new IllegalArgumentException("row " + rowCount + " is not valid UTF-8; write BYTES, or repair it");
        }
        ensure(length);
        System.arraycopy(source, offset, data, dataEnd, length);
        endRow(length);
    }

    /**
     * Add a row to a block of type LONG, INT or BOOLEAN.
     *
     * @param value of an INT in the range of int, of a BOOLEAN 0 or 1
     */
    public void appendLong(long value) {
        requireType(type.lane() == Lane.LONG, "a long");
        if (type == ElementType.INT && value != (int) value || type == ElementType.BOOLEAN && value >>> 1 != 0) {
            throw new IllegalArgumentException("row " + rowCount + " is " + value + ", which is not of type " + type);
        }
        append8(value);
    }

    /**
     * Add a row to a block of type DOUBLE or FLOAT.
     *
     * @param value of a FLOAT the double of some float
     */
    public void appendDouble(double value) {
        requireType(type.lane() == Lane.DOUBLE, "a double");
        if (type == ElementType.FLOAT && Double.compare(value, (float) value) != 0) {
            throw new IllegalArgumentException(
                    "row " + rowCount + " is " + value + ", which is not the double of a float");
        }
        append8(Double.doubleToLongBits(value));
    }

    /**
     * The block of all rows appended. The writer is empty afterwards and can begin the next block.
     *
     * @return a new little-endian buffer from position 0 to its limit
     */
    public ByteBuffer finish() {
        boolean isOfBytes = BlockDescriptor.isOfBytes(type);
        int payload = payloadBytes(0);
        ByteBuffer block =
                ByteBuffer.allocate(BlockDescriptor.PAYLOAD_OFFSET + payload).order(ByteOrder.LITTLE_ENDIAN);
        block.putInt(BlockDescriptor.MAGIC_OFFSET, BlockDescriptor.MAGIC);
        block.putShort(BlockDescriptor.VERSION_OFFSET, (short) BlockDescriptor.VERSION);
        block.put(BlockDescriptor.TYPE_OFFSET, (byte) BlockDescriptor.codeOf(type));
        block.putInt(BlockDescriptor.ROW_COUNT_OFFSET, rowCount);
        block.putInt(BlockDescriptor.PAYLOAD_LENGTH_OFFSET, payload);
        block.position(BlockDescriptor.PAYLOAD_OFFSET);
        for (int row = 0; isOfBytes && row < rowCount; row++) {
            block.putInt(rowEnds[row]);
        }
        block.put(data, 0, dataEnd);
        block.putInt(BlockDescriptor.CHECKSUM_OFFSET, BlockDescriptor.checksum(block));
        rowCount = 0;
        dataEnd = 0;
        return block.flip();
    }

    private void append8(long bits) {
        ensure(Long.BYTES);
        for (int i = 0; i < Long.BYTES; i++) {
            data[dataEnd + i] = (byte) (bits >>> Byte.SIZE * i);
        }
        endRow(Long.BYTES);
    }

    private void endRow(int length) {
        if (rowCount == rowEnds.length) {
            rowEnds = Arrays.copyOf(rowEnds, 2 * rowCount);
        }
        dataEnd += length;
        rowEnds[rowCount++] = dataEnd;
    }

    private void ensure(long more) {
        payloadBytes(more + BlockDescriptor.ROW_END_BYTES);
        if (dataEnd + more > data.length) {
            data = Arrays.copyOf(data, (int) Math.min(MAX_PAYLOAD_BYTES, Math.max(dataEnd + more, 2L * data.length)));
        }
    }

    private int payloadBytes(long more) {
        long ends = BlockDescriptor.isOfBytes(type) ? (long) rowCount * BlockDescriptor.ROW_END_BYTES : 0;
        long bytes = ends + dataEnd + more;
        if (bytes > MAX_PAYLOAD_BYTES) {
            throw new IllegalStateException("a block of " + bytes + " bytes, at most " + MAX_PAYLOAD_BYTES
                    + " are possible; finish this one first");
        }
        return (int) bytes;
    }

    private void requireType(boolean fits, String what) {
        if (!fits) {
            throw new IllegalStateException(what + " is appended to a block of type " + type);
        }
    }
}

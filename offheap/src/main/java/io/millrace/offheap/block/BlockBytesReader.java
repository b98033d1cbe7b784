package io.millrace.offheap.block;

import io.millrace.offheap.codec.Utf8;
import io.millrace.offheap.column.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads the bytes of a block, in the format of {@code docs/block-format.md}, into slabs. Everything is checked before the first
 * row is given out: what comes from outside is whole and right, or refused.
 *
 * <p>Thread: one owner. The reader can be used again; it allocates a few small objects a block.
 */
public final class BlockBytesReader {

    /** The length of a block without rows; no block is shorter. */
    public static final int MIN_BLOCK_BYTES = BlockDescriptor.PAYLOAD_OFFSET;

    private final UnsafeBuffer block = new UnsafeBuffer(new byte[0]);
    private ElementType type;
    private int rowCount;
    private int row;

    // Of rows of bytes.
    private int dataOffset;

    /** A reader of nothing, until it is told to {@link #wrap} bytes. */
    public BlockBytesReader() {}

    /**
     * Check the bytes of a block and stand before its first row.
     *
     * @param bytes the block, from position to limit, neither of which is moved; not to be changed until all rows are read
     * @throws CorruptBlockException when they are not a block; the reader is then at the end of nothing
     */
    public void wrap(ByteBuffer bytes) {
        rowCount = 0;
        row = 0;
        block.wrap(bytes, bytes.position(), bytes.remaining());
        checkHeader(bytes.slice());
        int rows = intAt(BlockDescriptor.ROW_COUNT_OFFSET);
        if (BlockDescriptor.isOfBytes(type)) {
            checkRowsOfBytes(rows);
        } else {
            checkValues(rows);
        }
        rowCount = rows;
    }

    /**
     * What the rows are.
     *
     * @return any type but REF
     */
    public ElementType type() {
        return type;
    }

    /**
     * How many rows the block has.
     *
     * @return 0 or more
     */
    public int rowCount() {
        return rowCount;
    }

    /**
     * How many of them are still to be read.
     *
     * @return 0 at the end
     */
    public int remainingRows() {
        return rowCount - row;
    }

    /**
     * The size of the next row, for one that needs a slab of its own.
     *
     * @return bytes; 8 for rows that are not of bytes
     * @throws IllegalStateException when there is no next row
     */
    public int nextRowBytes() {
        if (row == rowCount) {
            throw new IllegalStateException("block bytes have no row after the last one, which is number " + rowCount);
        }
        return BlockDescriptor.isOfBytes(type) ? rowEnd(row) - rowStart(row) : BlockDescriptor.VALUE_BYTES;
    }

    /**
     * Leave the next row out.
     *
     * @throws IllegalStateException when there is no next row
     */
    public void skipRow() {
        nextRowBytes();
        row++;
    }

    /**
     * Append the next rows to a slab, as many as it has room for.
     *
     * @param slab of the same type; what is appended is not yet published
     * @return how many rows were read and appended; 0 when not even the next one fits, or at the end
     */
    public int copyTo(Slab slab) {
        if (slab.type() != type) {
            throw new IllegalArgumentException(
                    "block bytes of type " + type + " read into a slab of type " + slab.type());
        }
        int before = row;
        switch (type.lane()) {
            case BYTES -> copyRowsOfBytes(slab);
            case LONG -> {
                while (row < rowCount && slab.appendLong(valueBits(row))) {
                    row++;
                }
            }
            default -> {
                while (row < rowCount && slab.appendDouble(Double.longBitsToDouble(valueBits(row)))) {
                    row++;
                }
            }
        }
        return row - before;
    }

    /** One copy for all bytes, then one entry in the slab's directory for each row. */
    private void copyRowsOfBytes(Slab slab) {
        int start = rowStart(row);
        int end = start;
        int next = row;
        // A slab keeps 8 bytes more for each row but the first, which freeBytes has counted already.
        long free = slab.freeBytes();
        while (next < rowCount && rowEnd(next) - start + 8L * (next - row) <= free) {
            end = rowEnd(next++);
        }
        int shift = slab.dataEnd() - start;
        if (next > row) {
            slab.buffer().putBytes(slab.dataEnd(), block, dataOffset + start, end - start);
            slab.advance(end - start);
        }
        while (row < next && slab.appendRow(rowStart(row) + shift, rowEnd(row) + shift)) {
            row++;
        }
    }

    private void checkHeader(ByteBuffer bytes) {
        int length = block.capacity();
        if (length < BlockDescriptor.PAYLOAD_OFFSET) {
            refuse(length, "the header is cut; it has " + BlockDescriptor.PAYLOAD_OFFSET + " bytes");
        }
        int magic = intAt(BlockDescriptor.MAGIC_OFFSET);
        if (magic != BlockDescriptor.MAGIC) {
            refuse(
                    BlockDescriptor.MAGIC_OFFSET,
                    "begins with " + hex(magic) + ", expected " + hex(BlockDescriptor.MAGIC) + " (the bytes MRBK)");
        }
        int version = block.getShort(BlockDescriptor.VERSION_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        if (version != BlockDescriptor.VERSION) {
            refuse(
                    BlockDescriptor.VERSION_OFFSET,
                    "version " + version + ", this reader knows version " + BlockDescriptor.VERSION);
        }
        int payload = intAt(BlockDescriptor.PAYLOAD_LENGTH_OFFSET);
        if (payload != length - BlockDescriptor.PAYLOAD_OFFSET) {
            refuse(
                    BlockDescriptor.PAYLOAD_LENGTH_OFFSET,
                    "payload of " + payload + " bytes announced, " + (length - BlockDescriptor.PAYLOAD_OFFSET)
                            + " are there");
        }
        int said = intAt(BlockDescriptor.CHECKSUM_OFFSET);
        int actual = BlockDescriptor.checksum(bytes);
        if (said != actual) {
            refuse(BlockDescriptor.CHECKSUM_OFFSET, "checksum " + hex(said) + " written, " + hex(actual) + " computed");
        }
        // From here on the bytes are what their writer meant; a writer may still be wrong.
        int code = block.getByte(BlockDescriptor.TYPE_OFFSET);
        type = BlockDescriptor.typeOf(code);
        if (type == null) {
            refuse(BlockDescriptor.TYPE_OFFSET, "type " + code + ", expected 1 to 7");
        }
        if (block.getByte(BlockDescriptor.ZERO_BYTE_OFFSET) != 0) {
            refuse(BlockDescriptor.ZERO_BYTE_OFFSET, "not zero");
        }
        if (intAt(BlockDescriptor.ZERO_INT_OFFSET) != 0) {
            refuse(BlockDescriptor.ZERO_INT_OFFSET, "not zero");
        }
        int rows = intAt(BlockDescriptor.ROW_COUNT_OFFSET);
        boolean isOfBytes = BlockDescriptor.isOfBytes(type);
        long listed = (long) rows * (isOfBytes ? BlockDescriptor.ROW_END_BYTES : BlockDescriptor.VALUE_BYTES);
        if (rows < 0 || listed > payload || !isOfBytes && listed < payload) {
            refuse(
                    BlockDescriptor.ROW_COUNT_OFFSET,
                    rows + " rows of type " + type + " in a payload of " + payload + " bytes");
        }
    }

    private void checkRowsOfBytes(int rows) {
        dataOffset = BlockDescriptor.PAYLOAD_OFFSET + rows * BlockDescriptor.ROW_END_BYTES;
        int dataLength = block.capacity() - dataOffset;
        int start = 0;
        for (int i = 0; i < rows; i++) {
            int end = rowEnd(i);
            if (end < start || end > dataLength) {
                refuse(rowEndOffset(i), "row " + i + " ends at " + end + ", expected " + start + " to " + dataLength);
            }
            if (type == ElementType.UTF8 && !Utf8.isValid(block, dataOffset + start, end - start)) {
                refuse(dataOffset + start, "row " + i + " is not valid UTF-8");
            }
            start = end;
        }
        if (start != dataLength) {
            refuse(dataOffset + start, dataLength - start + " bytes behind the last row");
        }
    }

    private void checkValues(int rows) {
        for (int i = 0; i < rows; i++) {
            long bits = valueBits(i);
            if (!BlockDescriptor.isValue(type, bits)) {
                refuse(
                        valueOffset(i),
                        "row " + i + " has bits " + Long.toHexString(bits) + ", not a value of type " + type);
            }
        }
    }

    private int rowStart(int of) {
        return of == 0 ? 0 : rowEnd(of - 1);
    }

    private int rowEnd(int of) {
        return intAt(rowEndOffset(of));
    }

    private static int rowEndOffset(int of) {
        return BlockDescriptor.PAYLOAD_OFFSET + of * BlockDescriptor.ROW_END_BYTES;
    }

    private long valueBits(int of) {
        return block.getLong(valueOffset(of), ByteOrder.LITTLE_ENDIAN);
    }

    private static int valueOffset(int of) {
        return BlockDescriptor.PAYLOAD_OFFSET + of * BlockDescriptor.VALUE_BYTES;
    }

    private int intAt(int offset) {
        return block.getInt(offset, ByteOrder.LITTLE_ENDIAN);
    }

    private static String hex(int value) {
        return "0x" + Integer.toHexString(value);
    }

    private static void refuse(int offset, String what) {
        throw new CorruptBlockException(offset, what);
    }
}

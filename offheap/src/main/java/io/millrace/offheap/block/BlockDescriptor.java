package io.millrace.offheap.block;

import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.Lane;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Where things are in the bytes of a block. All numbers are little-endian. {@code docs/block-format.md} says the same with an
 * example, enough to write a second reader or writer.
 *
 * <pre>
 *   0       magic: the bytes M R B K
 *   4       version (2 bytes): 1
 *   6       type of the rows (1 byte), see {@link #codeOf}
 *   7       zero (1 byte)
 *   8       row count (4 bytes), 0 to 2^31 - 1
 *   12      payload length (4 bytes), 0 to 2^31 - 1
 *   16      zero (4 bytes)
 *   20      checksum (4 bytes): CRC32C of bytes 0 to 19 and of the payload
 *   24      payload
 *             UTF8, BYTES: for each row where it ends (4 bytes), counted from the end of this list; then the rows' bytes
 *             all others:  for each row 8 bytes
 * </pre>
 */
public final class BlockDescriptor {

    static final int MAGIC = 0x4B42_524D;
    static final int VERSION = 1;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = 4;
    static final int TYPE_OFFSET = 6;
    static final int ZERO_BYTE_OFFSET = 7;
    static final int ROW_COUNT_OFFSET = 8;
    static final int PAYLOAD_LENGTH_OFFSET = 12;
    static final int ZERO_INT_OFFSET = 16;
    static final int CHECKSUM_OFFSET = 20;
    static final int PAYLOAD_OFFSET = 24;

    static final int ROW_END_BYTES = 4;
    static final int VALUE_BYTES = 8;

    private BlockDescriptor() {}

    /**
     * The number of a type in the format; it never changes, whatever becomes of the enum.
     *
     * @param type of rows
     * @return 1 to 7; 0 for REF, which has none
     */
    public static int codeOf(ElementType type) {
        return switch (type) {
            case INT -> 1;
            case LONG -> 2;
            case BOOLEAN -> 3;
            case DOUBLE -> 4;
            case FLOAT -> 5;
            case UTF8 -> 6;
            case BYTES -> 7;
            case REF -> 0;
        };
    }

    /**
     * The type of a number.
     *
     * @param code any
     * @return a type but REF; or null
     */
    public static ElementType typeOf(int code) {
        for (ElementType type : ElementType.values()) {
            if (code != 0 && codeOf(type) == code) {
                return type;
            }
        }
        return null;
    }

    /**
     * Whether 8 bytes are a value of a type.
     *
     * @param type of 8-byte rows
     * @param bits as they are kept
     * @return false for an INT out of its range, a BOOLEAN that is neither 0 nor 1, a FLOAT that is no float
     */
    public static boolean isValue(ElementType type, long bits) {
        return switch (type) {
            case INT -> bits == (int) bits;
            case BOOLEAN -> bits >>> 1 == 0;
            case FLOAT -> isDoubleOfFloat(Double.longBitsToDouble(bits));
            default -> true;
        };
    }

    private static boolean isDoubleOfFloat(double value) {
        return Double.compare(value, (float) value) == 0;
    }

    static boolean isOfBytes(ElementType type) {
        return type.lane() == Lane.BYTES;
    }

    /** The checksum of a whole block. Position and limit of the buffer stay as they are. */
    static int checksum(ByteBuffer block) {
        CRC32C crc = new CRC32C();
        crc.update(block.slice(0, CHECKSUM_OFFSET));
        crc.update(block.slice(PAYLOAD_OFFSET, block.capacity() - PAYLOAD_OFFSET));
        return (int) crc.getValue();
    }
}

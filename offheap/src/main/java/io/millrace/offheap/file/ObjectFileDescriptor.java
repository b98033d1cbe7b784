package io.millrace.offheap.file;

import io.millrace.offheap.block.BlockDescriptor;
import io.millrace.offheap.column.ElementType;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Where things are in an object file. All numbers are little-endian. {@code docs/object-file-format.md} says the same with an
 * example, enough to write a second reader or writer.
 *
 * <pre>
 *   file header
 *   0       magic: the bytes M R O F
 *   4       version (2 bytes): 1
 *   6       zero (6 bytes)
 *   12      checksum (4 bytes): CRC32C of bytes 0 to 11
 *
 *   frame header, one behind the other from 16 on
 *   0       kind (1 byte): 1 rows, 2 pairs, 3 classes, 4 end
 *   1       type of the first column (1 byte), see {@link #codeOf}; zero of classes and end
 *   2       type of the second column (1 byte); zero but of pairs
 *   3       zero (1 byte)
 *   4       count (4 bytes): rows, 1 to 1024; or classes
 *   8       length of the first column (4 bytes); or of all that follows
 *   12      length of the second column (4 bytes); zero but of pairs
 *   16      number of the frame (4 bytes), from 0
 *   20      checksum (4 bytes): CRC32C of bytes 0 to 19 and of the columns
 *   24      the columns
 * </pre>
 */
final class ObjectFileDescriptor {
    static final int MAGIC = 0x464F_524D;
    static final int VERSION = 1;
    static final int FILE_HEADER_BYTES = 16;
    static final int FILE_CHECKSUM_OFFSET = 12;

    static final int ROWS = 1;
    static final int PAIRS = 2;
    static final int CLASSES = 3;
    static final int END = 4;

    static final int KIND_OFFSET = 0;
    static final int FIRST_TYPE_OFFSET = 1;
    static final int SECOND_TYPE_OFFSET = 2;
    static final int ZERO_OFFSET = 3;
    static final int COUNT_OFFSET = 4;
    static final int FIRST_LENGTH_OFFSET = 8;
    static final int SECOND_LENGTH_OFFSET = 12;
    static final int NUMBER_OFFSET = 16;
    static final int CHECKSUM_OFFSET = 20;
    static final int FRAME_HEADER_BYTES = 24;

    /** Header, and the number of rows of the whole file (8 bytes). */
    static final int END_BYTES = FRAME_HEADER_BYTES + Long.BYTES;

    static final int ROW_END_BYTES = 4;
    static final int VALUE_BYTES = 8;

    private static final int VALUES_CODE = 8;

    private ObjectFileDescriptor() {}

    /** The number of a column's type: as in blocks, and 8 for objects. */
    static int codeOf(ElementType type) {
        return type == ElementType.REF ? VALUES_CODE : BlockDescriptor.codeOf(type);
    }

    /** The type of a number, or null. */
    static ElementType typeOf(int code) {
        return code == VALUES_CODE ? ElementType.REF : BlockDescriptor.typeOf(code);
    }

    /** CRC32C of a frame's header up to its checksum, and of all that follows the header. */
    static int checksum(ByteBuffer header, ByteBuffer rest) {
        CRC32C crc = new CRC32C();
        crc.update(header.duplicate().position(0).limit(CHECKSUM_OFFSET));
        crc.update(rest.duplicate());
        return (int) crc.getValue();
    }
}

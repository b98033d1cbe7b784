package io.millrace.ingest.block;

import io.millrace.offheap.block.BlockDescriptor;
import io.millrace.offheap.column.ElementType;

/** Where things are in the bytes of a received block; {@code ingest/docs/block-log-format.md} says the same with an example. */
final class ReceivedBlockDescriptor {
    static final int VERSION = 1;
    static final int HAS_CLASSES = 1;
    /** The type of rows that stand for objects; the others are those of {@link BlockDescriptor#codeOf}. */
    static final int OBJECTS = 8;

    static final int VERSION_OFFSET = 0;
    static final int FLAGS_OFFSET = 1;
    static final int ZERO_OFFSET = 2;
    static final int STREAM_OFFSET = 4;
    static final int SEQUENCE_OFFSET = 8;
    static final int ROWS_OFFSET = 16;
    static final int SECTIONS_OFFSET = 20;
    static final int HEADER_BYTES = 24;

    // From the beginning of a section.
    static final int SECTION_TYPE_OFFSET = 0;
    static final int SECTION_WIDTH_OFFSET = 1;
    static final int SECTION_ZERO_OFFSET = 2;
    static final int SECTION_ROWS_OFFSET = 4;
    static final int SECTION_HEADER_BYTES = 8;

    static final int VALUE_BYTES = 8;

    private static final int MAX_IN_BYTE = 0xFF;
    private static final int MAX_IN_SHORT = 0xFFFF;

    private ReceivedBlockDescriptor() {}

    /** In how many bytes the lengths of rows are kept of which this is the longest: 1, 2 or 4. */
    static int widthOf(int longest) {
        if (longest <= MAX_IN_BYTE) {
            return Byte.BYTES;
        }
        return longest <= MAX_IN_SHORT ? Short.BYTES : Integer.BYTES;
    }

    /** The type of the rows in their slab; null for a code that there is not. */
    static ElementType typeOf(int code) {
        return code == OBJECTS ? ElementType.BYTES : BlockDescriptor.typeOf(code);
    }
}

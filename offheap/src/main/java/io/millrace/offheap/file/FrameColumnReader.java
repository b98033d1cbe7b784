package io.millrace.offheap.file;

import io.millrace.offheap.block.BlockDescriptor;
import io.millrace.offheap.codec.RecordCodec;
import io.millrace.offheap.codec.UnreadableRecordException;
import io.millrace.offheap.codec.Utf8;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/** One column of the frame that is shown: checks its bytes, and fills a column of its own with them. */
final class FrameColumnReader {
    /** Something is wrong with a column: where in the frame, and what. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        private final int offset;

        Wrong(int offset, String what, Throwable cause) {
            super(what, cause);
            this.offset = offset;
        }

        int offset() {
            return offset;
        }
    }

    private final RecordCodec<Object> codec;
    // Made when first needed: a file has mostly one type.
    private LongColumn longs;
    private DoubleColumn doubles;
    private BytesColumn bytes;
    private RefColumn refs;
    private int refRows;
    private byte[] values = new byte[0];

    FrameColumnReader(RecordCodec<Object> codec) {
        this.codec = codec;
    }

    /** Fill the column of that type with rows whose bytes are {@code length} from {@code offset} on. */
    Column read(ElementType type, UnsafeBuffer frame, int offset, int length, int rows) throws Wrong {
        forget();
        return switch (type.lane()) {
            case LONG -> readLongs(type, frame, offset, length, rows);
            case DOUBLE -> readDoubles(type, frame, offset, length, rows);
            case BYTES -> readBytes(type, frame, offset, length, rows);
            case REF -> readValues(frame, offset, length, rows);
        };
    }

    /** Keep no object alive whose chunk is done. */
    void forget() {
        if (refRows > 0) {
            refs.clear(refRows);
            refRows = 0;
        }
    }

    private Column readLongs(ElementType type, UnsafeBuffer frame, int offset, int length, int rows) throws Wrong {
        longs = longs == null ? new LongColumn() : longs;
        longs.setType(type);
        requireLength(type, offset, length, rows);
        for (int row = 0; row < rows; row++) {
            longs.values()[row] = valueAt(type, frame, offset, row);
        }
        return longs;
    }

    private Column readDoubles(ElementType type, UnsafeBuffer frame, int offset, int length, int rows) throws Wrong {
        doubles = doubles == null ? new DoubleColumn() : doubles;
        doubles.setType(type);
        requireLength(type, offset, length, rows);
        for (int row = 0; row < rows; row++) {
            doubles.values()[row] = Double.longBitsToDouble(valueAt(type, frame, offset, row));
        }
        return doubles;
    }

    private static void requireLength(ElementType type, int offset, int length, int rows) throws Wrong {
        if (length != rows * ObjectFileDescriptor.VALUE_BYTES) {
            throw new Wrong(offset, rows + " rows of type " + type + " in " + length + " bytes", null);
        }
    }

    private static long valueAt(ElementType type, UnsafeBuffer frame, int offset, int row) throws Wrong {
        int at = offset + row * ObjectFileDescriptor.VALUE_BYTES;
        long bits = frame.getLong(at, ByteOrder.LITTLE_ENDIAN);
        if (!BlockDescriptor.isValue(type, bits)) {
            throw new Wrong(
                    at, "row " + row + " has bits " + Long.toHexString(bits) + ", not a value of type " + type, null);
        }
        return bits;
    }

    private Column readBytes(ElementType type, UnsafeBuffer frame, int offset, int length, int rows) throws Wrong {
        bytes = bytes == null ? new BytesColumn() : bytes;
        bytes.wrap(frame, type);
        readRowEnds(bytes, frame, offset, length, rows);
        for (int row = 0; type == ElementType.UTF8 && row < rows; row++) {
            int start = bytes.starts()[row];
            if (!Utf8.isValid(frame, start, bytes.ends()[row] - start)) {
                throw new Wrong(start, "row " + row + " is not valid UTF-8", null);
            }
        }
        return bytes;
    }

    private static void readRowEnds(BytesColumn column, UnsafeBuffer frame, int offset, int length, int rows)
            throws Wrong {
        int listed = rows * ObjectFileDescriptor.ROW_END_BYTES;
        int dataLength = length - listed;
        int end = 0;
        for (int row = 0; row < rows && dataLength >= 0; row++) {
            int at = offset + row * ObjectFileDescriptor.ROW_END_BYTES;
            int next = frame.getInt(at, ByteOrder.LITTLE_ENDIAN);
            if (next < end || next > dataLength) {
                throw new Wrong(
                        at, "row " + row + " ends at " + next + ", expected " + end + " to " + dataLength, null);
            }
            column.starts()[row] = offset + listed + end;
            column.ends()[row] = offset + listed + next;
            end = next;
        }
        if (end != dataLength) {
            throw new Wrong(offset, rows + " rows in " + length + " bytes, of which they have " + end, null);
        }
    }

    private Column readValues(UnsafeBuffer frame, int offset, int length, int rows) throws Wrong {
        bytes = bytes == null ? new BytesColumn() : bytes;
        bytes.wrap(frame, ElementType.BYTES);
        readRowEnds(bytes, frame, offset, length, rows);
        refs = refs == null ? new RefColumn() : refs;
        if (values.length < length) {
            values = new byte[Math.max(length, ObjectFileWriter.FRAME_BYTES)];
        }
        frame.getBytes(offset, values, 0, length);
        for (int row = 0; row < rows; row++) {
            int start = bytes.starts()[row];
            refRows = row + 1;
            try {
                refs.values()[row] = codec.read(values, start - offset, bytes.ends()[row] - start);
            } catch (UnreadableRecordException unreadable) {
                throw new Wrong(start, "row " + row + ": " + unreadable.getMessage(), unreadable);
            }
        }
        return refs;
    }
}

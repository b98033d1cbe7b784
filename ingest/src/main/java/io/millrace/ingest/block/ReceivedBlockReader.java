package io.millrace.ingest.block;

import io.millrace.ingest.UnreadableInputException;
import io.millrace.offheap.block.Block;
import io.millrace.offheap.block.BlockDescriptor;
import io.millrace.offheap.block.BlockId;
import io.millrace.offheap.block.SlabPool;
import io.millrace.offheap.codec.ByteBuilder;
import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.codec.UnreadableRecordException;
import io.millrace.offheap.codec.Utf8;
import io.millrace.offheap.codec.ValueCodec;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.Lane;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads received blocks from a log. Whatever it is given, it reads nothing outside of it. Objects are made and written anew, because
 * the numbers of their classes may be others now. Owner: one thread.
 */
final class ReceivedBlockReader {
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
    private static final byte[] NOTHING = {};
    private static final String WHAT = "a received block of the write-ahead log";

    private final ObjectEncoding encoding;
    private final ValueCodec writing;
    private final BlockBuilder rows;

    private final UnsafeBuffer in = new UnsafeBuffer(NOTHING);
    private int at;
    /** The classes of the last block that had some: as a rule all blocks of a log have the same. */
    private byte[] knownClasses = NOTHING;

    private ValueCodec knownCodec;
    /** Of the present block; null if it has no objects. */
    private ValueCodec reading;

    private byte[] object = new byte[256];
    private final ByteBuilder rewritten = new ByteBuilder(256);
    private final UnsafeBuffer rewrittenView = new UnsafeBuffer(NOTHING);

    ReceivedBlockReader(ObjectEncoding encoding, SlabPool slabs) {
        this.encoding = encoding;
        this.writing = encoding.newCodec();
        this.rows = new BlockBuilder(slabs);
    }

    Block decode(DirectBuffer from, int offset, int length, long nanos) {
        in.wrap(from, offset, length);
        at = 0;
        boolean isWhole = false;
        try {
            BlockId id = readHeader();
            boolean hasRoom = readSections();
            isWhole = hasRoom;
            return hasRoom ? rows.build(id, nanos) : null;
        } finally {
            if (!isWhole) {
                rows.abandon();
            }
            in.wrap(NOTHING);
        }
    }

    // ---- header ----

    private BlockId readHeader() {
        require(ReceivedBlockDescriptor.HEADER_BYTES, "the header");
        int version = in.getByte(ReceivedBlockDescriptor.VERSION_OFFSET);
        if (version != ReceivedBlockDescriptor.VERSION) {
            throw refused(
                    ReceivedBlockDescriptor.VERSION_OFFSET,
                    "version " + version + ", this program knows version " + ReceivedBlockDescriptor.VERSION);
        }
        int flags = in.getByte(ReceivedBlockDescriptor.FLAGS_OFFSET);
        if ((flags & ~ReceivedBlockDescriptor.HAS_CLASSES) != 0) {
            throw refused(ReceivedBlockDescriptor.FLAGS_OFFSET, "flags " + flags + ", expected 0 or 1");
        }
        requireZero(ReceivedBlockDescriptor.ZERO_OFFSET);
        at = ReceivedBlockDescriptor.HEADER_BYTES;
        reading = flags == 0 ? null : readClasses();
        return new BlockId(
                in.getInt(ReceivedBlockDescriptor.STREAM_OFFSET, LITTLE),
                in.getLong(ReceivedBlockDescriptor.SEQUENCE_OFFSET, LITTLE));
    }

    private ValueCodec readClasses() {
        byte[] table = new byte[readLength("a table of classes")];
        in.getBytes(at, table);
        if (!Arrays.equals(table, knownClasses)) {
            knownCodec = codecFor(at + table.length);
            knownClasses = table;
        } else {
            at += table.length;
        }
        return knownCodec;
    }

    private ValueCodec codecFor(int end) {
        require(Integer.BYTES, "the count of classes");
        int count = in.getInt(at, LITTLE);
        at += Integer.BYTES;
        List<String> names = new ArrayList<>();
        List<String> schemas = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            names.add(readText());
            schemas.add(readText());
        }
        if (at != end) {
            throw refused(at, "its table of classes does not end at " + end);
        }
        try {
            return ObjectEncoding.reading(encoding.classes(), names, schemas);
        } catch (UnreadableRecordException other) {
            throw new UnreadableInputException(WHAT, at, other);
        }
    }

    private String readText() {
        int length = readLength("a name");
        byte[] bytes = new byte[length];
        in.getBytes(at, bytes);
        at += length;
        return new String(bytes, StandardCharsets.UTF_8);
    }

    // ---- rows ----

    /** False when the memory cap forbids it. */
    private boolean readSections() {
        int expected = in.getInt(ReceivedBlockDescriptor.ROWS_OFFSET, LITTLE);
        int sections = in.getInt(ReceivedBlockDescriptor.SECTIONS_OFFSET, LITTLE);
        long found = 0;
        for (int section = 0; section < sections; section++) {
            require(ReceivedBlockDescriptor.SECTION_HEADER_BYTES, "a section's header");
            int count = in.getInt(at + ReceivedBlockDescriptor.SECTION_ROWS_OFFSET, LITTLE);
            found += count;
            if (count < 1 || found > expected) {
                throw refused(
                        at + ReceivedBlockDescriptor.SECTION_ROWS_OFFSET,
                        count + " rows, of " + expected + " in all sections");
            }
            if (!readSection(count)) {
                return false;
            }
        }
        if (found != expected || sections < 0) {
            throw refused(
                    ReceivedBlockDescriptor.ROWS_OFFSET,
                    expected + " rows in " + sections + " sections, found " + found);
        }
        if (at != in.capacity()) {
            throw refused(at, in.capacity() - at + " bytes are left over");
        }
        return true;
    }

    private boolean readSection(int count) {
        int code = in.getByte(at + ReceivedBlockDescriptor.SECTION_TYPE_OFFSET);
        int width = in.getByte(at + ReceivedBlockDescriptor.SECTION_WIDTH_OFFSET);
        ElementType type = ReceivedBlockDescriptor.typeOf(code);
        boolean isObjects = code == ReceivedBlockDescriptor.OBJECTS;
        if (type == null || isObjects && reading == null) {
            throw refused(
                    at + ReceivedBlockDescriptor.SECTION_TYPE_OFFSET,
                    "rows of type " + code
                            + (isObjects ? ", objects, without a table of classes" : ", expected 1 to 8"));
        }
        boolean isOfBytes = type.lane() == Lane.BYTES;
        boolean isWidth =
                isOfBytes ? width == Byte.BYTES || width == Short.BYTES || width == Integer.BYTES : width == 0;
        if (!isWidth) {
            throw refused(
                    at + ReceivedBlockDescriptor.SECTION_WIDTH_OFFSET,
                    "lengths of " + width + " bytes for rows of type " + code);
        }
        requireZero(at + ReceivedBlockDescriptor.SECTION_ZERO_OFFSET);
        at += ReceivedBlockDescriptor.SECTION_HEADER_BYTES;
        return isOfBytes ? readRowsOfBytes(type, isObjects, count, width) : readValues(type, count);
    }

    private boolean readValues(ElementType type, int count) {
        require((long) count * ReceivedBlockDescriptor.VALUE_BYTES, count + " values");
        for (int row = 0; row < count; row++) {
            long bits = in.getLong(at, LITTLE);
            if (!BlockDescriptor.isValue(type, bits)) {
                throw refused(at, "bits " + Long.toHexString(bits) + ", not a value of type " + type);
            }
            boolean hasRoom = type.lane() == Lane.LONG
                    ? rows.appendLong(type, bits)
                    : rows.appendDouble(type, Double.longBitsToDouble(bits));
            if (!hasRoom) {
                return false;
            }
            at += ReceivedBlockDescriptor.VALUE_BYTES;
        }
        return true;
    }

    private boolean readRowsOfBytes(ElementType type, boolean isObjects, int count, int width) {
        require((long) count * width, count + " lengths of rows");
        int lengths = at;
        at += count * width;
        for (int row = 0; row < count; row++) {
            int length = lengthAt(lengths + row * width, width);
            if (length < 0 || length > in.capacity() - at) {
                throw refused(
                        lengths + row * width,
                        "a row of " + length + " bytes where " + (in.capacity() - at) + " are left");
            }
            if (type == ElementType.UTF8 && !Utf8.isValid(in, at, length)) {
                throw refused(at, "a row that is not valid UTF-8");
            }
            boolean hasRoom = isObjects ? appendObject(length) : rows.appendBytes(type, null, in, at, length);
            if (!hasRoom) {
                return false;
            }
            at += length;
        }
        return true;
    }

    private boolean appendObject(int length) {
        if (length > object.length) {
            object = new byte[Math.max(length, (int) Math.min(Integer.MAX_VALUE - 8, 2L * object.length))];
        }
        in.getBytes(at, object, 0, length);
        rewritten.truncate(0);
        try {
            writing.write(reading.read(object, 0, length), rewritten);
        } catch (UnreadableRecordException unreadable) {
            throw new UnreadableInputException(WHAT, at, unreadable);
        }
        rewrittenView.wrap(rewritten.array());
        return rows.appendBytes(ElementType.BYTES, encoding, rewrittenView, 0, rewritten.length());
    }

    private int lengthAt(int offset, int width) {
        return switch (width) {
            case Byte.BYTES -> in.getByte(offset) & 0xFF;
            case Short.BYTES -> in.getShort(offset, LITTLE) & 0xFFFF;
            default -> in.getInt(offset, LITTLE);
        };
    }

    // ---- checks ----

    private int readLength(String of) {
        require(Integer.BYTES, "the length of " + of);
        int length = in.getInt(at, LITTLE);
        at += Integer.BYTES;
        if (length < 0 || length > in.capacity() - at) {
            throw refused(
                    at - Integer.BYTES, of + " of " + length + " bytes where " + (in.capacity() - at) + " are left");
        }
        return length;
    }

    private void requireZero(int offset) {
        if (in.getShort(offset, LITTLE) != 0) {
            throw refused(offset, "not zero");
        }
    }

    private void require(long bytes, String of) {
        if (bytes > in.capacity() - at) {
            throw refused(
                    at, "it is cut: " + of + " need " + bytes + " bytes where " + (in.capacity() - at) + " are left");
        }
    }

    private UnreadableInputException refused(int offset, String wrong) {
        return new UnreadableInputException(WHAT, offset, wrong);
    }
}

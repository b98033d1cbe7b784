package io.millrace.offheap.state;

import io.millrace.offheap.codec.ByteBuilder;
import io.millrace.offheap.memory.MemoryRegion;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A key as bytes that are equal exactly when keys are: a first byte that says what it is, then a text's UTF-8, or the rest of the
 * form that {@code docs/object-file-format.md} gives to values. Keys without such bytes (objects, pairs of such) say so.
 *
 * <p>Thread: one owner. What it shows is valid until the next key.
 */
final class KeyBytes {
    private static final int DOUBLE = 5;
    private static final int FLOAT = 6;
    private static final int TEXT = 10;
    private static final int UTF16_TEXT = 11;
    private static final int PAIR = 13;
    private static final int NOT_CANONICAL = -1;
    private static final long FIRST = 0x9E3779B97F4A7C15L;
    private static final long SECOND = 0xC2B2AE3D27D4EB4FL;

    private final String operator;
    private final ObjectBytes objects;
    private final ByteBuilder scratch = new ByteBuilder(128);
    private final UnsafeBuffer own = new UnsafeBuffer(new byte[0]);
    /** Learnt from what the codec makes of keys: the class of pairs, and the last one that is none. */
    private Class<?> pairClass;

    private Class<?> otherClass;
    private UnsafeBuffer buffer = own;
    private int first;
    private int start;
    private int length;

    KeyBytes(String operator, ObjectBytes objects) {
        this.operator = operator;
        this.objects = objects;
    }

    /** The byte before the others. */
    int first() {
        return first;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Where the others begin. The buffer is readable 16 bytes behind them. */
    int start() {
        return start;
    }

    /** How many the others are. */
    int length() {
        return length;
    }

    /** All bytes, in a new array. */
    byte[] copy() {
        byte[] bytes = new byte[1 + length];
        bytes[0] = (byte) first;
        buffer.getBytes(start, bytes, 1, length);
        return bytes;
    }

    /** Take a text's bytes, where they are. */
    void setText(UnsafeBuffer source, int from, int end) {
        first = TEXT;
        buffer = source;
        start = from;
        length = end - from;
    }

    /** Take all bytes of a key. */
    void setAll(byte[] bytes) {
        scratch.truncate(0);
        scratch.putBytes(bytes, 0, bytes.length);
        show();
    }

    /**
     * Take a key that is neither Integer nor Long.
     *
     * @return whether it has such bytes
     * @throws IllegalArgumentException if it is an array
     */
    boolean set(Object key) {
        scratch.truncate(0);
        if (key instanceof String text) {
            scratch.putByte(TEXT);
            if (!scratch.putUtf8(text)) {
                scratch.truncate(0);
                objects.write(text, scratch);
            }
        } else if (key instanceof Double number) {
            objects.write(Double.longBitsToDouble(Double.doubleToLongBits(number)), scratch);
        } else if (key instanceof Float number) {
            objects.write(Float.intBitsToFloat(Float.floatToIntBits(number)), scratch);
        } else if (key == null || isSmall(key)) {
            objects.write(key, scratch);
        } else if (!writePair(key)) {
            return false;
        }
        show();
        return true;
    }

    private static boolean isSmall(Object key) {
        return key instanceof Boolean || key instanceof Character || key instanceof Short || key instanceof Byte;
    }

    /** Whether the scratch holds the canonical bytes of a pair. What the codec refuses to write is a key as an object. */
    private boolean writePair(Object key) {
        Class<?> type = key.getClass();
        if (type.isArray()) {
            throw new IllegalArgumentException("the keys of '" + operator + "' are arrays (" + type.getSimpleName()
                    + "), which Java compares by identity; make a List, a String or java.nio.ByteBuffer.wrap(bytes)"
                    + " of each");
        }
        if (type == otherClass || pairClass != null && pairClass != type) {
            return false;
        }
        boolean isWhole = true;
        try {
            objects.write(key, scratch);
        } catch (IllegalArgumentException unknown) {
            isWhole = false;
        }
        boolean isPair = scratch.length() > 0 && scratch.array()[0] == PAIR;
        if (isPair) {
            pairClass = type;
        } else {
            otherClass = type;
        }
        return isPair && isWhole && canonicalEnd(0) == scratch.length();
    }

    /** Where a value in the scratch ends, its NaN made the one that equals all others; or that it has no canonical bytes. */
    private int canonicalEnd(int at) {
        byte[] bytes = scratch.array();
        return switch (bytes[at]) {
            case 0, 3, 4 -> at + 1;
            case 8 -> at + 2;
            case 7, 9 -> at + 3;
            case 1 -> at + 5;
            case 2 -> at + 9;
            case DOUBLE -> {
                double number = Double.longBitsToDouble(long64(bytes, at + 1));
                if (Double.isNaN(number)) {
                    scratch.setInt(at + 1, (int) Double.doubleToLongBits(number));
                    scratch.setInt(at + 5, (int) (Double.doubleToLongBits(number) >>> 32));
                }
                yield at + 9;
            }
            case FLOAT -> {
                scratch.setInt(at + 1, Float.floatToIntBits(Float.intBitsToFloat(int32(bytes, at + 1))));
                yield at + 5;
            }
            case TEXT, UTF16_TEXT -> at + 5 + int32(bytes, at + 1);
            case PAIR -> {
                int middle = canonicalEnd(at + 1);
                yield middle == NOT_CANONICAL ? NOT_CANONICAL : canonicalEnd(middle);
            }
            default -> NOT_CANONICAL;
        };
    }

    private static int int32(byte[] bytes, int at) {
        return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16 | bytes[at + 3] << 24;
    }

    private static long long64(byte[] bytes, int at) {
        return int32(bytes, at) & 0xFFFF_FFFFL | (long) int32(bytes, at + 4) << 32;
    }

    private void show() {
        int end = scratch.length();
        for (int i = 0; i < MemoryRegion.PADDING; i += Long.BYTES) {
            scratch.putLong(0);
        }
        scratch.truncate(end);
        if (own.byteArray() != scratch.array()) {
            own.wrap(scratch.array());
        }
        buffer = own;
        first = scratch.array()[0];
        start = 1;
        length = end - 1;
    }

    /** The key that has these bytes. */
    Object keyOf(byte[] bytes) {
        return bytes[0] == TEXT ? new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8) : objects.read(bytes);
    }

    int hash() {
        long hash = length * FIRST ^ first;
        int end = start + length;
        int at = start;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            hash = (Long.rotateLeft(hash, 27) ^ buffer.getLong(at, ByteOrder.LITTLE_ENDIAN)) * SECOND;
        }
        if (at < end) {
            long rest = buffer.getLong(at, ByteOrder.LITTLE_ENDIAN) & (1L << (end - at) * Byte.SIZE) - 1;
            hash = (Long.rotateLeft(hash, 27) ^ rest) * SECOND;
        }
        hash ^= hash >>> 32;
        return (int) (hash * FIRST >>> 32);
    }

    /** Whether a cell has these bytes. */
    boolean isIn(CellHeap cells, long cell) {
        if (cells.length(cell) != length + 1) {
            return false;
        }
        UnsafeBuffer held = cells.buffer(cell);
        int at = CellHeap.start(cell);
        if (held.getByte(at++) != (byte) first) {
            return false;
        }
        int whole = length & -Long.BYTES;
        for (int i = 0; i < whole; i += Long.BYTES) {
            if (held.getLong(at + i) != buffer.getLong(start + i)) {
                return false;
            }
        }
        int rest = length - whole;
        long difference = rest == 0
                ? 0
                : held.getLong(at + whole, ByteOrder.LITTLE_ENDIAN)
                        ^ buffer.getLong(start + whole, ByteOrder.LITTLE_ENDIAN);
        return difference << Long.SIZE - rest * Byte.SIZE == 0;
    }

    /** Write all bytes into a cell of length + 1. */
    void writeTo(CellHeap cells, long cell) {
        UnsafeBuffer target = cells.buffer(cell);
        target.putByte(CellHeap.start(cell), (byte) first);
        target.putBytes(CellHeap.start(cell) + 1, buffer, start, length);
    }
}

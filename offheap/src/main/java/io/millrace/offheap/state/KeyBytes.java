package io.millrace.offheap.state;

import io.millrace.offheap.codec.ByteBuilder;
import io.millrace.offheap.codec.ByteSearch;
import io.millrace.offheap.codec.CanonicalForm;
import io.millrace.offheap.memory.MemoryRegion;
import io.millrace.offheap.table.ArrayKeys;
import io.millrace.offheap.table.KeyHash;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A key as bytes that are equal exactly when keys are: a first byte that says what it is, then a text's UTF-8, or the rest of the
 * form that {@code docs/object-file-format.md} gives to values. Keys without such bytes (objects, pairs of such) say so.
 *
 * <p>Thread: one owner. What it shows is valid until the next key.
 */
final class KeyBytes {
    private final String operator;
    private final ObjectBytes objects;
    private final ByteBuilder scratch = new ByteBuilder(128);
    private final UnsafeBuffer own = new UnsafeBuffer(new byte[0]);
    /** Learnt from what the codec makes of keys: the class of pairs, and the last one that is none. */
    private Class<?> pairClass;

    private Class<?> otherClass;
    /** Readable 16 bytes behind the key. */
    private UnsafeBuffer buffer = own;

    private byte first;
    private int start;
    private int length;

    KeyBytes(String operator, ObjectBytes objects) {
        this.operator = operator;
        this.objects = objects;
    }

    /** How many the others are. */
    int length() {
        return length;
    }

    /** All bytes, in a new array. */
    byte[] copy() {
        byte[] bytes = new byte[1 + length];
        bytes[0] = first;
        buffer.getBytes(start, bytes, 1, length);
        return bytes;
    }

    /** Take a text's bytes, where they are. */
    void setText(UnsafeBuffer source, int from, int end) {
        first = CanonicalForm.TEXT;
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
            scratch.putByte(CanonicalForm.TEXT);
            if (!scratch.putUtf8(text)) {
                scratch.truncate(0);
                objects.write(text, scratch);
            }
        } else if (key == null || isPlain(key)) {
            objects.write(key, scratch);
            CanonicalForm.make(scratch);
        } else if (!writePair(key)) {
            return false;
        }
        show();
        return true;
    }

    private static boolean isPlain(Object key) {
        return key instanceof Double
                || key instanceof Float
                || key instanceof Boolean
                || key instanceof Character
                || key instanceof Short
                || key instanceof Byte;
    }

    /** Whether the scratch holds the canonical bytes of a pair. What the codec refuses to write is a key as an object. */
    private boolean writePair(Object key) {
        ArrayKeys.refuse(operator, key);
        Class<?> type = key.getClass();
        if (type == otherClass || pairClass != null && pairClass != type) {
            return false;
        }
        boolean isWhole = true;
        try {
            objects.write(key, scratch);
        } catch (IllegalArgumentException unknown) {
            isWhole = false;
        }
        boolean isPair = CanonicalForm.isPair(scratch);
        if (isPair) {
            pairClass = type;
        } else {
            otherClass = type;
        }
        return isPair && isWhole && CanonicalForm.make(scratch);
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
        return bytes[0] == CanonicalForm.TEXT
                ? new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8)
                : objects.read(bytes);
    }

    int hash() {
        return KeyTable.spread(KeyHash.of(buffer, start, length) + first);
    }

    /** Whether a cell has these bytes. */
    boolean isIn(CellHeap cells, long cell) {
        if (cells.length(cell) != length + 1) {
            return false;
        }
        UnsafeBuffer held = cells.buffer(cell);
        int at = CellHeap.start(cell);
        return held.getByte(at) == first && ByteSearch.areSame(held, at + 1, buffer, start, length);
    }

    /** Write all bytes into a cell of length + 1. */
    void writeTo(CellHeap cells, long cell) {
        UnsafeBuffer target = cells.buffer(cell);
        target.putByte(CellHeap.start(cell), first);
        target.putBytes(CellHeap.start(cell) + 1, buffer, start, length);
    }
}

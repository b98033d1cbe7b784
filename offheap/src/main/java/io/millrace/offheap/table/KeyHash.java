package io.millrace.offheap.table;

import io.millrace.offheap.codec.Utf8;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The hashes of keys: 32 well-mixed bits, the same for the same key in every table of the process.
 *
 * <p>Tables use the low bits; partitions are told apart by the high bits ({@link #partition}), so that the keys of one partition
 * still spread over a whole table.
 */
public final class KeyHash {

    // Odd constants without pattern (from the golden ratio, and from MurmurHash3's and xxHash's finishers).
    private static final long FIRST = 0x9E3779B97F4A7C15L;
    private static final long SECOND = 0xC2B2AE3D27D4EB4FL;
    private static final long FINISH = 0xFF51AFD7ED558CCDL;

    /** Two words. */
    static final int WORDS_BYTES = 2 * Long.BYTES;

    /** What is left of the first and the second word of a key of 0 to 16 bytes. */
    private static final long[] FIRST_MASK = new long[WORDS_BYTES + 1];

    private static final long[] SECOND_MASK = new long[WORDS_BYTES + 1];

    static {
        for (int length = 1; length <= Long.BYTES; length++) {
            long mask = -1L >>> Long.SIZE - length * Byte.SIZE;
            FIRST_MASK[length] = mask;
            FIRST_MASK[Long.BYTES + length] = -1L;
            SECOND_MASK[Long.BYTES + length] = mask;
        }
    }

    private KeyHash() {}

    /**
     * Of a long.
     *
     * @param key any value
     * @return its hash
     */
    public static int of(long key) {
        return finish(key * FIRST);
    }

    /**
     * Of an object, or null.
     *
     * @param key any object whose hashCode agrees with its equals
     * @return its hash
     */
    public static int of(Object key) {
        return key == null ? of(0L) : of((long) key.hashCode());
    }

    /**
     * Of bytes.
     *
     * @param buffer holds them and is readable 16 bytes behind them
     * @param start of them
     * @param length how many
     * @return the hash that a {@link BytesKeyIndex} gives them
     */
    public static int of(UnsafeBuffer buffer, int start, int length) {
        return of(firstWord(buffer, start, length), secondWord(buffer, start, length), buffer, start, length);
    }

    /** Bytes 0 to 7 of a key as a little-endian word, zeroes behind its end. */
    static long firstWord(UnsafeBuffer buffer, int start, int length) {
        return buffer.getLong(start, ByteOrder.LITTLE_ENDIAN) & FIRST_MASK[Math.min(length, WORDS_BYTES)];
    }

    /** Bytes 8 to 15, likewise. */
    static long secondWord(UnsafeBuffer buffer, int start, int length) {
        return buffer.getLong(start + Long.BYTES, ByteOrder.LITTLE_ENDIAN) & SECOND_MASK[Math.min(length, WORDS_BYTES)];
    }

    /** Of a key of up to 16 bytes: its two words, and its length. */
    static int of(long first, long second, int length) {
        return finish(words(first, second, length));
    }

    /** Of a key of any length, whose two words are known. */
    static int of(long first, long second, UnsafeBuffer buffer, int start, int length) {
        long hash = words(first, second, length);
        int end = start + length;
        int at = start + WORDS_BYTES;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            hash = more(hash, buffer.getLong(at, ByteOrder.LITTLE_ENDIAN));
        }
        if (at < end) {
            hash = more(hash, buffer.getLong(at, ByteOrder.LITTLE_ENDIAN) & FIRST_MASK[end - at]);
        }
        return finish(hash);
    }

    private static long words(long first, long second, int length) {
        long a = first * FIRST;
        long b = (second ^ length) * SECOND;
        return (a ^ a >>> 29) + (b ^ b >>> 31);
    }

    private static long more(long hash, long word) {
        return (Long.rotateLeft(hash, 27) ^ word) * SECOND;
    }

    private static int finish(long hash) {
        return (int) ((hash ^ hash >>> 32) * FINISH >>> 32);
    }

    /**
     * The partition a key belongs to.
     *
     * @param hash of the key
     * @param partitions how many there are, above 0
     * @return 0 to {@code partitions - 1}, evenly spread
     */
    public static int partition(int hash, int partitions) {
        return (int) ((hash & 0xFFFF_FFFFL) * partitions >>> 32);
    }

    /**
     * What {@code hashCode} gives for the values of a column as objects: however equal values are held, they agree.
     *
     * @param values any column
     * @param rows how many of its rows
     * @param hashes is set for each row; 0 for null
     */
    public static void javaHashes(Column values, int rows, int[] hashes) {
        if (values instanceof LongColumn longs) {
            longHashes(longs, rows, hashes);
        } else if (values instanceof DoubleColumn doubles) {
            for (int row = 0; row < rows; row++) {
                double value = doubles.values()[row];
                hashes[row] =
                        doubles.type() == ElementType.FLOAT ? Float.hashCode((float) value) : Double.hashCode(value);
            }
        } else if (values instanceof BytesColumn bytes) {
            for (int row = 0; row < rows; row++) {
                hashes[row] = Utf8.javaHash(bytes.buffer(), bytes.starts()[row], bytes.ends()[row]);
            }
        } else {
            Object[] objects = ((RefColumn) values).values();
            for (int row = 0; row < rows; row++) {
                hashes[row] = objects[row] == null ? 0 : objects[row].hashCode();
            }
        }
    }

    private static void longHashes(LongColumn longs, int rows, int[] hashes) {
        long[] values = longs.values();
        switch (longs.type()) {
            case INT -> {
                for (int row = 0; row < rows; row++) {
                    hashes[row] = (int) values[row];
                }
            }
            case BOOLEAN -> {
                for (int row = 0; row < rows; row++) {
                    hashes[row] = Boolean.hashCode(values[row] != 0);
                }
            }
            default -> {
                for (int row = 0; row < rows; row++) {
                    hashes[row] = Long.hashCode(values[row]);
                }
            }
        }
    }
}

package io.millrace.offheap.table;

import io.millrace.offheap.codec.Utf8;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;

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

    /** Of a key of up to 16 bytes: its bytes as two little-endian words, zeroes behind its end, and its length. */
    static int of(long first, long second, int length) {
        return finish(words(first, second, length));
    }

    /** The hash so far of a longer key, to be carried on with {@link #more} and {@link #finish}. */
    static long words(long first, long second, int length) {
        long a = first * FIRST;
        long b = (second ^ length) * SECOND;
        return (a ^ a >>> 29) + (b ^ b >>> 31);
    }

    static long more(long hash, long word) {
        return (Long.rotateLeft(hash, 27) ^ word) * SECOND;
    }

    static int finish(long hash) {
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

package io.millrace.offheap.codec;

import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds and compares bytes in buffers, eight at a time. The buffer must be readable 16 bytes behind the range searched, as the buffers of
 * memory regions are.
 */
public final class ByteSearch {

    private ByteSearch() {}

    /**
     * The first occurrence of a byte.
     *
     * @param buffer where
     * @param start of the range
     * @param end of the range, exclusive
     * @param value the byte
     * @return its offset, or {@code end} if there is none
     */
    public static int indexOf(UnsafeBuffer buffer, int start, int end, byte value) {
        long repeated = Swar.repeat(value);
        for (int at = start; at < end; at += Long.BYTES) {
            long found = Swar.equal(buffer.getLong(at, ByteOrder.LITTLE_ENDIAN), repeated);
            if (found != 0) {
                return Math.min(end, at + Swar.first(found));
            }
        }
        return end;
    }

    /**
     * Where the bytes begin that follow some occurrences of one byte.
     *
     * @param buffer where
     * @param start of the range
     * @param end of the range, exclusive
     * @param value the byte
     * @param count how many occurrences are passed by, 0 or more
     * @return the offset behind the last of them, {@code end} at most; -1 if there are fewer
     */
    public static int behind(UnsafeBuffer buffer, int start, int end, byte value, int count) {
        if (count == 0) {
            return start;
        }
        long repeated = Swar.repeat(value);
        int left = count;
        for (int at = start; at < end; at += Long.BYTES) {
            long found = Swar.equal(buffer.getLong(at, ByteOrder.LITTLE_ENDIAN), repeated);
            int here = Long.bitCount(found);
            if (here >= left) {
                for (; left > 1; left--) {
                    found = Swar.rest(found);
                }
                int offset = at + Swar.first(found);
                return offset < end ? offset + 1 : -1;
            }
            left -= here;
        }
        return -1;
    }

    /**
     * The first occurrence of a sequence of bytes.
     *
     * <p>Looks for its first and last byte at their distance, and compares the others only where both are.
     *
     * @param buffer where
     * @param start of the range
     * @param end of the range, exclusive
     * @param pattern the bytes; none are found at {@code start}
     * @return where it begins, or {@code end} if it is not there whole (of an empty range with an empty pattern, {@code start})
     */
    public static int indexOf(UnsafeBuffer buffer, int start, int end, byte[] pattern) {
        if (pattern.length <= 1) {
            return pattern.length == 0 ? start : indexOf(buffer, start, end, pattern[0]);
        }
        int distance = pattern.length - 1;
        long firsts = Swar.repeat(pattern[0]);
        long lasts = Swar.repeat(pattern[distance]);
        int lastStart = end - pattern.length;
        for (int at = start; at <= lastStart; at += Long.BYTES) {
            long found = Swar.equal(buffer.getLong(at, ByteOrder.LITTLE_ENDIAN), firsts)
                    & Swar.equal(buffer.getLong(at + distance, ByteOrder.LITTLE_ENDIAN), lasts);
            for (; found != 0; found = Swar.rest(found)) {
                int candidate = at + Swar.first(found);
                if (candidate <= lastStart && isAt(buffer, candidate, pattern)) {
                    return candidate;
                }
            }
        }
        return end;
    }

    /**
     * Whether a range begins with a sequence of bytes.
     *
     * @param buffer where
     * @param start of the range
     * @param end of the range, exclusive
     * @param pattern the bytes
     * @return true also when there are none
     */
    public static boolean startsWith(UnsafeBuffer buffer, int start, int end, byte[] pattern) {
        return pattern.length <= end - start && isAt(buffer, start, pattern);
    }

    /**
     * Whether a range ends with a sequence of bytes.
     *
     * @param buffer where
     * @param start of the range
     * @param end of the range, exclusive
     * @param pattern the bytes
     * @return true also when there are none
     */
    public static boolean endsWith(UnsafeBuffer buffer, int start, int end, byte[] pattern) {
        return pattern.length <= end - start && isAt(buffer, end - pattern.length, pattern);
    }

    /**
     * Whether two ranges hold the same bytes.
     *
     * @param one where
     * @param oneStart of the range there
     * @param other where
     * @param otherStart of the range there
     * @param length of both
     * @return true also when it is 0
     */
    public static boolean areSame(UnsafeBuffer one, int oneStart, UnsafeBuffer other, int otherStart, int length) {
        int whole = length & -Long.BYTES;
        for (int i = 0; i < whole; i += Long.BYTES) {
            if (one.getLong(oneStart + i) != other.getLong(otherStart + i)) {
                return false;
            }
        }
        int rest = length - whole;
        if (rest == 0) {
            return true;
        }
        long difference = one.getLong(oneStart + whole, ByteOrder.LITTLE_ENDIAN)
                ^ other.getLong(otherStart + whole, ByteOrder.LITTLE_ENDIAN);
        return difference << Long.SIZE - rest * Byte.SIZE == 0;
    }

    private static boolean isAt(UnsafeBuffer buffer, int at, byte[] pattern) {
        for (int i = 0; i < pattern.length; i++) {
            if (buffer.getByte(at + i) != pattern[i]) {
                return false;
            }
        }
        return true;
    }
}

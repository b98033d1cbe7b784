package io.millrace.offheap.codec;

import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads plain numbers where they lie, eight digits at a time. Whatever is not plain (and may be a number all the same, or
 * none) is left to the caller: nothing is thrown. Allocates nothing. The buffer must be readable 16 bytes behind the range,
 * as the buffers of memory regions are.
 */
public final class AsciiNumbers {

    /** The most digits that are read: so many always fit a long. */
    public static final int MAX_DIGITS = 18;

    /** What {@link #digits} gives for a range that is not plain. */
    public static final long NOT_PLAIN = -1;

    private static final long ZEROS = 0x3030303030303030L;
    private static final long MORE_THAN_9 = 0x7676767676767676L;
    private static final long MAX_EXACT = 1L << 53;
    private static final long[] LONG_POWERS = new long[MAX_DIGITS + 1];
    private static final double[] DOUBLE_POWERS = new double[MAX_DIGITS + 1];

    static {
        long power = 1;
        for (int i = 0; i <= MAX_DIGITS; i++, power *= 10) {
            LONG_POWERS[i] = power;
            DOUBLE_POWERS[i] = power; // exact: up to 10^22 they all are
        }
    }

    private AsciiNumbers() {}

    /**
     * The value of a row of digits.
     *
     * @param buffer where
     * @param start of the range
     * @param end of the range, exclusive
     * @return 0 or more; {@link #NOT_PLAIN} unless the range is 1 to {@value #MAX_DIGITS} of {@code 0} to {@code 9}
     */
    public static long digits(UnsafeBuffer buffer, int start, int end) {
        int length = end - start;
        if (length <= 0 || length > MAX_DIGITS) {
            return NOT_PLAIN;
        }
        int head = length & 7; // the odd digits come first, so that the rest is whole words
        long value = 0;
        if (head > 0) {
            int behind = Long.SIZE - head * Byte.SIZE;
            value = eight((buffer.getLong(start, ByteOrder.LITTLE_ENDIAN) ^ ZEROS) << behind);
            if (value < 0) {
                return NOT_PLAIN;
            }
        }
        for (int at = start + head; at < end; at += Long.BYTES) {
            long word = eight(buffer.getLong(at, ByteOrder.LITTLE_ENDIAN) ^ ZEROS);
            if (word < 0) {
                return NOT_PLAIN;
            }
            value = value * 100_000_000 + word;
        }
        return value;
    }

    /** Eight digits, each a byte of 0 to 9, the first one lowest; neighbours are joined to pairs, fours, eight. */
    private static long eight(long digits) {
        if (((digits + MORE_THAN_9 | digits) & Swar.HIGH_BITS) != 0) {
            return NOT_PLAIN;
        }
        long pairs = digits * 10 + (digits >>> 8) & 0x00FF00FF00FF00FFL;
        long fours = pairs * 100 + (pairs >>> 16) & 0x0000FFFF0000FFFFL;
        return fours * 10_000 + (fours >>> 32) & 0xFFFFFFFFL;
    }

    /**
     * The double nearest to a decimal number, exactly that of {@link Double#parseDouble}: digits with at most one point among
     * them and a sign before them. A whole number and a power of ten that doubles hold exactly need but one division, which
     * rounds right.
     *
     * @param buffer where
     * @param start of the range
     * @param end of the range, exclusive
     * @return the value; NaN unless the range is such a number, of at most {@value #MAX_DIGITS} digits that make at most 2^53
     */
    public static double decimal(UnsafeBuffer buffer, int start, int end) {
        boolean isNegative = start < end && buffer.getByte(start) == '-';
        int first = isNegative || start < end && buffer.getByte(start) == '+' ? start + 1 : start;
        int point = ByteSearch.indexOf(buffer, first, end, (byte) '.');
        long whole = digits(buffer, first, point);
        int decimals = Math.max(0, end - point - 1);
        if (point < end) {
            long part = digits(buffer, point + 1, end);
            boolean isPlain = whole >= 0 && part >= 0 && point - first + decimals <= MAX_DIGITS;
            whole = isPlain ? whole * LONG_POWERS[decimals] + part : NOT_PLAIN;
        }
        if (whole < 0 || whole > MAX_EXACT) {
            return Double.NaN;
        }
        double value = whole / DOUBLE_POWERS[decimals];
        return isNegative ? -value : value;
    }
}

package io.millrace.engine.lane;

/** Eight bytes at a time: exact masks with the high bit of each byte that matches, lowest byte first. */
final class Swar {
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long LOW_BITS = 0x7f7f_7f7f_7f7f_7f7fL;

    private Swar() {}

    /** The byte, eight times. */
    static long repeated(byte value) {
        return (value & 0xffL) * ONES;
    }

    /** High bits where a byte of {@code word} is zero; exact, unlike the shorter form that carries into higher bytes. */
    static long zeros(long word) {
        return ~(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS);
    }

    /** The mask without the bytes from {@code count} on, for {@code 1 <= count}; all of it for 8 and more. */
    static long firstBytes(long mask, int count) {
        return count >= Long.BYTES ? mask : mask & ((1L << (count << 3)) - 1);
    }

    /** Which byte the lowest bit of a mask belongs to. */
    static int firstByte(long mask) {
        return Long.numberOfTrailingZeros(mask) >>> 3;
    }
}

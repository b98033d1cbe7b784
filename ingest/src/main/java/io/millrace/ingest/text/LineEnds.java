package io.millrace.ingest.text;

/**
 * Looks at eight bytes at a time, held in one long with the first byte in the lowest place.
 *
 * <p>Every sum below stays within its byte (7 bits plus a number under 128), so each byte is judged alone and exactly: no carry
 * invents a match.
 */
final class LineEnds {
    private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
    private static final long HIGH_BITS = 0x8080808080808080L;
    /** Sets a byte's high bit when its low bits are at least {@code '\n'}. */
    private static final long FROM_LF = (0x80L - '\n') * 0x0101010101010101L;
    /** Sets a byte's high bit when its low bits are more than {@code '\r'}. */
    private static final long AFTER_CR = (0x80L - '\r' - 1) * 0x0101010101010101L;

    private LineEnds() {}

    /**
     * The bytes from {@code '\n'} to {@code '\r'}: the two line ends, and vertical tab and form feed, so rare that the caller
     * tells them apart afterwards.
     *
     * @return the high bit of each such byte
     */
    static long candidates(long word) {
        long low = word & LOW_BITS;
        return (low + FROM_LF) & ~(low + AFTER_CR) & ~word & HIGH_BITS;
    }

    /** Whether any byte is not ASCII. */
    static boolean hasNonAscii(long word) {
        return (word & HIGH_BITS) != 0;
    }

    /** Which of the eight bytes the lowest bit in {@code bits} belongs to. */
    static int firstByte(long bits) {
        return Long.numberOfTrailingZeros(bits) >>> 3;
    }
}

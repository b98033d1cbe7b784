package io.millrace.ingest.text;

import io.millrace.offheap.codec.Swar;

/** Line ends, eight bytes at a time, in the manner of {@link Swar}. */
public final class LineEnds {
    private static final long LOW_BITS = ~Swar.HIGH_BITS;
    /** Sets a byte's high bit when its low bits are at least {@code '\n'}. */
    private static final long FROM_LF = Swar.repeat((byte) (0x80 - '\n'));
    /** Sets a byte's high bit when its low bits are more than {@code '\r'}. */
    private static final long AFTER_CR = Swar.repeat((byte) (0x80 - '\r' - 1));

    private LineEnds() {}

    /**
     * The bytes from {@code '\n'} to {@code '\r'}: the two line ends, and vertical tab and form feed, so rare that the caller
     * tells them apart afterwards.
     *
     * @param word eight bytes
     * @return the high bit of each such byte
     */
    public static long candidates(long word) {
        long low = word & LOW_BITS;
        return (low + FROM_LF) & ~(low + AFTER_CR) & ~word & Swar.HIGH_BITS;
    }
}

package io.millrace.offheap.codec;

/**
 * Eight bytes at a time, in one long with the first byte lowest (little-endian). Answers mark a byte by its high bit.
 *
 * <p>All sums stay within their byte, so each byte is judged alone and exactly: no carry invents a match.
 */
public final class Swar {

    /** The high bit of each byte. */
    public static final long HIGH_BITS = 0x8080808080808080L;

    private static final long ONES = 0x0101010101010101L;
    private static final long LOW_BITS = ~HIGH_BITS;

    private Swar() {}

    /**
     * One byte eight times.
     *
     * @param value the byte
     * @return what {@link #equal} compares with
     */
    public static long repeat(byte value) {
        return ONES * (value & 0xFF);
    }

    /**
     * Which bytes have one value.
     *
     * @param word eight bytes
     * @param repeated the value, from {@link #repeat}
     * @return the high bit of each such byte
     */
    public static long equal(long word, long repeated) {
        long difference = word ^ repeated;
        // A byte is zero when neither its low bits carry into its high bit nor that one is set itself.
        return ~((difference & LOW_BITS) + LOW_BITS | difference | LOW_BITS);
    }

    /**
     * Which bytes are ASCII white space: tab, line feed, vertical tab, form feed, carriage return (9 to 13), and space.
     *
     * @param word eight bytes
     * @return the high bit of each such byte
     */
    public static long whiteSpace(long word) {
        long low = word & LOW_BITS;
        long from9 = low + ONES * (0x80 - 9);
        long from14 = low + ONES * (0x80 - 14);
        long control = from9 & ~from14 & ~word & HIGH_BITS;
        return control | equal(word, ONES * ' ');
    }

    /**
     * Which bytes are not ASCII.
     *
     * @param word eight bytes
     * @return the high bit of each such byte
     */
    public static long notAscii(long word) {
        return word & HIGH_BITS;
    }

    /**
     * The first byte that is marked.
     *
     * @param marks an answer of this class
     * @return 0 to 7; 8 when none is
     */
    public static int first(long marks) {
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }

    /**
     * The marks behind the first one, for loops over all of them.
     *
     * @param marks an answer of this class
     * @return the same without its first mark
     */
    public static long rest(long marks) {
        return marks & marks - 1;
    }
}

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
        return between(word, '\t', '\r') | equal(word, ONES * ' ');
    }

    /**
     * The ASCII letters in lower case; other bytes stay.
     *
     * @param word eight bytes
     * @return the same, changed
     */
    public static long lowerCase(long word) {
        return word | between(word, 'A', 'Z') >>> 2; // the bit 0x20
    }

    /**
     * The ASCII letters in upper case; other bytes stay.
     *
     * @param word eight bytes
     * @return the same, changed
     */
    public static long upperCase(long word) {
        return word & ~(between(word, 'a', 'z') >>> 2);
    }

    /** Which bytes are ASCII from {@code least} to {@code most}. */
    private static long between(long word, int least, int most) {
        long low = word & LOW_BITS;
        long fromLeast = low + ONES * (0x80 - least);
        long beyondMost = low + ONES * (0x80 - 1 - most);
        return fromLeast & ~beyondMost & ~word & HIGH_BITS;
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

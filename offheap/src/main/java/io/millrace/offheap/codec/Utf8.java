package io.millrace.offheap.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * UTF-8 without garbage, meaning exactly what Java's String means by it: what {@link #isValid} calls valid goes through a String
 * and back unchanged, and {@link #repair} gives the bytes of {@code new String(bytes, UTF_8)}.
 *
 * <p>ASCII is looked at eight bytes at a time. Thread: any.
 */
public final class Utf8 {

    /** The most bytes that one char of a String takes. */
    public static final int MAX_BYTES_PER_CHAR = 3;

    /** U+FFFD takes so many. */
    private static final int REPLACEMENT_BYTES = 3;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Utf8() {}

    /**
     * Whether bytes are valid UTF-8: whole, shortest form, no surrogates, nothing above U+10FFFF.
     *
     * @param buffer where; nothing outside the range is read
     * @param offset of the first byte
     * @param length how many
     * @return true also when there are none
     */
    public static boolean isValid(UnsafeBuffer buffer, int offset, int length) {
        int end = offset + length;
        return validUpTo(buffer, offset, end) == end;
    }

    /**
     * Whether bytes are valid UTF-8: whole, shortest form, no surrogates, nothing above U+10FFFF.
     *
     * @param bytes where
     * @param offset of the first byte
     * @param length how many
     * @return true also when there are none
     */
    public static boolean isValid(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        while (at < end) {
            while (at <= end - Long.BYTES && Swar.notAscii((long) LONGS.get(bytes, at)) == 0) {
                at += Long.BYTES;
            }
            while (at < end && bytes[at] >= 0) {
                at++;
            }
            while (at < end && bytes[at] < 0) {
                boolean isFarFromEnd = end - at >= Integer.BYTES;
                int word = isFarFromEnd ? (int) INTS.get(bytes, at) : lastBytes(bytes, at, end);
                int sequence = sequence(word);
                if (sequence < 0) {
                    return false;
                }
                at += sequence;
            }
        }
        return true;
    }

    /** Where the first malformed sequence begins, or the end. */
    private static int validUpTo(UnsafeBuffer buffer, int start, int end) {
        int at = start;
        while (at < end) {
            while (at <= end - Long.BYTES && Swar.notAscii(buffer.getLong(at, ByteOrder.LITTLE_ENDIAN)) == 0) {
                at += Long.BYTES;
            }
            while (at < end && buffer.getByte(at) >= 0) {
                at++;
            }
            while (at < end && buffer.getByte(at) < 0) {
                boolean isFarFromEnd = end - at >= Integer.BYTES;
                int word = isFarFromEnd ? buffer.getInt(at, ByteOrder.LITTLE_ENDIAN) : lastBytes(buffer, at, end);
                int sequence = sequence(word);
                if (sequence < 0) {
                    return at;
                }
                at += sequence;
            }
        }
        return end;
    }

    /**
     * How many chars a String of these bytes has.
     *
     * @param buffer where; must be readable 16 bytes behind the range, as the buffers of memory regions are
     * @param start of the range, which is valid UTF-8
     * @param end of the range, exclusive
     * @return the length in UTF-16 units: one for each sequence, two for one of four bytes
     */
    public static int charCount(UnsafeBuffer buffer, int start, int end) {
        int chars = end - start;
        for (int at = start; at < end; at += Long.BYTES) {
            long word = buffer.getLong(at, ByteOrder.LITTLE_ENDIAN);
            if (end - at < Long.BYTES) {
                word &= (1L << (end - at) * Byte.SIZE) - 1;
            }
            long notAscii = Swar.notAscii(word);
            if (notAscii != 0) {
                long continuing = notAscii & ~(word << 1);
                long leadingFour = notAscii & word << 1 & word << 2 & word << 3;
                chars += Long.bitCount(leadingFour) - Long.bitCount(continuing);
            }
        }
        return chars;
    }

    /**
     * How long bytes are once they are repaired: never shorter than they were. Allocates nothing.
     *
     * @param buffer where; nothing outside the range is read
     * @param offset of the first byte
     * @param length how many
     * @return bytes, at most three times {@code length}, which may be more than an array can hold
     */
    public static long repairedLength(UnsafeBuffer buffer, int offset, int length) {
        int end = offset + length;
        long repaired = length;
        for (int at = validUpTo(buffer, offset, end); at < end; at = validUpTo(buffer, at, end)) {
            int replaced = -sequence(lastBytes(buffer, at, end));
            repaired += REPLACEMENT_BYTES - replaced;
            at += replaced;
        }
        return repaired;
    }

    /**
     * Copy bytes so that they are valid UTF-8: each malformed sequence becomes U+FFFD, as {@code new String(bytes, UTF_8)}
     * does it. Allocates nothing.
     *
     * <p>Source and target may overlap if the source ends where the target does or behind it: what is written never gets ahead of
     * what is read, because no repair makes bytes fewer.
     *
     * @param buffer where; nothing outside the range is read
     * @param offset of the first byte
     * @param length how many
     * @param target set from {@code targetOffset} on, with room for {@link #repairedLength}
     */
    public static void repair(UnsafeBuffer buffer, int offset, int length, UnsafeBuffer target, int targetOffset) {
        int end = offset + length;
        int written = targetOffset;
        for (int at = offset; at < end; ) {
            int malformed = validUpTo(buffer, at, end);
            // Looked at before anything is written: it may lie where it is written.
            int replaced = malformed < end ? -sequence(lastBytes(buffer, malformed, end)) : 0;
            target.putBytes(written, buffer, at, malformed - at);
            written += malformed - at;
            at = malformed + replaced;
            if (replaced > 0) {
                target.putByte(written, (byte) 0xEF);
                target.putByte(written + 1, (byte) 0xBF);
                target.putByte(written + 2, (byte) 0xBD);
                written += REPLACEMENT_BYTES;
            }
        }
    }

    private static int lastBytes(UnsafeBuffer buffer, int at, int end) {
        int word = 0;
        for (int i = Math.min(end, at + Integer.BYTES) - 1; i >= at; i--) {
            word = word << Byte.SIZE | buffer.getByte(i) & 0xFF;
        }
        return word;
    }

    private static int lastBytes(byte[] bytes, int at, int end) {
        int word = 0;
        for (int i = end - 1; i >= at; i--) {
            word = word << Byte.SIZE | bytes[i] & 0xFF;
        }
        return word;
    }

    /**
     * Judge the sequence that begins with a byte that is not ASCII.
     *
     * @param word its bytes, the first one lowest; zero for those behind the end, which thus do not continue it
     * @return 2 to 4, its length; or, when it is malformed, minus the number of bytes that Java replaces together
     */
    private static int sequence(int word) {
        int lead = word & 0xFF;
        if (lead < 0xC2 || (word & 0xC000) != 0x8000) {
            return -1;
        }
        if (lead < 0xE0) {
            return 2;
        }
        int second = word >>> 8 & 0xFF;
        boolean isThirdThere = (word & 0xC0_0000) == 0x80_0000;
        if (lead < 0xF0) {
            if (lead == 0xE0 && second < 0xA0) {
                return -1;
            }
            if (!isThirdThere) {
                return -2;
            }
            return lead == 0xED && second >= 0xA0 ? -3 : 3;
        }
        if (lead > 0xF4 || lead == 0xF0 && second < 0x90 || lead == 0xF4 && second > 0x8F) {
            return -1;
        }
        if (!isThirdThere) {
            return -2;
        }
        return (word & 0xC000_0000) == 0x8000_0000 ? 4 : -3;
    }

    /**
     * Encode a text.
     *
     * @param text any String
     * @param target set from 0 on; {@link #MAX_BYTES_PER_CHAR} times the text's length always suffices
     * @return how many bytes were written; or -1 when the text has a lone surrogate, for which UTF-8 has no bytes
     */
    public static int encode(String text, byte[] target) {
        return encode(text, target, 0);
    }

    /**
     * Encode a text.
     *
     * @param text any String
     * @param target set from {@code offset} on; {@link #MAX_BYTES_PER_CHAR} times the text's length always suffices
     * @param offset of the first byte
     * @return how many bytes were written; or -1 when the text has a lone surrogate, for which UTF-8 has no bytes
     */
    public static int encode(String text, byte[] target, int offset) {
        int length = text.length();
        int ascii = 0;
        while (ascii < length) {
            char c = text.charAt(ascii);
            if (c >= 0x80) {
                int end = encodeFrom(text, ascii, target, offset + ascii);
                return end < 0 ? end : end - offset;
            }
            target[offset + ascii++] = (byte) c;
        }
        return length;
    }

    private static int encodeFrom(String text, int from, byte[] target, int offset) {
        int length = text.length();
        int written = offset;
        for (int i = from; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                target[written++] = (byte) c;
            } else if (c < 0x800) {
                target[written++] = (byte) (0xC0 | c >> 6);
                target[written++] = (byte) (0x80 | c & 0x3F);
            } else if (!Character.isSurrogate(c)) {
                target[written++] = (byte) (0xE0 | c >> 12);
                target[written++] = (byte) (0x80 | c >> 6 & 0x3F);
                target[written++] = (byte) (0x80 | c & 0x3F);
            } else {
                int codePoint = text.codePointAt(i++);
                if (codePoint < 0x10000) {
                    return -1;
                }
                target[written++] = (byte) (0xF0 | codePoint >> 18);
                target[written++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
                target[written++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
                target[written++] = (byte) (0x80 | codePoint & 0x3F);
            }
        }
        return written;
    }

    /**
     * What {@link String#hashCode()} gives for a text, without making the String when it is ASCII.
     *
     * @param buffer holds the text, valid UTF-8
     * @return the hash of the String
     */
    public static int javaHash(UnsafeBuffer buffer, int start, int end) {
        int hash = 0;
        for (int at = start; at < end; at++) {
            byte next = buffer.getByte(at);
            if (next < 0) {
                byte[] bytes = new byte[end - start];
                buffer.getBytes(start, bytes);
                return new String(bytes, StandardCharsets.UTF_8).hashCode();
            }
            hash = 31 * hash + next;
        }
        return hash;
    }
}

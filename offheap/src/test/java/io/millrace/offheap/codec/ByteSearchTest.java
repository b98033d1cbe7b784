package io.millrace.offheap.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.offheap.memory.Seeds;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ByteSearchTest {

    private static final int PADDING = 16;

    private static UnsafeBuffer buffer(byte[] bytes) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[bytes.length + PADDING]);
        buffer.putBytes(0, bytes);
        return buffer;
    }

    @Test
    void everyByteIsJudgedAlone() {
        UnsafeBuffer word = new UnsafeBuffer(new byte[8]);
        Seeds.play(5000, random -> {
            byte wanted = (byte) (random.nextBoolean() ? random.nextInt(256) : ' ');
            for (int i = 0; i < 8; i++) {
                // Values one apart are where a carry would show.
                word.putByte(i, (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : wanted + random.nextInt(3) - 1));
            }
            long bytes = word.getLong(0, ByteOrder.LITTLE_ENDIAN);
            long equal = Swar.equal(bytes, Swar.repeat(wanted));
            long white = Swar.whiteSpace(bytes);
            long notAscii = Swar.notAscii(bytes);
            int firstEqual = 8;
            for (int i = 7; i >= 0; i--) {
                byte value = word.getByte(i);
                boolean isWhite = value == ' ' || value >= 9 && value <= 13;
                assertEquals(value == wanted, isMarked(equal, i));
                assertEquals(isWhite, isMarked(white, i));
                assertEquals(value < 0, isMarked(notAscii, i));
                firstEqual = value == wanted ? i : firstEqual;
            }
            assertEquals(0, (equal | white) & ~Swar.HIGH_BITS);
            assertEquals(firstEqual, Swar.first(equal));
            assertEquals(Math.max(0, Long.bitCount(equal) - 1), Long.bitCount(Swar.rest(equal)));
        });
    }

    private static boolean isMarked(long marks, int index) {
        return (marks >>> 8 * index + 7 & 1) == 1;
    }

    @Test
    void allWhiteSpaceAndNothingElseIsWhiteSpace() {
        for (int value = 0; value < 256; value++) {
            long marks = Swar.whiteSpace(Swar.repeat((byte) value));
            boolean isWhite = value == ' ' || value >= 9 && value <= 13;
            assertEquals(isWhite ? Swar.HIGH_BITS : 0, marks, "byte " + value);
        }
    }

    @Test
    void whatFollowsSomeOccurrencesIsFoundWhereAStringFindsIt() {
        Seeds.play(20_000, random -> {
            String text = soup(random, random.nextInt(60));
            UnsafeBuffer buffer = buffer(text.getBytes(StandardCharsets.ISO_8859_1));
            int start = random.nextInt(text.length() + 1);
            int end = start + random.nextInt(text.length() - start + 1);
            byte wanted = (byte) 'a';
            int count = random.nextInt(20);
            int expected = start;
            for (int i = 0; i < count && expected >= 0; i++) {
                int found = text.substring(0, end).indexOf(wanted, expected);
                expected = found < 0 ? -1 : found + 1;
            }
            assertEquals(expected, ByteSearch.behind(buffer, start, end, wanted, count), text);
        });
    }

    @Test
    void aByteOrAPatternIsFoundWhereAStringFindsIt() {
        Seeds.play(20_000, random -> {
            String text = soup(random, random.nextInt(60));
            String pattern = soup(random, random.nextInt(5));
            UnsafeBuffer buffer = buffer(text.getBytes(StandardCharsets.ISO_8859_1));
            int start = random.nextInt(text.length() + 1);
            int end = start + random.nextInt(text.length() - start + 1);
            String range = text.substring(start, end);
            byte[] bytes = pattern.getBytes(StandardCharsets.ISO_8859_1);

            int expected = range.indexOf(pattern);
            assertEquals(expected < 0 ? end : start + expected, ByteSearch.indexOf(buffer, start, end, bytes));
            assertEquals(range.startsWith(pattern), ByteSearch.startsWith(buffer, start, end, bytes));
            assertEquals(range.endsWith(pattern), ByteSearch.endsWith(buffer, start, end, bytes));
            int a = range.indexOf('a');
            assertEquals(a < 0 ? end : start + a, ByteSearch.indexOf(buffer, start, end, (byte) 'a'));
        });
    }

    /** Few letters, so that parts of a pattern come up often. */
    private static String soup(Random random, int length) {
        StringBuilder soup = new StringBuilder();
        for (int i = 0; i < length; i++) {
            soup.append("aab\u00ff".charAt(random.nextInt(4)));
        }
        return soup.toString();
    }

    @Test
    void whatStandsBehindTheRangeIsNotFound() {
        UnsafeBuffer buffer = buffer("xxxxxxab".getBytes(StandardCharsets.US_ASCII));
        assertEquals(7, ByteSearch.indexOf(buffer, 0, 7, (byte) 'b'));
        assertEquals(7, ByteSearch.indexOf(buffer, 0, 7, new byte[] {'a', 'b'}));
        assertEquals(6, ByteSearch.indexOf(buffer, 0, 8, new byte[] {'a', 'b'}));
        assertEquals(0, ByteSearch.indexOf(buffer, 0, 0, new byte[] {'x', 'x'}));
    }

    @Test
    void rangesAreTheSameWhenArraysOfTheirBytesAre() {
        Seeds.play(20_000, random -> {
            byte[] one = new byte[random.nextInt(40)];
            random.nextBytes(one);
            byte[] other = one.clone();
            if (one.length > 0 && random.nextBoolean()) {
                other[random.nextInt(one.length)] ^= (byte) (1 << random.nextInt(8));
            }
            int oneStart = random.nextInt(9);
            int otherStart = random.nextInt(9);
            assertEquals(
                    Arrays.equals(one, other),
                    ByteSearch.areSame(
                            amongOthers(one, oneStart, random),
                            oneStart,
                            amongOthers(other, otherStart, random),
                            otherStart,
                            one.length));
        });
    }

    private static UnsafeBuffer amongOthers(byte[] bytes, int start, Random random) {
        byte[] all = new byte[start + bytes.length + PADDING];
        random.nextBytes(all);
        System.arraycopy(bytes, 0, all, start, bytes.length);
        return new UnsafeBuffer(all);
    }
}

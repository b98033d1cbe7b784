package io.millrace.offheap.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.offheap.memory.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class AsciiNumbersTest {

    private static final String ALMOST_DIGITS = "0123456789/:.-+ e\u00ff\u00b0\u0000";

    /** A text in the middle of bytes that look as if they went on with it. */
    private record Framed(UnsafeBuffer buffer, int start, int end) {

        static Framed of(String text) {
            byte[] bytes = ("73" + text + "8".repeat(20)).getBytes(StandardCharsets.ISO_8859_1);
            return new Framed(new UnsafeBuffer(bytes), 2, 2 + text.length());
        }

        long digits() {
            return AsciiNumbers.digits(buffer, start, end);
        }

        double decimal() {
            return AsciiNumbers.decimal(buffer, start, end);
        }
    }

    @Test
    void oneToEighteenDigitsAreANumber() {
        Seeds.play(20_000, random -> {
            String text = digits(random, 1 + random.nextInt(AsciiNumbers.MAX_DIGITS));
            assertEquals(Long.parseLong(text), Framed.of(text).digits(), text);
        });
    }

    @Test
    void whatIsNotDigitsOnlyIsNotPlain() {
        Seeds.play(20_000, random -> {
            StringBuilder text = new StringBuilder(digits(random, 1 + random.nextInt(AsciiNumbers.MAX_DIGITS)));
            char other = ALMOST_DIGITS.charAt(10 + random.nextInt(ALMOST_DIGITS.length() - 10));
            text.setCharAt(random.nextInt(text.length()), other);
            assertEquals(AsciiNumbers.NOT_PLAIN, Framed.of(text.toString()).digits(), text.toString());
        });
        assertEquals(AsciiNumbers.NOT_PLAIN, Framed.of("").digits());
        assertEquals(AsciiNumbers.NOT_PLAIN, Framed.of("0".repeat(19)).digits());
    }

    @Test
    void aDecimalIsTheDoubleThatJavaReads() {
        Seeds.play(50_000, random -> {
            String text = sign(random) + digits(random, 1 + random.nextInt(12));
            if (random.nextInt(4) > 0) {
                text += "." + digits(random, 1 + random.nextInt(8));
            }
            double decimal = Framed.of(text).decimal();
            if (!Double.isNaN(decimal)) {
                assertEquals(Double.parseDouble(text), decimal, text);
            } else {
                assertEquals(true, text.length() > 15, text + " is plain");
            }
        });
    }

    @Test
    void zeroKeepsItsSign() {
        assertEquals(-0.0, Framed.of("-0.00").decimal());
        assertEquals(0.0, Framed.of("+0").decimal());
    }

    @Test
    void aDecimalIsPlainUpToTheIntegersThatDoublesHold() {
        assertEquals(9007199254740992.0, Framed.of("9007199254740992").decimal());
        assertEquals(Double.NaN, Framed.of("9007199254740993").decimal());
        assertEquals(0.9007199254740991, Framed.of("0.9007199254740991").decimal());
        assertEquals(Double.NaN, Framed.of("0.9007199254740993").decimal());
    }

    @Test
    void whatIsNoDecimalIsNaN() {
        for (String text : new String[] {
            "", "+", "-", ".", "-.", "1.", ".1", "1.2.3", "1e3", " 1", "1 ", "--1", "1,5", "NaN", "0x1", "1d"
        }) {
            assertEquals(Double.NaN, Framed.of(text).decimal(), text);
        }
        Seeds.play(20_000, random -> {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(8); i >= 0; i--) {
                text.append(ALMOST_DIGITS.charAt(random.nextInt(ALMOST_DIGITS.length())));
            }
            double decimal = Framed.of(text.toString()).decimal();
            if (!Double.isNaN(decimal)) {
                assertEquals(Double.parseDouble(text.toString()), decimal, text.toString());
            }
        });
    }

    private static String sign(Random random) {
        return new String[] {"", "", "-", "+"}[random.nextInt(4)];
    }

    private static String digits(Random random, int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append(random.nextInt(4) == 0 ? '0' : (char) ('0' + random.nextInt(10)));
        }
        return digits.toString();
    }
}

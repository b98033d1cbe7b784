package io.millrace.offheap.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.offheap.memory.Seeds;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class Utf8Test {

    /** Bytes at which the rules of UTF-8 change, most likely to make something almost valid. */
    private static final int[] EDGES = {
        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
        0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF7, 0xF8, 0xFB, 0xFC, 0xFE, 0xFF
    };

    private static void assertAsString(byte[] bytes) {
        byte[] expected = new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        // Once in the middle of other bytes, which must not matter.
        byte[] framed = new byte[bytes.length + 7];
        Arrays.fill(framed, (byte) 0x80);
        System.arraycopy(bytes, 0, framed, 3, bytes.length);
        UnsafeBuffer buffer = new UnsafeBuffer(framed);

        assertEquals(expected.length, Utf8.repairedLength(buffer, 3, bytes.length), () -> hex(bytes));
        byte[] target = new byte[expected.length + 2];
        Utf8.repair(buffer, 3, bytes.length, new UnsafeBuffer(target), 1);
        assertArrayEquals(expected, Arrays.copyOfRange(target, 1, 1 + expected.length), () -> hex(bytes));

        // And in place, from the end of the room that the repaired bytes need.
        byte[] room = new byte[expected.length];
        System.arraycopy(bytes, 0, room, room.length - bytes.length, bytes.length);
        UnsafeBuffer inPlace = new UnsafeBuffer(room);
        Utf8.repair(inPlace, room.length - bytes.length, bytes.length, inPlace, 0);
        assertArrayEquals(expected, room, () -> hex(bytes));

        boolean isValid = isValid(bytes);
        assertEquals(isValid, Utf8.isValid(buffer, 3, bytes.length), () -> hex(bytes));
        assertEquals(isValid, Utf8.isValid(framed, 3, bytes.length), () -> hex(bytes));
    }

    private static boolean isValid(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException invalid) {
            return false;
        }
    }

    private static String hex(byte[] bytes) {
        StringBuilder hex = new StringBuilder();
        for (byte value : bytes) {
            hex.append(String.format("%02x ", value));
        }
        return hex.toString();
    }

    @Test
    void everySequenceOfUpToFourEdgeBytesIsReadAsAStringReadsIt() {
        assertAsString(new byte[0]);
        for (int a : EDGES) {
            assertAsString(new byte[] {(byte) a});
            for (int b : EDGES) {
                assertAsString(new byte[] {(byte) a, (byte) b});
                for (int c : EDGES) {
                    assertAsString(new byte[] {(byte) a, (byte) b, (byte) c});
                }
            }
        }
        for (int lead : EDGES) {
            for (int b : EDGES) {
                for (int c : new int[] {0x41, 0x7F, 0x80, 0xBF, 0xC0, 0xE2, 0xF0}) {
                    for (int d : new int[] {0x41, 0x7F, 0x80, 0xBF, 0xC0, 0xE2, 0xF0}) {
                        assertAsString(new byte[] {(byte) lead, (byte) b, (byte) c, (byte) d});
                        assertAsString(new byte[] {'x', (byte) lead, (byte) b, (byte) c, (byte) d, 'y'});
                    }
                }
            }
        }
    }

    @Test
    void randomByteSoupIsReadAsAStringReadsIt() {
        Seeds.play(20_000, random -> {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte)
                        switch (random.nextInt(4)) {
                            case 0 -> random.nextInt(256);
                            case 1 -> 'a' + random.nextInt(26);
                            default -> EDGES[random.nextInt(EDGES.length)];
                        };
            }
            assertAsString(bytes);
        });
    }

    @Test
    void textCutAnywhereIsReadAsAStringReadsIt() {
        byte[] text = "plain, then ß and 漢字 and 𝄞 and again plain to the end".getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from <= text.length; from++) {
            for (int to = from; to <= text.length; to++) {
                assertAsString(Arrays.copyOfRange(text, from, to));
            }
        }
    }

    @Test
    void textIsEncodedAsAStringEncodesIt() {
        Seeds.play(5000, random -> {
            String text = text(random, random.nextInt(30));
            byte[] target = new byte[text.length() * Utf8.MAX_BYTES_PER_CHAR];
            int length = Utf8.encode(text, target);
            assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), Arrays.copyOf(target, length));
        });
    }

    private static String text(Random random, int codePoints) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < codePoints; i++) {
            int codePoint = switch (random.nextInt(6)) {
                case 0 -> random.nextInt(0x800);
                case 1 -> random.nextInt(0xD800);
                case 2 -> 0xE000 + random.nextInt(0x2000);
                case 3 -> 0x10000 + random.nextInt(0x100000);
                default -> random.nextInt(0x80);
            };
            text.appendCodePoint(codePoint);
        }
        return text.toString();
    }

    @Test
    void aLoneSurrogateHasNoBytes() {
        byte[] target = new byte[100];
        for (String text : new String[] {
            "\uD834",
            "\uDD1E",
            "a\uD834",
            "\uDD1Eb",
            "\uDD1E\uD834",
            "\uD834\uD834\uDD1E",
            "\uD834\uDD1E\uDD1E",
            "é\uD834é"
        }) {
            assertEquals(-1, Utf8.encode(text, target));
        }
        assertEquals(4, Utf8.encode("\uD834\uDD1E", target));
    }

    @Test
    void charsAreCountedAsAStringHasThem() {
        String[] letters = {"a", "b", "é", "\u07ff", "\u0800", "€", "\uffff", "\ud83d\ude00", "\udbff\udfff", "\u0000"};
        Seeds.play(20_000, random -> {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(30); i > 0; i--) {
                text.append(letters[random.nextInt(letters.length)]);
            }
            byte[] bytes = (text + "€€€€€€").getBytes(StandardCharsets.UTF_8);
            int end = bytes.length - 18;
            assertEquals(text.length(), Utf8.charCount(new UnsafeBuffer(bytes), 0, end), text.toString());
        });
    }
}

package io.millrace.scenario;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Texts that hurt: all kinds of blanks, bytes of every length, halves of characters, nothing at all, and far too much. */
final class RandomText {
    private static final String[] PIECES = {
        "a",
        "a",
        "b",
        "ab",
        " ",
        " ",
        "  ",
        "\t",
        "\u000b",
        "\u000c",
        "\r",
        "\u0000",
        "\u001f",
        "\u00a0",
        "\u2003",
        ",",
        ",,",
        "é",
        "ß",
        "\u0130",
        "€",
        "\ufffd",
        "\ud83d\ude00",
        "\uffff",
        "\u007f",
        "\u0080",
        "sixteen bytes ab",
        "sixteen_bytes_ab",
        "sixteen_bytes_ac",
        "the same long beginning and then x",
        "the_same_long_beginning_and_then_y"
    };
    private static final String[] LONE = {"\ud800", "\udc00", "\udfff\ud800"};
    private static final int[] BAD_BYTES = {0x80, 0xbf, 0xc0, 0xc3, 0xe2, 0xf0, 0xf5, 0xff};

    private final RandomGenerator random;

    RandomText(RandomGenerator random) {
        this.random = random;
    }

    /** A batch of lines: strings, and bytes that may be no UTF-8. Most of it is short. */
    List<Object> batch() {
        int size = switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> 1200 + random.nextInt(1200);
            default -> random.nextInt(60);
        };
        boolean hurting = random.nextInt(3) > 0;
        List<Object> lines = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            lines.add(hurting ? hurting(size) : calm());
        }
        return lines;
    }

    private Object hurting(int size) {
        return switch (random.nextInt(size > 1000 ? 400 : 16)) {
            case 0 -> bytes();
            case 1 -> pieces(6) + LONE[random.nextInt(LONE.length)] + pieces(3);
            case 2 -> (random.nextBoolean() ? "x" : "y ").repeat(1 + random.nextInt(6000));
            default -> calm();
        };
    }

    private Object calm() {
        String text = pieces(random.nextInt(12));
        return random.nextInt(4) == 0 ? text.getBytes(StandardCharsets.UTF_8) : text;
    }

    private String pieces(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private byte[] bytes() {
        byte[] bytes = (pieces(5) + "zz" + pieces(5)).getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) BAD_BYTES[random.nextInt(BAD_BYTES.length)];
        }
        return bytes;
    }

    /** What a line is as a record. */
    static String recordOf(Object line) {
        return line instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : (String) line;
    }

    /** Something that may be found in such a text. */
    String needle() {
        return switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> pieces(2);
            default -> PIECES[random.nextInt(PIECES.length)];
        };
    }
}

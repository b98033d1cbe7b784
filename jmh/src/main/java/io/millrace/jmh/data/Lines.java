package io.millrace.jmh.data;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.StringTokenizer;

/**
 * Lines of 100 bytes: 99 ASCII characters and a newline, words separated by one space, drawn from a Zipf(1.0) vocabulary. One
 * line in 10,000 has the word {@value #PATTERN} written over a part of it. Equal arguments give equal bytes. Read-only once
 * made; about 15 words a line.
 *
 * <p>A chunk is 1,000 neighbouring lines, the unit in which lines are fed and counted.
 */
public final class Lines {
    /** Bytes of one line, its newline included. */
    public static final int LINE_BYTES = 100;
    /** Lines of one chunk. */
    public static final int CHUNK_LINES = 1_000;
    /** Bytes of one chunk. */
    public static final int CHUNK_BYTES = CHUNK_LINES * LINE_BYTES;
    /** What one line in 10,000 contains. */
    public static final String PATTERN = "millrace";

    private static final int PATTERN_EVERY = 10_000;

    private final byte[] bytes;

    private Lines(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @param chunks how many chunks there are, at most 20,000 */
    public static Lines zipf(int chunks, int vocabularySize, long seed) {
        Vocabulary vocabulary = new Vocabulary(vocabularySize);
        Zipf ranks = new Zipf(vocabularySize);
        Randomness random = new Randomness(seed);
        byte[] bytes = new byte[Math.multiplyExact(chunks, CHUNK_BYTES)];
        byte[] pattern = PATTERN.getBytes(StandardCharsets.US_ASCII);
        for (int start = 0; start < bytes.length; start += LINE_BYTES) {
            int end = start + LINE_BYTES - 1;
            write(vocabulary, ranks, random, bytes, start, end);
            bytes[end] = '\n';
            if (random.below(PATTERN_EVERY) == 0) {
                int at = start + random.below(LINE_BYTES - 1 - pattern.length);
                System.arraycopy(pattern, 0, bytes, at, pattern.length);
            }
        }
        return new Lines(bytes);
    }

    /** Fills {@code [start, end)} with words; one that leaves no room for another is drawn again. */
    private static void write(Vocabulary vocabulary, Zipf ranks, Randomness random, byte[] bytes, int start, int end) {
        int at = start;
        while (at < end) {
            byte[] word = vocabulary.get(ranks.next(random));
            int left = end - at - word.length;
            if (left == 0 || left > vocabulary.shortest()) {
                System.arraycopy(word, 0, bytes, at, word.length);
                at += word.length;
                if (left > 0) {
                    bytes[at++] = ' ';
                }
            }
        }
    }

    /** All lines, one after the other; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many chunks there are. */
    public int chunks() {
        return bytes.length / CHUNK_BYTES;
    }

    /** How many lines there are. */
    public int count() {
        return bytes.length / LINE_BYTES;
    }

    /** Decodes one line, without its newline. */
    public String line(int index) {
        return new String(bytes, index * LINE_BYTES, LINE_BYTES - 1, StandardCharsets.UTF_8);
    }

    /** Decodes all lines. */
    public String[] strings() {
        String[] strings = new String[count()];
        for (int i = 0; i < strings.length; i++) {
            strings[i] = line(i);
        }
        return strings;
    }

    /** How many words there are. */
    public long words() {
        long words = 0;
        boolean inside = false;
        for (byte b : bytes) {
            words += b > ' ' && !inside ? 1 : 0;
            inside = b > ' ';
        }
        return words;
    }

    /**
     * The judge: words counted by the JDK's own tokenizer, line by line.
     *
     * @param timesFed how often each chunk was fed
     */
    public Map<String, Long> countWords(long[] timesFed) {
        Map<String, Long> counts = new HashMap<>();
        for (int i = 0; i < count(); i++) {
            long times = timesFed[i / CHUNK_LINES];
            StringTokenizer words = new StringTokenizer(times == 0 ? "" : line(i), " ");
            while (words.hasMoreTokens()) {
                counts.merge(words.nextToken(), times, Long::sum);
            }
        }
        return counts;
    }
}

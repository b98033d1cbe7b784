package io.millrace.jmh.data;

/** Distinct lower-case words: 3 to 10 letters each for up to 17,576 words, 5 to 10 for more. */
public final class Vocabulary {
    private static final int LETTERS = 26;
    private static final int MAX_LENGTH = 10;
    private static final int SHORT_STEMS = LETTERS * LETTERS * LETTERS;
    private static final int LONG_STEMS = SHORT_STEMS * LETTERS * LETTERS;

    private final byte[][] words;
    private final int shortest;

    /** @param size at most 11,881,376 */
    public Vocabulary(int size) {
        if (size < 1 || size > LONG_STEMS) {
            throw new IllegalArgumentException("a vocabulary of " + size + " words, expected 1 to " + LONG_STEMS);
        }
        shortest = size <= SHORT_STEMS ? 3 : 5;
        words = new byte[size][];
        for (int i = 0; i < size; i++) {
            words[i] = spell(i);
        }
    }

    /** A stem that no other word has, then letters that only make it longer. */
    private byte[] spell(int index) {
        long random = Randomness.mix(index * 31L + 7);
        byte[] word = new byte[shortest + (int) Long.remainderUnsigned(random, MAX_LENGTH + 1 - shortest)];
        long stem = (index * 7_919L + 1_234L) % (shortest == 3 ? SHORT_STEMS : LONG_STEMS);
        for (int i = 0; i < word.length; i++) {
            if (i < shortest) {
                word[i] = (byte) ('a' + stem % LETTERS);
                stem /= LETTERS;
            } else {
                random = Randomness.mix(random + i);
                word[i] = (byte) ('a' + Long.remainderUnsigned(random, LETTERS));
            }
        }
        return word;
    }

    /** How many words there are. */
    public int size() {
        return words.length;
    }

    /** The letters of one word, in ASCII; not to be changed. */
    public byte[] get(int index) {
        return words[index];
    }

    /** The length of the shortest word. */
    public int shortest() {
        return shortest;
    }
}

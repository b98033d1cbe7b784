package io.millrace.jmh.flow;

import io.millrace.jmh.data.Lines;
import java.util.HashMap;
import java.util.Map;

/** Counts summed over all batches, and the comparison with the judge's. One writer; {@link #words} may be read by others. */
final class WordTotals {
    private final Map<String, Long> totals = new HashMap<>();
    private final double linesPerWord;
    private volatile long words;

    WordTotals(Lines lines) {
        linesPerWord = (double) lines.count() / lines.words();
    }

    void add(String word, long count) {
        totals.merge(word, count, Long::sum);
        words = words + count; // one writer
    }

    long words() {
        return words;
    }

    /** Lines these words came in, by the mean length of a line: exact over all lines, near enough over some thousands. */
    long lines() {
        return Math.round(words * linesPerWord);
    }

    /** Says what differs, by name; nothing if all is equal. */
    String differenceFrom(Map<String, Long> expected) {
        if (totals.equals(expected)) {
            return "";
        }
        String first = expected.keySet().stream()
                .filter(word -> !expected.get(word).equals(totals.get(word)))
                .findFirst()
                .map(word -> "'" + word + "' is " + totals.get(word) + ", expected " + expected.get(word))
                .orElse("there are words that were never fed");
        return totals.size() + " words, expected " + expected.size() + "; " + first;
    }
}

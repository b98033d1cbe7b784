package io.millrace.campaign;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Lines of random words, and how often each word was in them. One thread. */
final class Words {
    private static final int WORDS = 60;
    private static final int MOST_OF_A_LINE = 40;

    private final SplittableRandom random;
    private final Map<String, Integer> counts = new TreeMap<>();
    private long total;

    Words(SplittableRandom random) {
        this.random = random;
    }

    /** The next line, without its end. */
    String line() {
        StringJoiner line = new StringJoiner(" ");
        for (int count = 1 + random.nextInt(MOST_OF_A_LINE); count > 0; count--) {
            String word = "w" + random.nextInt(1 + random.nextInt(WORDS));
            line.add(word);
            counts.merge(word, 1, Integer::sum);
            total++;
        }
        return line.toString();
    }

    Map<String, Integer> counts() {
        return counts;
    }

    long total() {
        return total;
    }
}

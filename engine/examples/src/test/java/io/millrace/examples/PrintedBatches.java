package io.millrace.examples;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code print()} of a stream of counts put on standard output. One thread. */
final class PrintedBatches {
    private static final Pattern TIME = Pattern.compile("Time: \\d+ ms");
    private static final Pattern PAIR = Pattern.compile("\\((.*),(\\d+)\\)");

    private final Map<String, Integer> sums = new TreeMap<>();
    private int count;
    private long total;

    void add(String line) {
        Matcher pair = PAIR.matcher(line);
        if (pair.matches()) {
            int records = Integer.parseInt(pair.group(2));
            sums.merge(pair.group(1), records, Integer::sum);
            total += records;
        } else if (TIME.matcher(line).matches()) {
            count++;
        }
    }

    /** How many batches. */
    int count() {
        return count;
    }

    /** The counts of each key over all batches. */
    Map<String, Integer> sums() {
        return sums;
    }

    /** All counts of all batches together. */
    long total() {
        return total;
    }
}

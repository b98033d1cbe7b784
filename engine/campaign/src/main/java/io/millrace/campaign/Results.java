package io.millrace.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a {@link Topology} has given, over all its lives, and whether it can be. */
final class Results {
    static final String COUNT = "count";
    static final String MAPPED = "mapped";
    static final String WINDOW = "window";
    static final String INVERSE = "inverse";

    private static final String END = "end";

    private final Map<String, TreeMap<Long, TreeMap<String, Integer>>> given = new HashMap<>();
    private final List<String> failures = new ArrayList<>();
    private int again;

    /** Nothing yet. */
    Results() {
        List.of(COUNT, MAPPED, WINDOW, INVERSE).forEach(what -> given.put(what, new TreeMap<>()));
    }

    /** A line behind a line break, because the one before may be torn. */
    static String line(String what, long timeMs, Map<String, Integer> counts) {
        StringBuilder line = new StringBuilder("\n" + what + " " + timeMs);
        new TreeMap<>(counts)
                .forEach((word, count) ->
                        line.append(' ').append(word).append('=').append(count));
        return line.append(' ').append(END).append('\n').toString();
    }

    /** All whole lines of a file; none if it is not there. */
    static Results read(Path file) throws IOException {
        Results results = new Results();
        if (Files.exists(file)) {
            for (String line : Files.readString(file).split("\n")) {
                if (line.endsWith(" " + END)) {
                    results.take(line.split(" "));
                }
            }
        }
        return results;
    }

    private void take(String[] words) {
        TreeMap<String, Integer> counts = new TreeMap<>();
        for (int i = 2; i < words.length - 1; i++) {
            int equals = words[i].indexOf('=');
            counts.put(words[i].substring(0, equals), Integer.parseInt(words[i].substring(equals + 1)));
        }
        take(words[0], Long.parseLong(words[1]), counts);
    }

    /** An output was given a batch. */
    void take(String what, long timeMs, Map<String, Integer> pairs) {
        TreeMap<String, Integer> counts = new TreeMap<>(pairs);
        TreeMap<String, Integer> earlier = given.get(what).put(timeMs, counts);
        if (earlier != null) {
            again++;
            if (!earlier.equals(counts)) {
                failures.add(what + " of batch " + timeMs + " was run again; at first and then "
                        + difference(earlier, counts));
            }
        }
    }

    /** The times of all batches. */
    TreeSet<Long> timesMs() {
        return new TreeSet<>(given.get(COUNT).keySet());
    }

    int batches() {
        return given.get(COUNT).size();
    }

    /** How many outputs were given again. */
    int again() {
        return again;
    }

    long lastMs() {
        return given.get(COUNT).isEmpty() ? 0 : given.get(COUNT).lastKey();
    }

    /** The counts of the last batch. */
    Map<String, Integer> counts() {
        return given.get(COUNT).isEmpty()
                ? Map.of()
                : given.get(COUNT).lastEntry().getValue();
    }

    /** What cannot be: batches left out, batches that were something else before, windows that are not what was counted meanwhile. */
    List<String> failures() {
        List<String> all = new ArrayList<>(failures);
        TreeMap<Long, TreeMap<String, Integer>> counts = given.get(COUNT);
        long batchMs = Topology.BATCH_MS;
        for (long timeMs : counts.keySet()) {
            if (timeMs != counts.firstKey() && !counts.containsKey(timeMs - batchMs)) {
                all.add("there is a batch " + timeMs + ", and none before it");
            }
        }
        given.get(MAPPED).forEach((timeMs, mapped) -> {
            if (counts.containsKey(timeMs)) {
                compare(MAPPED, timeMs, counts.get(timeMs), mapped, all);
            }
        });
        given.get(WINDOW).forEach((timeMs, window) -> {
            TreeMap<String, Integer> right = counted(timeMs);
            compare(WINDOW, timeMs, right, window, all);
            TreeMap<String, Integer> inverse = given.get(INVERSE).get(timeMs);
            if (inverse != null) {
                TreeMap<String, Integer> some = new TreeMap<>(inverse);
                some.values().removeIf(count -> count == 0);
                compare(INVERSE, timeMs, right, some, all);
            }
        });
        return all;
    }

    private static void compare(
            String what, long timeMs, Map<String, Integer> right, Map<String, Integer> was, List<String> failures) {
        if (!right.equals(was)) {
            failures.add(what + " of batch " + timeMs + ", counted and given " + difference(right, was));
        }
    }

    /** Where two differ: what the one has and what the other. */
    static String difference(Map<String, Integer> one, Map<String, Integer> other) {
        Map<String, String> differences = new TreeMap<>();
        one.forEach((word, count) -> {
            if (!count.equals(other.get(word))) {
                differences.put(word, count + "/" + other.get(word));
            }
        });
        other.forEach((word, count) -> {
            if (!one.containsKey(word)) {
                differences.put(word, "null/" + count);
            }
        });
        return differences.toString();
    }

    /** What came in within the window that ends with a batch. */
    private TreeMap<String, Integer> counted(long timeMs) {
        TreeMap<Long, TreeMap<String, Integer>> counts = given.get(COUNT);
        TreeMap<String, Integer> at = new TreeMap<>(counts.getOrDefault(timeMs, new TreeMap<>()));
        long beforeMs = timeMs - Topology.WINDOW_BATCHES * Topology.BATCH_MS;
        counts.getOrDefault(beforeMs, new TreeMap<>()).forEach((word, count) -> at.merge(word, -count, Integer::sum));
        at.values().removeIf(count -> count == 0);
        return at;
    }
}

package io.millrace.testkit.recovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * What one output has published, in all processes: a directory for each batch, which nobody may have seen before the batch was certain. What is in
 * it when it gets its name is what it has for good.
 */
final class Published {
    private static final String NAME = "out";

    private final Path folder;
    private final TreeMap<Long, List<String>> seen = new TreeMap<>();
    private final List<String> complaints = new ArrayList<>();
    private long seenBeforeMs = -1;

    /** @param folder that has nothing else */
    Published(Path folder) {
        this.folder = folder;
    }

    /** What the program has to give as a prefix. */
    String prefix() {
        return folder.resolve(NAME).toString();
    }

    /** Whether that is the hidden name of a batch's directory. */
    static boolean isStaged(Path directory) {
        return directory.getFileName().toString().endsWith(".millrace-batch");
    }

    /** A process begins. */
    void started() {
        seenBeforeMs = seen.isEmpty() ? -1 : seen.lastKey();
    }

    /** A directory has got its name. */
    void seen(Path directory) throws IOException {
        long timeMs = timeOf(directory);
        List<String> records = recordsOf(directory);
        List<String> before = seen.put(timeMs, records);
        if (before != null && !before.equals(records)) {
            complaints.add("batch " + timeMs + " was published with " + before + ", and then with " + records);
        }
    }

    private static long timeOf(Path directory) {
        return Long.parseLong(directory.getFileName().toString().substring(NAME.length() + 1));
    }

    private static List<String> recordsOf(Path directory) throws IOException {
        List<String> records = new ArrayList<>();
        for (Path file : filesIn(directory)) {
            if (!file.getFileName().toString().startsWith("_")) {
                records.addAll(Files.readAllLines(file));
            }
        }
        records.sort(null);
        return records;
    }

    private static List<Path> filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    /**
     * Judge what was seen so far.
     *
     * @param firstRanMs the first batch that this process has run
     * @param right the records that a batch has; null if it was not run
     */
    void judge(long firstRanMs, LongFunction<List<String>> right) {
        Oracle.require(complaints.isEmpty(), String.join("\n", complaints));
        Oracle.require(
                firstRanMs > seenBeforeMs,
                "batch " + firstRanMs + " is run again, and the output of " + seenBeforeMs + " had been seen");
        seen.forEach((timeMs, records) -> Oracle.require(
                records.equals(right.apply(timeMs)),
                "batch " + timeMs + " was published with " + records + ", and has " + right.apply(timeMs)));
    }

    /**
     * Judge what is there when all is over: the directories of the batches that were run, and nothing hidden.
     *
     * @param batches their times
     * @param skipsEmptyBatches whether those without records have none
     */
    void judgeEnd(Set<Long> batches, boolean skipsEmptyBatches, LongFunction<List<String>> right) throws IOException {
        TreeMap<Long, List<String>> there = new TreeMap<>();
        for (Path directory : filesIn(folder)) {
            Oracle.require(!directory.getFileName().toString().startsWith("."), directory.getFileName() + " is left");
            there.put(timeOf(directory), recordsOf(directory));
        }
        Map<Long, List<String>> expected = new TreeMap<>();
        for (long timeMs : new TreeSet<>(batches)) {
            List<String> records = right.apply(timeMs);
            if (!skipsEmptyBatches || !records.isEmpty()) {
                expected.put(timeMs, records);
            }
        }
        Oracle.require(expected.equals(there), "published is " + there + ",\n       and should " + expected);
    }
}

package io.millrace.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The directories that {@link Topology#FILES} has saved, which must be whole, one for each batch, and nothing beside them. */
final class SavedBatches {
    static final String PREFIX = "counts";

    private SavedBatches() {}

    /**
     * What is wrong when no process runs.
     *
     * @param folder of the directories
     * @param timesMs of the batches that were run
     * @param words how often each word came in
     */
    static List<String> failures(Path folder, TreeSet<Long> timesMs, Map<String, Integer> words) throws IOException {
        List<String> failures = new ArrayList<>();
        TreeSet<Long> savedMs = new TreeSet<>();
        Map<String, Integer> saved = new TreeMap<>();
        try (Stream<Path> directories = Files.exists(folder) ? Files.list(folder) : Stream.of()) {
            for (Path directory : directories.toList()) {
                String name = directory.getFileName().toString();
                if (!name.matches(PREFIX + "-\\d+")) {
                    failures.add("'" + name + "' is left over in " + folder);
                } else {
                    savedMs.add(Long.parseLong(name.substring(PREFIX.length() + 1)));
                    read(directory, saved, failures);
                }
            }
        }
        if (!savedMs.equals(timesMs)) {
            failures.add("batches saved and not run " + without(savedMs, timesMs) + ", run and not saved "
                    + without(timesMs, savedMs));
        }
        if (!saved.equals(words)) {
            failures.add("words that came in and were saved " + Results.difference(words, saved));
        }
        return failures;
    }

    private static void read(Path directory, Map<String, Integer> into, List<String> failures) throws IOException {
        if (!Files.exists(directory.resolve("_SUCCESS"))) {
            failures.add("'" + directory + "' is not whole");
        }
        try (Stream<Path> parts = Files.list(directory)) {
            for (Path part : parts.filter(path -> path.getFileName().toString().startsWith("part-"))
                    .toList()) {
                for (String line : Files.readAllLines(part)) {
                    String[] pair = line.split(" ");
                    into.merge(pair[0], Integer.parseInt(pair[1]), Integer::sum);
                }
            }
        }
    }

    private static TreeSet<Long> without(TreeSet<Long> these, TreeSet<Long> those) {
        TreeSet<Long> rest = new TreeSet<>(these);
        rest.removeAll(those);
        return rest;
    }
}

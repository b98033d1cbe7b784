package io.millrace.jmh.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code scripts/bench durability}. */
final class DurabilityCommand {
    private static final String IN_MEMORY = "millrace.state.store=resident";

    private final StateBatches batches;

    DurabilityCommand(List<String> args) {
        batches = new StateBatches("durability", args, "durability", "What does a checkpoint cost a batch?");
    }

    void run() throws Exception {
        Path directory = Files.createTempDirectory("millrace-durability-");
        try {
            batches.run(
                    systems(directory),
                    "ms from a batch's time until its plan is certain, its state is up to date, and its output begins, every batch"
                            + " counted: without a checkpoint, with one that outlives the process, one that outlives a loss of"
                            + " power, and that with a write-ahead log of what is received. Each JVM begins a new directory.");
        } finally {
            delete(directory);
        }
    }

    private static Map<String, List<String>> systems(Path directory) {
        Map<String, List<String>> systems = new LinkedHashMap<>();
        systems.put("none", List.of(IN_MEMORY));
        systems.put("process", kept(directory, "millrace.checkpoint.durability=process"));
        systems.put("fsync", kept(directory));
        systems.put("fsync, received logged", kept(directory, "millrace.streaming.receiver.writeAheadLog.enable=true"));
        return systems;
    }

    private static List<String> kept(Path directory, String... more) {
        List<String> settings =
                new ArrayList<>(List.of(IN_MEMORY, "millrace.streaming.checkpoint.directory=" + directory + "/%t-%p"));
        settings.addAll(List.of(more));
        return settings;
    }

    private static void delete(Path directory) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(directory)) {
            all = new ArrayList<>(files.toList());
        }
        all.sort(Comparator.reverseOrder());
        for (Path path : all) {
            Files.delete(path);
        }
    }
}

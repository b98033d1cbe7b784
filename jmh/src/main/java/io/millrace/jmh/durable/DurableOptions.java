package io.millrace.jmh.durable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.agrona.concurrent.SystemEpochNanoClock;

/**
 * What one run is to do.
 *
 * @param system what the report calls it
 * @param keys that are remembered, each once before anything is measured; 0 for a program that remembers nothing
 * @param rate records a second of the paced phase
 * @param warmSeconds at full speed
 * @param repetitions of a second, at full speed
 * @param seconds of the paced phase
 * @param phases of {@code full} and {@code paced}
 * @param isWatched whether snapshots are looked for
 * @param settings of the engine, by key
 */
record DurableOptions(
        String system,
        String master,
        long batchMs,
        int keys,
        long rate,
        double warmSeconds,
        int repetitions,
        int seconds,
        Set<String> phases,
        boolean isWatched,
        Map<String, String> settings) {
    /** Reads {@code --name value} and {@code --set key=value}. */
    static DurableOptions of(String[] args) {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (args[i].equals("--set")) {
                String[] setting = args[i + 1].split("=", 2);
                settings.put(setting[0], inThisProcess(setting[1]));
            } else {
                values.put(args[i], args[i + 1]);
            }
        }
        return new DurableOptions(
                values.getOrDefault("--system", ""),
                values.getOrDefault("--master", "local[2]"),
                Long.parseLong(values.getOrDefault("--batch-ms", "10")),
                Integer.parseInt(values.getOrDefault("--keys", "20000")),
                Long.parseLong(values.getOrDefault("--rate", "100000")),
                Double.parseDouble(values.getOrDefault("--warm", "3")),
                Integer.parseInt(values.getOrDefault("--reps", "5")),
                Integer.parseInt(values.getOrDefault("--secs", "5")),
                Set.of(values.getOrDefault("--phases", "full,paced").split(",")),
                Boolean.parseBoolean(values.get("--watch")),
                settings);
    }

    /** {@code %t} is the time, and {@code %p} the process, for what has to be another one in each. */
    private static String inThisProcess(String value) {
        return value.replace("%t", Long.toString(new SystemEpochNanoClock().nanoTime()))
                .replace("%p", Long.toString(ProcessHandle.current().pid()));
    }

    /** Where the checkpoint is; null if there is none. */
    String directory() {
        return settings.get("millrace.streaming.checkpoint.directory");
    }

    /** Of the paced phase: ten batches at the least. */
    long pacedMs() {
        return Math.max(seconds * 1_000L, 10 * batchMs);
    }
}

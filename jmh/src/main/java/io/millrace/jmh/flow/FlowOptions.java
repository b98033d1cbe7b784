package io.millrace.jmh.flow;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one run is to do.
 *
 * @param chunks thousands of lines that are fed round and round
 * @param settings of the engine, by key
 */
record FlowOptions(
        FlowSystem system,
        String master,
        long batchMs,
        double warmSeconds,
        double repetitionSeconds,
        int repetitions,
        int chunks,
        int vocabulary,
        Map<String, String> settings) {

    /** Reads {@code --name value} and {@code --set key=value}. */
    static FlowOptions of(String[] args) {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (args[i].equals("--set")) {
                String[] setting = args[i + 1].split("=", 2);
                settings.put(setting[0], setting[1]);
            } else {
                values.put(args[i], args[i + 1]);
            }
        }
        return new FlowOptions(
                FlowSystem.of(values.get("--system")),
                values.getOrDefault("--master", "local[2]"),
                Long.parseLong(values.getOrDefault("--batch-ms", "200")),
                Double.parseDouble(values.getOrDefault("--warm", "5")),
                Double.parseDouble(values.getOrDefault("--secs", "1")),
                Integer.parseInt(values.getOrDefault("--reps", "7")),
                Integer.parseInt(values.getOrDefault("--chunks", "500")),
                Integer.parseInt(values.getOrDefault("--vocabulary", "10000")),
                settings);
    }
}

package io.millrace.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a campaign has done.
 *
 * @param what sim, kill, powercut, io or corrupt
 * @param counts how many of each; a map for those of several kinds
 * @param failures what went wrong, each with its seed
 */
record Evidence(String what, long firstSeed, long lastSeed, Map<String, Object> counts, List<String> failures) {

    /** Print it, and write {@code evidence.json} and {@code failures.txt} into a folder, which is made; null for none. */
    void tell(Path folder) throws IOException {
        counts.forEach((name, count) -> {
            if (count instanceof Map<?, ?> kinds) {
                kinds.forEach((kind, number) -> System.out.println("  " + name + " " + kind + ": " + number));
            }
        });
        Map<String, Object> numbers = new TreeMap<>(counts);
        numbers.values().removeIf(Map.class::isInstance);
        System.out.println(what + ", seeds " + firstSeed + " to " + lastSeed + ": " + numbers + ", failures "
                + failures.size() + "; goes on with --seed " + (lastSeed + 1));
        if (folder == null) {
            return;
        }
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("evidence.json"), json());
        if (!failures.isEmpty()) {
            Files.writeString(folder.resolve("failures.txt"), String.join("\n\n", failures) + "\n");
        }
    }

    private String json() {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("campaign", what);
        fields.put("commit", System.getProperty("millrace.commit", "unknown"));
        fields.put("started", System.getProperty("millrace.started", "unknown"));
        fields.put("machine", System.getProperty("millrace.machine", "unknown"));
        fields.put("jdk", System.getProperty("java.vm.version", "unknown"));
        fields.put("cores", Runtime.getRuntime().availableProcessors());
        fields.put("firstSeed", firstSeed);
        fields.put("lastSeed", lastSeed);
        fields.put("failures", failures.size());
        fields.putAll(counts);
        return value(fields, "\n") + "\n";
    }

    private static String value(Object value, String lineBreak) {
        if (value instanceof Map<?, ?> fields) {
            String inner = lineBreak + "  ";
            return fields.entrySet().stream()
                    .map(field -> inner + quoted(field.getKey()) + ": " + value(field.getValue(), inner))
                    .collect(Collectors.joining(",", "{", lineBreak + "}"));
        }
        return value instanceof Number ? value.toString() : quoted(value);
    }

    private static String quoted(Object text) {
        return "\"" + text.toString().replace("\\", "").replace("\"", "") + "\"";
    }
}

package io.millrace.testkit.campaign;

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
 * @param what sim or kill
 * @param counts how many of each
 * @param failures what went wrong, each with its seed
 */
record Evidence(String what, long firstSeed, long lastSeed, Map<String, Object> counts, List<String> failures) {

    /** Print it, and write {@code evidence.json} and {@code failures.txt} into a folder, which is made; null for none. */
    void tell(Path folder) throws IOException {
        System.out.println(
                what + ", seeds " + firstSeed + " to " + lastSeed + ": " + counts + ", failures " + failures.size());
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
        Map<String, Object> fields = new TreeMap<>(counts);
        fields.put("firstSeed", firstSeed);
        fields.put("lastSeed", lastSeed);
        fields.put("failures", failures.size());
        fields.put("cores", Runtime.getRuntime().availableProcessors());
        String numbers = fields.entrySet().stream()
                .map(field -> "  \"" + field.getKey() + "\": " + field.getValue())
                .collect(Collectors.joining(",\n"));
        return "{\n  \"campaign\": \"" + what + "\",\n" + property("commit", "millrace.commit")
                + property("started", "millrace.started") + property("machine", "millrace.machine")
                + property("jdk", "java.vm.version") + numbers + "\n}\n";
    }

    /** What the script that calls knows. */
    private static String property(String name, String property) {
        return "  \"" + name + "\": \""
                + System.getProperty(property, "unknown").replace("\\", "").replace("\"", "") + "\",\n";
    }
}

package io.millrace.jmh.bench;

import io.millrace.jmh.measure.Json;
import io.millrace.jmh.measure.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Results of several rounds, by system; a system's figure is the median over its rounds. */
final class Rounds {
    private final Map<String, List<Map<String, String>>> bySystem = new LinkedHashMap<>();

    void add(List<String> lines) {
        for (String line : lines) {
            Map<String, String> result = Json.read(line);
            bySystem.computeIfAbsent(result.get("system"), system -> new ArrayList<>())
                    .add(result);
        }
    }

    Set<String> systems() {
        return Collections.unmodifiableSet(bySystem.keySet());
    }

    boolean has(String system) {
        return bySystem.containsKey(system);
    }

    /** Whether a round of the system has the figure. */
    boolean has(String system, String figure) {
        return has(system) && bySystem.get(system).stream().anyMatch(result -> result.containsKey(figure));
    }

    /** All of the first round. */
    Map<String, String> first(String system) {
        return bySystem.get(system).get(0);
    }

    double median(String system, String figure) {
        return Numbers.median(values(system, figure));
    }

    double least(String system, String figure) {
        return Arrays.stream(values(system, figure)).min().orElseThrow();
    }

    double most(String system, String figure) {
        return Arrays.stream(values(system, figure)).max().orElseThrow();
    }

    private double[] values(String system, String figure) {
        return bySystem.get(system).stream()
                .filter(result -> result.containsKey(figure))
                .mapToDouble(result -> Double.parseDouble(result.get(figure)))
                .toArray();
    }
}

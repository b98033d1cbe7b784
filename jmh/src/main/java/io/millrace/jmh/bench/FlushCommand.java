package io.millrace.jmh.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code scripts/bench flush}. */
final class FlushCommand {
    private final StateBatches batches;

    FlushCommand(List<String> args) {
        batches =
                new StateBatches("flush", args, "flush-beside", "What does writing state behind memory cost a batch?");
    }

    void run() throws Exception {
        Map<String, List<String>> systems = new LinkedHashMap<>();
        systems.put("in memory", List.of("millrace.state.store=resident"));
        systems.put("written behind", List.of("millrace.state.residentBytes=256m"));
        systems.put("moved out", List.of("millrace.state.residentBytes=64m"));
        batches.run(
                systems,
                "ms from a batch's time until its state is up to date, every batch counted: all keys in memory; all in memory and"
                        + " written to Chronicle Map between batches; a table so small that keys are moved out and come back.");
    }
}

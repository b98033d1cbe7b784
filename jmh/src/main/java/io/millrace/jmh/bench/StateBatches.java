package io.millrace.jmh.bench;

import io.millrace.jmh.state.FlushBeside;
import io.millrace.offheap.chronicle.ChronicleAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How long batches of keyed state take under different settings, in JVMs that alternate. */
final class StateBatches {
    static final Set<String> PASSED_ON = Set.of("--keys", "--touched", "--batch-ms", "--batches", "--warm");
    private static final List<String> QUANTILES = List.of("p50_ms", "p90_ms", "p99_ms", "max_ms");

    private final Arguments arguments;
    private final String name;
    private final String question;

    StateBatches(String command, List<String> args, String name, String question) {
        arguments = new Arguments(args, PASSED_ON);
        this.name = name;
        this.question = question;
        if (!arguments.words().isEmpty()) {
            throw new UsageException(command + " takes options only, got " + arguments.words());
        }
    }

    /**
     * Measure.
     *
     * @param systems settings by what the table calls them, in its order
     * @param text above the table
     */
    void run(Map<String, List<String>> systems, String text) throws Exception {
        List<String> flags = new ArrayList<>(arguments.jvmFlags("-Xms1g -Xmx1g"));
        Report report = new Report(name, question, arguments, flags);
        flags.addAll(ChronicleAccess.flags());
        MeasuredJvm jvm = new MeasuredJvm(flags, FlushBeside.class);
        Rounds rounds = new Rounds();
        for (int round = 0; round < arguments.number("--rounds", 3); round++) {
            for (Map.Entry<String, List<String>> system : systems.entrySet()) {
                List<String> args = new ArrayList<>(arguments.passedOn(PASSED_ON));
                args.addAll(List.of("--system", system.getKey()));
                system.getValue().forEach(setting -> args.addAll(List.of("--set", setting)));
                List<String> lines = jvm.run(args);
                rounds.add(lines);
                report.addRaw(lines);
            }
        }
        report.add(text + " Median over the rounds; in brackets the worst round.\n");
        report.add("| | p50 | p90 | p99 | max |");
        report.add("|---|---|---|---|---|");
        for (String system : systems.keySet()) {
            StringBuilder row = new StringBuilder("| " + system + " |");
            for (String quantile : QUANTILES) {
                row.append(String.format(
                        Locale.ROOT, " %.2f (%.2f) |", rounds.median(system, quantile), rounds.most(system, quantile)));
            }
            report.add(row.toString());
        }
        report.finish();
    }
}

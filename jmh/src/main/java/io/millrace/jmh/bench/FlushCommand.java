package io.millrace.jmh.bench;

import io.millrace.jmh.state.FlushBeside;
import io.millrace.offheap.chronicle.ChronicleAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code scripts/bench flush}. */
final class FlushCommand {
    private static final Set<String> PASSED_ON = Set.of("--keys", "--touched", "--batch-ms", "--batches", "--warm");
    private static final Map<String, List<String>> SYSTEMS = Map.of(
            "resident", List.of("--set", "millrace.state.store=resident"),
            "flushed", List.of("--set", "millrace.state.residentBytes=256m"),
            "moved-out", List.of("--set", "millrace.state.residentBytes=64m"));

    private final Arguments arguments;

    FlushCommand(List<String> args) {
        arguments = new Arguments(args, PASSED_ON);
        if (!arguments.words().isEmpty()) {
            throw new UsageException("flush takes options only, got " + arguments.words());
        }
    }

    void run() throws Exception {
        List<String> flags = new ArrayList<>(arguments.jvmFlags("-Xms1g -Xmx1g"));
        Report report =
                new Report("flush-beside", "What does writing state behind memory cost a batch?", arguments, flags);
        flags.addAll(ChronicleAccess.flags());
        MeasuredJvm jvm = new MeasuredJvm(flags, FlushBeside.class);
        Rounds rounds = new Rounds();
        for (int round = 0; round < arguments.number("--rounds", 3); round++) {
            for (List<String> settings : SYSTEMS.values()) {
                List<String> args = new ArrayList<>(arguments.passedOn(PASSED_ON));
                args.addAll(settings);
                List<String> lines = jvm.run(args);
                rounds.add(lines);
                report.addRaw(lines);
            }
        }
        report.add(
                "ms from a batch's time until its state is up to date, every batch counted: all keys in memory; all in memory"
                        + " and written to Chronicle Map between batches; a table so small that keys are moved out and come back. Median"
                        + " over the rounds; in brackets the worst round.\n");
        report.add("| | p50 | p90 | p99 | max |");
        report.add("|---|---|---|---|---|");
        for (String system : rounds.systems()) {
            StringBuilder row = new StringBuilder("| " + system + " |");
            for (String quantile : List.of("p50_ms", "p90_ms", "p99_ms", "max_ms")) {
                row.append(String.format(
                        Locale.ROOT, " %.2f (%.2f) |", rounds.median(system, quantile), rounds.most(system, quantile)));
            }
            report.add(row.toString());
        }
        report.finish();
    }
}

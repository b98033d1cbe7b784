package io.millrace.jmh.bench;

import io.millrace.jmh.idle.TickLateness;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code scripts/bench ticks}. */
final class TicksCommand {
    private static final Set<String> PASSED_ON = Set.of("--batch-ms", "--batches", "--warm");

    private final Arguments arguments;

    TicksCommand(List<String> args) {
        arguments = new Arguments(args, Options.with(PASSED_ON, "--set"));
        if (!arguments.words().isEmpty()) {
            throw new UsageException("ticks takes options only, got " + arguments.words());
        }
    }

    void run() throws Exception {
        List<String> flags = arguments.jvmFlags("-Xms512m -Xmx512m");
        Report report = new Report("ticks-late", "How punctual are batches?", arguments, flags);
        MeasuredJvm jvm = new MeasuredJvm(flags, TickLateness.class);
        Rounds rounds = new Rounds();
        for (int round = 0; round < arguments.number("--rounds", 3); round++) {
            List<String> lines = jvm.run(arguments.passedOn(PASSED_ON));
            rounds.add(lines);
            report.addRaw(lines);
        }
        report.add(
                "µs from a batch's time to the begin of its `foreachRDD` body, every batch counted; the probe is a bare thread"
                        + " that parks until the next multiple of the interval, alone and then beside the engine, in the same"
                        + " JVM. Median over the rounds; in brackets the worst round.\n");
        report.add("| | p50 | p90 | p99 | p99.9 | max |");
        report.add("|---|---|---|---|---|---|");
        for (String system : rounds.systems()) {
            StringBuilder row = new StringBuilder("| " + system + " |");
            for (String quantile : List.of("p50_us", "p90_us", "p99_us", "p99.9_us", "max_us")) {
                row.append(String.format(
                        Locale.ROOT, " %.0f (%.0f) |", rounds.median(system, quantile), rounds.most(system, quantile)));
            }
            report.add(row.toString());
        }
        report.finish();
    }
}

package io.millrace.jmh.bench;

import io.millrace.jmh.idle.IdleBatches;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code scripts/bench idle}. */
final class IdleCommand {
    private static final Set<String> PASSED_ON = Set.of("--batch-ms", "--batches", "--reps", "--warm");

    private final Arguments arguments;

    IdleCommand(List<String> args) {
        arguments = new Arguments(args, Options.with(PASSED_ON, "--set"));
        if (!arguments.words().isEmpty()) {
            throw new UsageException("idle takes options only, got " + arguments.words());
        }
    }

    void run() throws Exception {
        List<String> flags = arguments.jvmFlags("-Xms512m -Xmx512m");
        Report report = new Report("idle-batch", "What does an empty batch cost?", arguments, flags);
        MeasuredJvm jvm = new MeasuredJvm(flags, IdleBatches.class);
        Rounds rounds = new Rounds();
        for (int round = 0; round < arguments.number("--rounds", 3); round++) {
            List<String> lines = jvm.run(arguments.passedOn(PASSED_ON));
            rounds.add(lines);
            report.addRaw(lines);
        }
        report.add(
                "`count` and `foreachRDD` of an empty `pushStream`, `local[2]`, one JVM per round. CPU time of the whole process"
                        + ", then of each thread; median over the rounds, the"
                        + " spread covers all repetitions.\n");
        report.add("| | CPU µs per batch | spread | same time without the engine | bytes allocated |");
        report.add("|---|---|---|---|---|");
        for (String system : rounds.systems()) {
            report.add(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f to %.1f | %.1f | %.0f |",
                    system,
                    rounds.median(system, "cpu_us_per_batch"),
                    rounds.least(system, "cpu_us_per_batch_min"),
                    rounds.most(system, "cpu_us_per_batch_max"),
                    rounds.median(system, "cpu_us_per_interval_without_engine"),
                    rounds.median(system, "allocated_bytes_per_batch")));
        }
        report.add("\nOf the threads, in the first round, µs per batch:\n");
        for (String system : rounds.systems()) {
            report.add(ThreadTable.line(rounds, system, "cpu_us_of "));
        }
        report.finish();
    }
}

package io.millrace.jmh.bench;

import io.millrace.jmh.durable.DiskProbe;
import io.millrace.jmh.durable.DurableFlow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code scripts/bench durability}: every load and interval by every durability, once a round. */
final class DurabilityCommand {
    private static final Set<String> PASSED_ON = Set.of("--rate", "--warm", "--reps", "--secs", "--master");
    private static final String OFF = "off";
    private static final String PROBE_SECONDS = "1";

    private final Arguments arguments;
    private final List<String> flags;
    private final Map<String, List<String>> durabilities = new LinkedHashMap<>();
    private final List<Case> cases = new ArrayList<>();
    private final Rounds rounds = new Rounds();

    /** One load at one interval, by one durability. */
    private record Case(int keys, String batchMs, String durability) {
        String load() {
            return (keys == 0 ? "no state" : keys + " keys") + ", " + batchMs + " ms";
        }

        String system() {
            return load() + ", " + durability;
        }
    }

    DurabilityCommand(List<String> args) {
        arguments = new Arguments(
                args,
                Options.with(
                        PASSED_ON, "--keys", "--batch-ms", "--stateless-ms", "--durabilities", "--directory", "--set"));
        if (!arguments.words().isEmpty()) {
            throw new UsageException("durability takes options only, got " + arguments.words());
        }
        flags = arguments.jvmFlags("-Xms4g -Xmx4g");
        putDurabilities();
        List<String> chosen = arguments.list("--durabilities", String.join(",", durabilities.keySet()));
        if (!durabilities.keySet().containsAll(chosen)) {
            throw new UsageException("--durabilities is " + chosen + "; there are " + durabilities.keySet());
        }
        addCases(arguments.number("--keys", 20_000), arguments.list("--batch-ms", "1,10,1000"), chosen);
        addCases(0, arguments.list("--stateless-ms", "10"), chosen);
    }

    private void putDurabilities() {
        String process = "millrace.checkpoint.durability=process";
        String logged = "millrace.streaming.receiver.writeAheadLog.enable=true";
        durabilities.put(OFF, List.of());
        durabilities.put("process", List.of(process));
        durabilities.put("process+log", List.of(process, logged));
        durabilities.put("fsync", List.of("millrace.checkpoint.durability=fsync"));
        durabilities.put("fsync+log", List.of("millrace.checkpoint.durability=fsync", logged));
    }

    private void addCases(int keys, List<String> intervals, List<String> chosen) {
        for (String batchMs : intervals) {
            chosen.forEach(durability -> cases.add(new Case(keys, batchMs, durability)));
        }
    }

    void run() throws Exception {
        try (ScratchFolder folder = new ScratchFolder(arguments.get("--directory", null))) {
            Report report = new Report("durability", "What does it cost to outlive a crash?", arguments, flags);
            measure(folder, report);
            write(folder, report);
            report.finish();
        }
    }

    private void measure(ScratchFolder folder, Report report) throws Exception {
        MeasuredJvm probe = new MeasuredJvm(List.of(), DiskProbe.class);
        MeasuredJvm jvm = new MeasuredJvm(flags, DurableFlow.class);
        for (int round = 0; round < arguments.number("--rounds", 3); round++) {
            rounds.add(report.addRaw(probe.run(List.of(folder.path().toString(), PROBE_SECONDS))));
            for (Case each : cases) {
                rounds.add(report.addRaw(jvm.run(argumentsOf(each, folder))));
                folder.empty();
            }
        }
    }

    private List<String> argumentsOf(Case measured, ScratchFolder folder) {
        List<String> args = new ArrayList<>(arguments.passedOn(PASSED_ON));
        args.addAll(List.of("--system", measured.system(), "--batch-ms", measured.batchMs()));
        args.addAll(List.of("--keys", String.valueOf(measured.keys()), "--set", "millrace.state.store=resident"));
        if (!measured.durability().equals(OFF)) {
            args.addAll(List.of("--set", "millrace.streaming.checkpoint.directory=" + folder.resolve("%t-%p")));
            durabilities.get(measured.durability()).forEach(setting -> args.addAll(List.of("--set", setting)));
        }
        return args;
    }

    private void write(ScratchFolder folder, Report report) throws Exception {
        report.add(
                "A push stream of longs: counted by key (`mapWithState`, recognised functions), or counted alone where there is no"
                        + " state. `off`: no checkpoint; `process`: one that outlives the process; `fsync`: a loss of power, too; `+log`: what"
                        + " is received is written to a log first. Each JVM fills the keys, runs at full speed, then at a fixed rate of "
                        + rounds.first(cases.get(0).system()).get("rate")
                        + " records/s. Systems alternate, one JVM each a round; a figure is the median over the rounds, in brackets the worst"
                        + " round. The counts of every run were equal to what was offered. The disk ("
                        + folder.fileSystem()
                        + ") forced 4 KiB in "
                        + Cells.millis(rounds, "disk", "p50") + " ms p50, " + Cells.millis(rounds, "disk", "p99")
                        + " p99, "
                        + Cells.millis(rounds, "disk", "p99.9") + " p99.9, in a loop without an engine.\n");
        throughput(report);
        latency(report, "batch", "ms from a batch's time until its outputs have ended, at the fixed rate:");
        latency(
                report,
                "record",
                "ms from when a record was due until the outputs of its batch have ended, at the fixed rate:");
        threads(report);
    }

    private void throughput(Report report) {
        report.add(
                "Full speed: the feeder waits while the last batch that ended is more than two intervals, and 100 ms, old, so that"
                        + " batches keep up. The spread covers every repetition of every round; CPU is the whole process.\n");
        report.add("| | M records/s | spread | of off | CPU s per M records | of off | cores others used |");
        report.add("|---|---|---|---|---|---|---|");
        for (Case each : cases) {
            report.add(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %.3f | %s | %.2f |",
                    each.system(),
                    Cells.rate(rounds, each.system()),
                    ofOff(each, "records_per_s"),
                    rounds.median(each.system(), "cpu_s_per_million"),
                    ofOff(each, "cpu_s_per_million"),
                    rounds.median(each.system(), "cores_used_by_others")));
        }
    }

    private void latency(Report report, String of, String title) {
        report.add("\n" + title + "\n");
        report.add("| | p50 | p99 | p99.9 | max | p50 of off | samples a round |");
        report.add("|---|---|---|---|---|---|---|");
        for (Case each : cases) {
            report.add("| " + each.system() + " | " + Cells.latencies(rounds, each.system(), of) + " | "
                    + ofOff(each, of + "_p50_us") + " | "
                    + rounds.first(each.system()).get(of + "_samples") + " |");
        }
    }

    private void threads(Report report) {
        report.add(
                "\nCPU µs a batch at the fixed rate, the feeder (main) included, and of each thread in the first round:\n");
        for (Case each : cases) {
            String all = String.format(Locale.ROOT, "%.0f in all; ", rounds.median(each.system(), "cpu_us_per_batch"));
            report.add(ThreadTable.line(rounds, each.system(), "cpu_us_of ").replaceFirst(": ", ": " + all));
        }
    }

    /** The figure as a share of what it is without a checkpoint. */
    private String ofOff(Case measured, String figure) {
        String off = new Case(measured.keys(), measured.batchMs(), OFF).system();
        return Cells.ratio(rounds, measured.system(), off, figure);
    }
}

package io.millrace.jmh.bench;

import io.millrace.jmh.durable.DurableFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code scripts/bench snapshot}: batches while all keys are written, and while they are not. */
final class SnapshotCommand {
    private static final Set<String> PASSED_ON =
            Set.of("--batch-ms", "--rate", "--warm", "--reps", "--secs", "--master");
    private static final String NO_CHECKPOINT = "no checkpoint";
    private static final String LOG_ALONE = "log alone";
    private static final String SNAPSHOTS = "snapshots";
    private static final String FULL_SPEED = "snapshots, full speed";
    private static final String NEVER = "1t";

    private final Arguments arguments;
    private final List<String> flags;
    private final List<String> keys;
    private final Rounds rounds = new Rounds();

    SnapshotCommand(List<String> args) {
        arguments = new Arguments(
                args,
                Options.with(PASSED_ON, "--keys", "--snapshot-bytes", "--full-snapshot-bytes", "--directory", "--set"));
        if (!arguments.words().isEmpty()) {
            throw new UsageException("snapshot takes options only, got " + arguments.words());
        }
        flags = arguments.jvmFlags("-Xms1g -Xmx1g");
        keys = arguments.list("--keys", "1000000,10000000");
    }

    void run() throws Exception {
        try (ScratchFolder folder = new ScratchFolder(arguments.get("--directory", null))) {
            Report report = new Report("snapshot-pause", "What does a snapshot cost the batches?", arguments, flags);
            MeasuredJvm jvm = new MeasuredJvm(flags, DurableFlow.class);
            for (int round = 0; round < arguments.number("--rounds", 3); round++) {
                for (String each : keys) {
                    for (List<String> args : casesOf(each, folder)) {
                        rounds.add(report.addRaw(jvm.run(args)));
                        folder.empty();
                    }
                }
            }
            report.add(
                    "A push stream of longs, counted by key; every key is there before the first batch that counts. Systems"
                            + " alternate, one JVM each a round; a figure is the median over the rounds, in brackets the worst round. The"
                            + " counts of every run were equal to what was offered. Checkpoints are on "
                            + folder.fileSystem()
                            + ". A snapshot is under way from the making of its file until its manifest is there, as the file system tells.\n");
            latencies(report);
            snapshots(report);
            throughput(report);
            report.finish();
        }
    }

    private List<List<String>> casesOf(String each, ScratchFolder folder) {
        String often = arguments.get("--snapshot-bytes", "512k");
        String atFullSpeed = arguments.get("--full-snapshot-bytes", "16m");
        return List.of(
                argumentsOf(each, NO_CHECKPOINT, "full,paced", null, folder),
                argumentsOf(each, LOG_ALONE, "full,paced", NEVER, folder),
                argumentsOf(each, SNAPSHOTS, "paced", often, folder),
                argumentsOf(each, FULL_SPEED, "full", atFullSpeed, folder));
    }

    private List<String> argumentsOf(
            String each, String what, String phases, String snapshotBytes, ScratchFolder folder) {
        List<String> args = new ArrayList<>(List.of("--secs", "10"));
        args.addAll(arguments.passedOn(PASSED_ON));
        args.addAll(List.of("--system", system(each, what), "--keys", each, "--phases", phases, "--watch", "true"));
        args.addAll(List.of("--set", "millrace.state.store=resident"));
        if (snapshotBytes != null) {
            args.addAll(List.of("--set", "millrace.streaming.checkpoint.directory=" + folder.resolve("%t-%p")));
            args.addAll(List.of("--set", "millrace.checkpoint.snapshotBytes=" + snapshotBytes));
        }
        return args;
    }

    private static String system(String each, String what) {
        return each + " keys, " + what;
    }

    private void latencies(Report report) {
        report.add("ms from a batch's time until its outputs have ended, at "
                + rounds.first(system(keys.get(0), NO_CHECKPOINT)).get("rate") + " records/s:\n");
        report.add("| | p50 | p99 | p99.9 | max | samples in the first round |");
        report.add("|---|---|---|---|---|---|");
        for (String each : keys) {
            latencies(report, each, NO_CHECKPOINT, "batch", "");
            latencies(report, each, LOG_ALONE, "batch", "");
            latencies(report, each, SNAPSHOTS, "between", ", none under way");
            latencies(report, each, SNAPSHOTS, "beside", ", one under way");
        }
    }

    private void latencies(Report report, String each, String what, String of, String when) {
        String system = system(each, what);
        report.add("| " + system + when + " | " + Cells.latencies(rounds, system, of) + " | "
                + rounds.first(system).get(of + "_samples") + " |");
    }

    private void snapshots(Report report) {
        report.add(
                "\nA snapshot as a whole, in ms: in slices between these batches; and all at once, while no batch is run, as the"
                        + " end of a run does it, which is the pause that each was before there were slices:\n");
        report.add("| | snapshots/s | in slices | longest | all at once |");
        report.add("|---|---|---|---|---|");
        for (String each : keys) {
            String system = system(each, SNAPSHOTS);
            report.add("| " + each + " keys | " + Cells.worst(rounds, system, "snapshots_per_s", 1) + " | "
                    + Cells.worst(rounds, system, "snapshot_ms", 1) + " | "
                    + Cells.worst(rounds, system, "snapshot_max_ms", 1) + " | "
                    + Cells.worst(rounds, system, "whole_ms", 1) + " |");
        }
    }

    private void throughput(Report report) {
        report.add("\nFull speed, batches keeping up; the spread covers every repetition of every round:\n");
        report.add("| | M records/s | spread | of no checkpoint | of log alone | snapshots/s | a snapshot, ms |");
        report.add("|---|---|---|---|---|---|---|");
        for (String each : keys) {
            for (String what : List.of(NO_CHECKPOINT, LOG_ALONE, FULL_SPEED)) {
                String system = system(each, what);
                report.add(String.format(
                        Locale.ROOT,
                        "| %s | %s | %s | %s | %s | %s |",
                        system,
                        Cells.rate(rounds, system),
                        Cells.ratio(rounds, system, system(each, NO_CHECKPOINT), "records_per_s"),
                        Cells.ratio(rounds, system, system(each, LOG_ALONE), "records_per_s"),
                        Cells.worst(rounds, system, "full_snapshots_per_s", 1),
                        Cells.worst(rounds, system, "full_snapshot_ms", 1)));
            }
        }
    }
}

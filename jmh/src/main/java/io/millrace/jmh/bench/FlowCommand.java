package io.millrace.jmh.bench;

import io.millrace.jmh.flow.FlowSystem;
import io.millrace.jmh.flow.WordCountFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** {@code scripts/bench flow wordcount}: every system once a round, one after the other, so that the weather is shared. */
final class FlowCommand {
    private static final Set<String> PASSED_ON =
            Set.of("--batch-ms", "--warm", "--secs", "--reps", "--chunks", "--vocabulary", "--master");
    private static final double MILLION = 1e6;

    private final Arguments arguments;
    private final List<String> flags;
    private final List<FlowSystem> systems;
    private final Rounds rounds = new Rounds();

    FlowCommand(List<String> args) {
        arguments = new Arguments(args, Options.with(PASSED_ON, "--systems", "--set"));
        if (!arguments.words().equals(List.of("wordcount"))) {
            throw new UsageException("flow is " + arguments.words() + ", expected: scripts/bench flow wordcount");
        }
        flags = arguments.jvmFlags("-Xms2g -Xmx2g");
        systems = systems(arguments.get("--systems", "all"));
    }

    private static List<FlowSystem> systems(String labels) {
        if (labels.equals("all")) {
            return List.of(FlowSystem.values());
        }
        List<FlowSystem> chosen = new ArrayList<>();
        for (String label : labels.split(",")) {
            try {
                chosen.add(FlowSystem.of(label));
            } catch (IllegalArgumentException unknown) {
                throw new UsageException(unknown.getMessage() + "; there are "
                        + Stream.of(FlowSystem.values()).map(FlowSystem::label).toList());
            }
        }
        return chosen;
    }

    void run() throws Exception {
        Report report = new Report(
                "flow-wordcount",
                "Word count, whole flow: what does the engine cost beside a bare loop?",
                arguments,
                flags);
        MeasuredJvm jvm = new MeasuredJvm(flags, WordCountFlow.class);
        for (int round = 0; round < arguments.number("--rounds", 3); round++) {
            for (FlowSystem system : systems) {
                List<String> args = new ArrayList<>(List.of("--system", system.label()));
                args.addAll(arguments.passedOn(PASSED_ON));
                List<String> lines = jvm.run(args);
                rounds.add(lines);
                report.addRaw(lines);
            }
        }
        report.add(
                "Lines of 100 bytes, Zipf(1.0) words. One JVM per system and round, systems alternate; a figure is the"
                        + " median over the rounds, the spread covers every repetition of every round. CPU is the whole"
                        + " process: feeder, sender, collector and compiler included. Every run's counts were equal to the"
                        + " judge's.\n");
        table(report);
        ratios(report);
        report.add(
                "\nCPU seconds per million records of each Java thread, in the first round; the rest is the JVM's own:\n");
        for (String system : rounds.systems()) {
            report.add(ThreadTable.line(rounds, system, "cpu_s_per_million_of "));
        }
        report.finish();
    }

    private void table(Report report) {
        report.add("| system | M records/s | spread | CPU s per M records | bytes allocated a record | cores used"
                + " | cores others used |");
        report.add("|---|---|---|---|---|---|---|");
        for (String system : rounds.systems()) {
            report.add(String.format(
                    Locale.ROOT,
                    "| %s: %s | %.2f | %.2f to %.2f | %.3f | %.0f | %.2f | %.2f |",
                    system,
                    rounds.first(system).get("what"),
                    rounds.median(system, "records_per_s") / MILLION,
                    rounds.least(system, "records_per_s_min") / MILLION,
                    rounds.most(system, "records_per_s_max") / MILLION,
                    rounds.median(system, "cpu_s_per_million"),
                    rounds.median(system, "allocated_bytes_per_record"),
                    rounds.median(system, "cores_used"),
                    rounds.median(system, "cores_used_by_others")));
        }
        report.add("");
    }

    private void ratios(Report report) {
        report.add("| ratio | records/s | CPU per record |");
        report.add("|---|---|---|");
        ratio(report, "lines-plain", "bare-strings", "target ≥ 0.6");
        ratio(report, "lines-plain", "bare-decoded", "the fair one: both begin with bytes");
        ratio(report, "records-plain", "bare-strings", "");
        ratio(report, "lines-recognised", "lines-plain", "target ≥ 2");
        ratio(report, "records-recognised", "records-plain", "");
        ratio(report, "lines-recognised", "bytes", "of the limit");
        ratio(report, "socket-plain", "lines-plain", "");
        ratio(report, "socket-recognised", "lines-recognised", "");
    }

    private void ratio(Report report, String system, String to, String note) {
        if (rounds.has(system) && rounds.has(to)) {
            report.add(String.format(
                    Locale.ROOT,
                    "| %s / %s%s | %.2f | %.2f |",
                    system,
                    to,
                    note.isEmpty() ? "" : " (" + note + ")",
                    rounds.median(system, "records_per_s") / rounds.median(to, "records_per_s"),
                    rounds.median(system, "cpu_s_per_million") / rounds.median(to, "cpu_s_per_million")));
        }
    }
}

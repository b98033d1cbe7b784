package io.millrace.jmh.bench;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** {@code scripts/bench jmh}: benchmarks of single rooms, each beside a plain alternative in the same class. */
final class JmhCommand {
    private static final String PACKAGE = "io.millrace.jmh.";
    private static final String ALLOCATION = "gc.alloc.rate.norm";
    private static final int MILLIS = 1_000;

    private final Arguments arguments;
    private final String pattern;

    JmhCommand(List<String> args) {
        arguments = new Arguments(args, Set.of("--warm", "--iterations", "--secs", "--param"));
        if (arguments.words().size() > 1) {
            throw new UsageException("jmh takes one PATTERN, got " + arguments.words());
        }
        pattern = arguments.words().isEmpty() ? "" : arguments.words().get(0);
    }

    void run() throws Exception {
        List<String> flags = arguments.jvmFlags("-Xms2g -Xmx2g");
        String name = pattern.replaceAll("[^A-Za-z0-9]+", "-").toLowerCase(Locale.ROOT);
        Report report = new Report(
                "jmh-" + (name.isEmpty() ? "all" : name),
                "Rooms alone, beside a plain alternative" + (pattern.isEmpty() ? "" : ": " + pattern),
                arguments,
                flags);
        // The flags are set, not appended: forks would inherit those of this JVM, which never runs the second compiler.
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(PACKAGE + ".*" + pattern + ".*")
                .forks(arguments.number("--rounds", 2))
                .warmupIterations(arguments.number("--warm", 3))
                .measurementIterations(arguments.number("--iterations", 5))
                .warmupTime(seconds())
                .measurementTime(seconds())
                .jvmArgs(flags.toArray(String[]::new))
                .shouldFailOnError(true)
                .addProfiler(GCProfiler.class);
        if (arguments.has("--param")) {
            String[] parameter = arguments.get("--param", "").split("=", 2);
            options.param(parameter[0], parameter[1].split(","));
        }
        Path folder = report.open();
        if (folder != null) {
            options.result(folder.resolve("jmh.json").toString()).resultFormat(ResultFormatType.JSON);
        }
        try {
            table(report, new Runner(options.build()).run());
        } catch (RunnerException failed) {
            String why = failed.getMessage() == null ? "nothing matches '" + pattern + "'" : failed.getMessage();
            throw new IllegalStateException("the benchmarks ended early: " + why, failed);
        }
        report.finish();
    }

    private TimeValue seconds() {
        return TimeValue.milliseconds((long) (Double.parseDouble(arguments.get("--secs", "1")) * MILLIS));
    }

    private static void table(Report report, Collection<RunResult> results) {
        report.add("Mean and 99.9 % confidence over all forks; allocation as the collector counts it.\n");
        report.add("| benchmark | with | score | ± | unit | bytes allocated per op |");
        report.add("|---|---|---|---|---|---|");
        for (RunResult result : results) {
            Result<?> score = result.getPrimaryResult();
            report.add(String.format(
                    Locale.ROOT,
                    "| %s | %s | %.3f | %.3f | %s | %s |",
                    result.getParams().getBenchmark().substring(PACKAGE.length()),
                    parameters(result),
                    score.getScore(),
                    score.getScoreError(),
                    score.getScoreUnit(),
                    allocation(result)));
        }
    }

    private static String allocation(RunResult result) {
        return result.getSecondaryResults().values().stream()
                .filter(extra -> extra.getLabel().contains(ALLOCATION))
                .map(extra -> String.format(Locale.ROOT, "%.2f", extra.getScore()))
                .findFirst()
                .orElse("");
    }

    private static String parameters(RunResult result) {
        return result.getParams().getParamsKeys().stream()
                .map(key -> key + " " + result.getParams().getParam(key))
                .collect(Collectors.joining(", "));
    }
}

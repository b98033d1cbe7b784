package io.millrace.jmh.bench;

import io.millrace.jmh.durable.PlainRead;
import io.millrace.jmh.durable.RecoveryRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code scripts/bench recovery}: checkpoints are made once; each round goes on with a copy of each, in a new JVM. */
final class RecoveryCommand {
    private static final Set<String> PASSED_ON = Set.of("--batch-ms", "--master");
    private static final String SNAPSHOT = "snapshot";
    private static final String WITH_LOG = "snapshot and log";
    private static final String COPY = "copy";
    private static final String LOG_BYTES = "67108864";
    private static final double MEGA = 1e6;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Arguments arguments;
    private final List<String> flags;
    private final List<String> keys;
    private final List<String> caches;
    private final MeasuredJvm engine;
    private final MeasuredJvm loop;
    private final Rounds rounds = new Rounds();

    RecoveryCommand(List<String> args) {
        arguments = new Arguments(
                args, Options.with(PASSED_ON, "--keys", "--log-bytes", "--cache", "--directory", "--set"));
        if (!arguments.words().isEmpty()) {
            throw new UsageException("recovery takes options only, got " + arguments.words());
        }
        flags = arguments.jvmFlags("-Xmx1g");
        keys = arguments.list("--keys", "10000,1000000,10000000");
        caches = arguments.list("--cache", "cold,warm");
        engine = new MeasuredJvm(flags, RecoveryRun.class);
        loop = new MeasuredJvm(List.of("-Xmx3g"), PlainRead.class);
    }

    void run() throws Exception {
        try (ScratchFolder folder = new ScratchFolder(arguments.get("--directory", null))) {
            Report report = new Report("recovery", "How long until a program goes on?", arguments, flags);
            for (String each : keys) {
                prepare(each, folder);
            }
            for (int round = 0; round < arguments.number("--rounds", 3); round++) {
                for (String each : keys) {
                    for (String kind : List.of(SNAPSHOT, WITH_LOG)) {
                        measure(each, kind, folder, report);
                    }
                }
            }
            write(folder, report);
            report.finish();
        }
    }

    private void prepare(String each, ScratchFolder folder) throws Exception {
        String snapshot = name(each, SNAPSHOT);
        String withLog = name(each, WITH_LOG);
        engine.run(argumentsOf("fill", each, folder, snapshot));
        folder.copy(snapshot, withLog);
        engine.run(argumentsOf("extend", each, folder, withLog));
    }

    private static String name(String each, String kind) {
        return each + "-" + kind.replace(' ', '-');
    }

    private List<String> argumentsOf(String what, String each, ScratchFolder folder, String name) {
        List<String> args = new ArrayList<>(arguments.passedOn(PASSED_ON));
        args.addAll(List.of(
                "--do",
                what,
                "--keys",
                each,
                "--directory",
                folder.resolve(name).toString()));
        args.addAll(List.of("--log-bytes", arguments.get("--log-bytes", LOG_BYTES)));
        return args;
    }

    private void measure(String each, String kind, ScratchFolder folder, Report report) throws Exception {
        for (String cache : caches) {
            String system = system(each, kind, cache);
            folder.copy(name(each, kind), COPY);
            prepareCache(cache, folder);
            rounds.add(report.addRaw(loop.run(List.of(
                    "--system",
                    loop(system),
                    "--directory",
                    folder.resolve(COPY).toString()))));
            prepareCache(cache, folder);
            List<String> args = argumentsOf("go on", each, folder, COPY);
            args.addAll(List.of("--system", system));
            rounds.add(report.addRaw(engine.run(args)));
            folder.delete(COPY);
        }
    }

    private static void prepareCache(String cache, ScratchFolder folder) throws Exception {
        if (cache.equals("cold")) {
            PageCache.drop(folder.resolve(COPY));
        } else {
            PageCache.fill(folder.resolve(COPY));
        }
    }

    private static String system(String each, String kind, String cache) {
        return each + " keys, " + kind + ", " + cache;
    }

    private static String loop(String system) {
        return system + ", plain loop";
    }

    private void write(ScratchFolder folder, Report report) throws Exception {
        report.add(
                "A count by key, long to long; a process has ended, and the next one goes on with its checkpoint, a copy of it each"
                        + " time, on " + folder.fileSystem()
                        + ". `snapshot`: the run was stopped gracefully; `snapshot and log`: it went on"
                        + " until the log behind the snapshot had " + arguments.get("--log-bytes", LOG_BYTES)
                        + " bytes, and was killed. `cold`: the files are not in the guest's page cache (a host may have them); `warm`: they are."
                        + " The plain loop reads the same files from the first byte to the last into memory, works out their CRC32C, and puts each entry"
                        + " into an open-addressing table of longs. One JVM each a round, which also has to load and compile its classes; a figure"
                        + " is the median over the rounds, in brackets the worst round.\n");
        times(report);
        costs(report);
    }

    private void times(Report report) {
        report.add(
                "ms from `start()` of a context made by `getOrCreate`, until it returns, the first batch has ended, and one with a"
                        + " new record is committed; and the last from the start of the JVM:\n");
        report.add(
                "| | start() | first batch | commit | commit, from the JVM's start | plain loop | start() / plain loop |");
        report.add("|---|---|---|---|---|---|---|");
        for (String system : systems()) {
            report.add("| " + system + " | " + Cells.worst(rounds, system, "start_ms", 1) + " | "
                    + Cells.worst(rounds, system, "first_batch_ms", 1) + " | "
                    + Cells.worst(rounds, system, "commit_ms", 1) + " | "
                    + Cells.worst(rounds, system, "since_jvm_ms", 1) + " | "
                    + Cells.worst(rounds, loop(system), "all_ms", 1) + " | "
                    + String.format(
                            Locale.ROOT,
                            "%.2f",
                            rounds.median(system, "start_ms") / rounds.median(loop(system), "all_ms"))
                    + " |");
        }
    }

    private void costs(Report report) {
        report.add(
                "\nPer byte of the files and per entry in them (a key that the log has again counts again); the heap is the sum of the"
                        + " most that each of its pools had, garbage included, and resident is the most of the whole process:\n");
        report.add(
                "| | MB | entries | start(), MB/s | ns an entry | plain loop, MB/s | ns an entry | of it read and checksum, MB/s"
                        + " | peak heap, MB | peak resident, MB |");
        report.add("|---|---|---|---|---|---|---|---|---|---|");
        for (String system : systems()) {
            String loop = loop(system);
            double bytes = rounds.median(loop, "bytes");
            double entries = rounds.median(loop, "entries");
            report.add(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.0f | %s | %s | %.0f | %.0f | %.0f |",
                    system,
                    bytes / MEGA,
                    entries,
                    speed(bytes, entries, rounds.median(system, "start_ms")),
                    speed(bytes, entries, rounds.median(loop, "all_ms")),
                    bytes / MEGA / (rounds.median(loop, "read_ms") / 1e3),
                    rounds.median(system, "peak_heap_mb"),
                    rounds.median(system, "peak_resident_mb")));
        }
    }

    private static String speed(double bytes, double entries, double millis) {
        return String.format(
                Locale.ROOT, "%.0f | %.0f", bytes / MEGA / (millis / 1e3), millis * NANOS_PER_MILLI / entries);
    }

    private List<String> systems() {
        return rounds.systems().stream()
                .filter(system -> rounds.has(loop(system)))
                .toList();
    }
}

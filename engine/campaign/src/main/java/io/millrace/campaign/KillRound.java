package io.millrace.campaign;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Up to {@value #KILLS} kills of one program, and then a rest. */
final class KillRound {
    private static final int KILLS = 10;
    private static final int DEPTH = 5;
    private static final long REST_SECONDS = 60;
    private static final long POINT_SECONDS = 3;
    private static final long STEP_MS = 100;
    private static final String[] COMMIT_INTERVALS = {"0", "1ms", "200ms"};
    private static final String[] SNAPSHOT_BYTES = {"2k", "16k", "64m"};

    private final SplittableRandom random;
    private final Path folder;
    private final Path archive;
    private final FailPoints points;
    private final long deadline;
    private final long mostKills;
    private final Topology topology;
    private final String commitInterval;
    private final Words words;
    private final WordFiles files;
    private final List<String> failures = new ArrayList<>();
    private Database database;
    private LineSender sender;
    private Point armed;
    private Results results = new Results();
    private long kills;
    private long killedOpening;
    private int deepest;
    private long lines;
    private boolean isTold; // files that are there before the first start do not count

    /**
     * What was done.
     *
     * @param opening kills before the engine has started
     * @param deepest how often in a row a recovery was killed
     * @param again outputs that were given again after a kill
     */
    record Played(
            long rounds, long kills, long opening, long deepest, long batches, long again, long lines, long words) {
        static final Played NOTHING = new Played(0, 0, 0, 0, 0, 0, 0, 0);

        Played and(Played other) {
            return new Played(
                    rounds + other.rounds,
                    kills + other.kills,
                    opening + other.opening,
                    Math.max(deepest, other.deepest),
                    batches + other.batches,
                    again + other.again,
                    lines + other.lines,
                    words + other.words);
        }

        Map<String, Object> counts() {
            return Map.of(
                    "rounds", rounds,
                    "kills", kills,
                    "killsInRecovery", opening,
                    "deepestRecovery", deepest,
                    "batches", batches,
                    "outputsGivenAgain", again,
                    "lines", lines,
                    "words", words);
        }
    }

    /**
     * @param archive of classes, so that processes start faster: the first process that ends by itself makes it
     * @param deadline by {@link System#nanoTime}, for the kills
     */
    KillRound(long seed, Path folder, Path archive, FailPoints points, long deadline, long mostKills)
            throws IOException {
        this.random = new SplittableRandom(seed);
        this.folder = folder;
        this.archive = archive;
        this.points = points;
        this.deadline = deadline;
        this.mostKills = Math.min(KILLS, mostKills);
        this.topology = Topology.values()[random.nextInt(Topology.values().length)];
        this.commitInterval = COMMIT_INTERVALS[random.nextInt(COMMIT_INTERVALS.length)];
        this.words = new Words(random);
        this.files = new WordFiles(words, folder.resolve(KilledProgram.WATCHED));
    }

    /** What went wrong; empty if nothing did. */
    List<String> play() throws IOException, SQLException {
        try (Database made = new Database(folder.getFileName().toString());
                LineSender opened = new LineSender()) {
            database = made;
            sender = opened;
            Process process = killFirst();
            try {
                awaitBatch(process, 0);
                isTold = true;
                while (isGoingOn()) {
                    process = killAndStart(process);
                }
                if (armed != null) {
                    end(process);
                    process = start(null);
                }
                if (failures.isEmpty()) {
                    rest(process);
                }
                if (failures.isEmpty()) {
                    process = endAndStartAgain(process);
                }
            } finally {
                end(process);
            }
        }
        if (failures.isEmpty()) {
            results.failures().forEach(this::fail);
            sender.complaints().forEach(this::fail);
        }
        return failures;
    }

    Played played() {
        return new Played(1, kills, killedOpening, deepest, results.batches(), results.again(), lines, words.total());
    }

    private boolean isGoingOn() {
        return failures.isEmpty() && kills < mostKills && System.nanoTime() - deadline < 0;
    }

    /** Kill the first start of all, now and then, and start. */
    private Process killFirst() throws IOException {
        if (random.nextBoolean() && isGoingOn()) {
            killOpening(points.next(random, topology, true, true));
        }
        return start(null);
    }

    /** Kill a process in its work, and then those that recover; the last one goes on. */
    private Process killAndStart(Process process) throws IOException {
        work(process);
        kill(process, false);
        failures.addAll(read().failures());
        int depth = random.nextInt(3) == 0 ? 1 + random.nextInt(DEPTH) : 0;
        for (int i = 0; i < depth && isGoingOn(); i++) {
            killOpening(random.nextInt(4) == 0 ? null : points.next(random, topology, false, true));
            deepest = Math.max(deepest, i + 1);
        }
        return start(random.nextBoolean() ? points.next(random, topology, false, false) : null);
    }

    private void killOpening(Point point) throws IOException {
        Process process = start(point);
        if (point == null) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100 + random.nextInt(500)));
        } else {
            awaitHalt(process);
        }
        kill(process, true);
    }

    private Process start(Point point) throws IOException {
        keepAsFound();
        armed = point;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xlog:disable",
                "-Xlog:all=off",
                Files.exists(archive) ? "-XX:SharedArchiveFile=" + archive : "-XX:ArchiveClassesAtExit=" + archive,
                "-cp",
                System.getProperty("java.class.path"),
                KilledProgram.class.getName()));
        long occurrence = point == null ? 1 : FailPoints.occurrence(random, point);
        command.addAll(List.of(KilledProgram.arguments(
                folder, topology, commitInterval, snapshotBytes(), database.url(), sender.port(), point, occurrence)));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(folder.resolve("program.log").toFile()))
                .start();
    }

    /** Where state is written anew all the time, more points are reached. */
    private String snapshotBytes() {
        return SNAPSHOT_BYTES[armed != null ? 0 : random.nextInt(SNAPSHOT_BYTES.length)];
    }

    /** A copy of the checkpoint as the next process finds it, for who looks for the reason of a failure. */
    private void keepAsFound() throws IOException {
        Path checkpoint = folder.resolve(KilledProgram.CHECKPOINT);
        Path found = folder.resolve("checkpoint-as-found");
        Campaign.remove(found);
        if (Files.exists(checkpoint)) {
            try (Stream<Path> files = Files.walk(checkpoint)) {
                for (Path file : files.toList()) {
                    Files.copy(file, found.resolve(checkpoint.relativize(file).toString()));
                }
            }
        }
    }

    /** Until it halts where it shall; else to any time after the start of the JVM, or soon after the first batch of this life. */
    private void work(Process process) throws IOException {
        if (armed != null) {
            awaitHalt(process);
        } else if (random.nextBoolean()) {
            awaitBatch(process, read().lastMs());
            put(TimeUnit.MILLISECONDS.toNanos(random.nextInt(600)), process);
        } else {
            put(TimeUnit.MILLISECONDS.toNanos(100 + random.nextInt(2000)), process);
        }
    }

    /** Move files in until a process halts at its point; not much longer than until its first batch, if it never comes there. */
    private void awaitHalt(Process process) throws IOException {
        long lastMs = read().lastMs();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(REST_SECONDS);
        while (process.isAlive() && read().lastMs() == lastMs && System.nanoTime() < end) {
            put(TimeUnit.MILLISECONDS.toNanos(STEP_MS), process);
        }
        if (!armed.isOpening()) {
            put(TimeUnit.SECONDS.toNanos(POINT_SECONDS), process);
        }
        if (!process.isAlive()) {
            points.killedAt(armed);
        }
    }

    /** Move files in for a while, as long as the process is alive. */
    private void put(long nanos, Process process) throws IOException {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end && process.isAlive()) {
            if (isTold) {
                putLine();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(40)));
        }
        if (hasEndedBadly(process)) {
            fail("the program ended by itself, with status " + process.exitValue());
        }
    }

    private void putLine() throws IOException {
        lines++;
        if (topology == Topology.RECEIVED) {
            sender.put(words.line());
        } else {
            files.put();
        }
    }

    private boolean hasEndedBadly(Process process) {
        return !process.isAlive() && !(armed != null && process.exitValue() == KilledProgram.HALTED);
    }

    private Results read() throws IOException {
        results = Results.read(folder.resolve(KilledProgram.RESULTS));
        return results;
    }

    private void awaitBatch(Process process, long afterMs) throws IOException {
        await(process, "no batch after " + afterMs, () -> read().lastMs() > afterMs);
    }

    /** All that was moved in is counted, and nothing more is. */
    private void rest(Process process) throws IOException {
        await(
                process,
                "counts never became those of the input",
                () -> read().counts().equals(words.counts()));
        if (failures.isEmpty()) {
            long restMs = results.lastMs();
            awaitBatch(process, restMs + 2 * Topology.WINDOW_BATCHES * Topology.BATCH_MS);
            if (!read().counts().equals(words.counts())) {
                fail("at rest, counts went on: " + Results.difference(words.counts(), results.counts()));
            }
        }
    }

    /** After a graceful stop all outputs are whole, and no batch is run again. */
    private Process endAndStartAgain(Process process) throws IOException, SQLException {
        process.destroy();
        await(null, "the program did not end when it was told to", () -> !process.isAlive());
        int given = read().again();
        long lastMs = results.lastMs();
        outputs();
        Process next = start(null);
        awaitBatch(next, lastMs);
        if (read().again() != given) {
            fail("after a graceful stop, outputs were given again");
        }
        return next;
    }

    private void outputs() throws IOException, SQLException {
        if (topology == Topology.FILES) {
            SavedBatches.failures(folder.resolve(KilledProgram.SAVED), results.timesMs(), words.counts())
                    .forEach(this::fail);
        }
        if (topology == Topology.JDBC && !database.words().equals(words.counts())) {
            fail("words that came in and are in the table " + Results.difference(words.counts(), database.words()));
        }
    }

    private void kill(Process process, boolean isOpening) {
        end(process);
        kills++;
        killedOpening += isOpening ? 1 : 0;
    }

    private static void end(Process process) {
        process.destroyForcibly();
        boolean isInterrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException later) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Something that will be. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    /** As long as batches are run; a slow machine has many to make up for. */
    private void await(Process process, String otherwise, Condition condition) throws IOException {
        long lastMs = results.lastMs();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(REST_SECONDS);
        while (failures.isEmpty() && !condition.holds()) {
            if (process != null && !process.isAlive()) {
                fail("the program ended by itself, with status " + process.exitValue());
            } else if (results.lastMs() > lastMs) {
                lastMs = results.lastMs();
                end = System.nanoTime() + TimeUnit.SECONDS.toNanos(REST_SECONDS);
            } else if (System.nanoTime() > end) {
                fail(otherwise + ", and there was no batch for " + REST_SECONDS + " s; expected and was "
                        + Results.difference(words.counts(), results.counts()));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private void fail(String what) {
        failures.add(what + " (" + topology + ", after " + kills + " kills, commit interval " + commitInterval
                + "; see program.log there)");
    }
}

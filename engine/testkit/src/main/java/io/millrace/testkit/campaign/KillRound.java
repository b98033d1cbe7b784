package io.millrace.testkit.campaign;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Up to {@value #KILLS} kills of one program, and then a rest. */
final class KillRound {
    private static final int KILLS = 30;
    private static final int WORDS = 60;
    private static final long REST_SECONDS = 120;
    private static final String[] COMMIT_INTERVALS = {"0", "1ms", "200ms"};
    private static final String[] SNAPSHOT_BYTES = {"4k", "64k", "64m"};

    private final SplittableRandom random;
    private final Path folder;
    private final long deadline;
    private final long mostKills;
    private final String commitInterval;
    private final String snapshotBytes;
    private final Map<String, Integer> expected = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private KillResults results;
    private long kills;
    private long files;
    private long words;

    /**
     * What was done.
     *
     * @param again outputs that were given again after a kill
     */
    record Played(long kills, long batches, long again, long files, long words) {
        static final Played NOTHING = new Played(0, 0, 0, 0, 0);

        Played and(Played other) {
            return new Played(
                    kills + other.kills,
                    batches + other.batches,
                    again + other.again,
                    files + other.files,
                    words + other.words);
        }
    }

    /** @param deadline by {@link System#nanoTime}, for the kills */
    KillRound(long seed, Path folder, long deadline, long mostKills) {
        this.random = new SplittableRandom(seed);
        this.folder = folder;
        this.deadline = deadline;
        this.mostKills = Math.min(KILLS, mostKills);
        this.commitInterval = COMMIT_INTERVALS[random.nextInt(COMMIT_INTERVALS.length)];
        this.snapshotBytes = SNAPSHOT_BYTES[random.nextInt(SNAPSHOT_BYTES.length)];
    }

    /** What went wrong; empty if nothing did. */
    List<String> play() throws IOException {
        Files.createDirectories(folder.resolve(KilledProgram.WATCHED));
        Process process = start();
        try {
            awaitBatch(process, 0); // files that are there before the first start do not count
            while (failures.isEmpty() && kills < mostKills && System.nanoTime() < deadline) {
                work(process);
                kill(process);
                failures.addAll(read().failures());
                process = start();
            }
            if (failures.isEmpty()) {
                rest(process);
            }
            if (failures.isEmpty()) {
                process = endAndStartAgain(process);
            }
        } finally {
            kill(process);
            kills--; // that one was no test
        }
        if (failures.isEmpty()) {
            failures.addAll(results.failures());
        }
        return failures;
    }

    Played played() {
        return new Played(kills, results.batches(), results.again(), files, words);
    }

    private Process start() throws IOException {
        keepAsFound();
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                KilledProgram.class.getName(),
                folder.toString(),
                commitInterval,
                snapshotBytes);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(folder.resolve("program.log").toFile()))
                .start();
    }

    /** A copy of the checkpoint as the next process finds it, for who looks for the reason of a failure. */
    private void keepAsFound() throws IOException {
        Path checkpoint = folder.resolve(KilledProgram.CHECKPOINT);
        Path found = folder.resolve("checkpoint-as-found");
        KillCampaign.remove(found);
        if (Files.exists(checkpoint)) {
            try (Stream<Path> files = Files.walk(checkpoint)) {
                for (Path file : files.toList()) {
                    Files.copy(file, found.resolve(checkpoint.relativize(file).toString()));
                }
            }
        }
    }

    /** At any time after the start of the JVM, or soon after the first batch of this life. */
    private void work(Process process) throws IOException {
        if (random.nextBoolean()) {
            awaitBatch(process, read().lastMs());
            put(TimeUnit.MILLISECONDS.toNanos(random.nextInt(600)));
        } else {
            put(TimeUnit.MILLISECONDS.toNanos(100 + random.nextInt(2000)));
        }
        if (!process.isAlive()) {
            fail("the program ended by itself, with status " + process.exitValue());
        }
    }

    /** Move files in for a while. */
    private void put(long nanos) throws IOException {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            put();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(40)));
        }
    }

    private void put() throws IOException {
        StringJoiner line = new StringJoiner(" ", "", "\n");
        for (int count = 1 + random.nextInt(40); count > 0; count--) {
            String word = "w" + random.nextInt(1 + random.nextInt(WORDS));
            line.add(word);
            expected.merge(word, 1, Integer::sum);
            words++;
        }
        Path writing = Files.writeString(folder.resolve("writing"), line.toString());
        Files.move(
                writing, folder.resolve(KilledProgram.WATCHED).resolve("f" + files++), StandardCopyOption.ATOMIC_MOVE);
    }

    private KillResults read() throws IOException {
        results = KillResults.read(folder.resolve(KilledProgram.RESULTS));
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
                () -> read().counts().equals(expected));
        if (failures.isEmpty()) {
            long restMs = results.lastMs();
            awaitBatch(process, restMs + 2 * KilledProgram.WINDOW_BATCHES * KilledProgram.BATCH_MS);
            if (!read().counts().equals(expected)) {
                fail("at rest, counts went on: " + KillResults.difference(expected, results.counts()));
            }
        }
    }

    /** After a graceful stop no batch is run again. */
    private Process endAndStartAgain(Process process) throws IOException {
        process.destroy();
        await(null, "the program did not end when it was told to", () -> !process.isAlive());
        int given = read().again();
        long lastMs = results.lastMs();
        Process next = start();
        awaitBatch(next, lastMs);
        if (read().again() != given) {
            fail("after a graceful stop, outputs were given again");
        }
        return next;
    }

    private void kill(Process process) {
        process.destroyForcibly();
        boolean isInterrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException later) {
                isInterrupted = true;
            }
        }
        kills++;
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Something that will be. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private void await(Process process, String otherwise, Condition condition) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(REST_SECONDS);
        while (failures.isEmpty() && !condition.holds()) {
            if (process != null && !process.isAlive()) {
                fail("the program ended by itself, with status " + process.exitValue());
            } else if (System.nanoTime() > end) {
                fail(otherwise + " within " + REST_SECONDS + " s; expected and was "
                        + KillResults.difference(expected, results.counts()));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private void fail(String what) {
        failures.add(what + " (after " + kills + " kills, commit interval " + commitInterval + ", snapshot bytes "
                + snapshotBytes + "; see program.log there)");
    }
}

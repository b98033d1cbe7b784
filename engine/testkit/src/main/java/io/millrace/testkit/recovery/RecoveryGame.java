package io.millrace.testkit.recovery;

import io.millrace.api.PushInputDStream;
import io.millrace.api.StreamingContext;
import io.millrace.checkpoint.simulation.CrashProfile;
import io.millrace.checkpoint.simulation.FaultHook;
import io.millrace.checkpoint.simulation.ForceFailure;
import io.millrace.checkpoint.simulation.SimulatedCrash;
import io.millrace.checkpoint.simulation.SimulatedFileStore;
import io.millrace.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One random program whose process ends again and again: at a random operation of its disk, also while it is recovering, because the disk
 * fails, between two batches, or by a stop; then the power is cut or only the process is gone. A calm life ends the game: all that was sent is in the
 * program then, each record once.
 *
 * <p>What is judged in each life: no record is in the program twice; what was certain (committed, and the engine at rest after it) is
 * there, in the batch where it was; batches run in the order of their times, none left out and none that was certain run again; each output equals
 * what plain loops make of the same batches; no memory is held and no thread lives on. Records that are read from files are in the same batch
 * whenever it is run again, with the same outputs; records that are pushed are lost with the process if they were in no committed batch, and
 * sent again.
 */
public final class RecoveryGame {
    private static final long BATCH_MS = 100;
    private static final long[] COMMIT_MS = {1, 1, 0, 100, 250, 1000};
    private static final int CALM_BATCHES = 12;

    private enum End {
        CRASH,
        /** An operation of the disk fails, or all from one on: the run may bear it, or end in order. */
        FAULT,
        KILL,
        GRACEFUL_STOP,
        STOP
    }

    private final SplittableRandom random;
    private final ManualClock clock = new ManualClock(1000);
    private final SimulatedFileStore disk = new SimulatedFileStore();
    private final boolean isForced;
    private final Path watched;
    private final long commitMs;
    private final String snapshotBytes;
    private final GameProgram program;
    private final Sender sender;
    private final Oracle oracle;
    private String story = "";
    private int crashes;
    private int batches;
    private int livesPlayed;

    /**
     * What was played.
     *
     * @param games seeds
     * @param lives processes
     * @param crashes of them those that ended without a stop
     * @param batches that were run, those run again included
     * @param records that were sent, each of which is in the program once
     */
    public record Played(long games, long lives, long crashes, long batches, long records) {
        /** Nothing yet. */
        public static final Played NOTHING = new Played(0, 0, 0, 0, 0);

        /** Both. */
        public Played and(Played other) {
            return new Played(
                    games + other.games,
                    lives + other.lives,
                    crashes + other.crashes,
                    batches + other.batches,
                    records + other.records);
        }
    }

    private RecoveryGame(long seed, Path folder) throws IOException {
        random = new SplittableRandom(seed);
        isForced = random.nextInt(4) > 0;
        watched = random.nextInt(3) == 0 ? Files.createTempDirectory(folder, "watched") : null;
        commitMs = COMMIT_MS[random.nextInt(COMMIT_MS.length)];
        snapshotBytes = (1 << random.nextInt(5)) + "k";
        program = GameProgram.random(random, BATCH_MS);
        sender = new Sender(random, watched);
        oracle = new Oracle(program, sender, BATCH_MS, watched != null);
    }

    /**
     * Play a seed's game.
     *
     * @param folder for the files that its program reads; they are removed
     * @throws AssertionError if something was lost, doubled or wrong; says what, in which life, and of which program
     */
    public static Played play(long seed, Path folder) throws IOException {
        RecoveryGame game = new RecoveryGame(seed, folder);
        try {
            return game.play();
        } catch (Exception | AssertionError | SimulatedCrash wrong) {
            throw new AssertionError(game + wrong.getMessage(), wrong);
        } finally {
            game.removeFiles();
        }
    }

    private void removeFiles() throws IOException {
        if (watched != null) {
            try (var files = Files.list(watched)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(watched);
        }
    }

    private Played play() throws Exception {
        for (int lives = 1 + random.nextInt(6); lives > 0; lives--) {
            boolean isCrash = random.nextBoolean();
            live(isCrash ? End.CRASH : End.values()[random.nextInt(End.values().length)], 1 + random.nextInt(10));
        }
        live(End.GRACEFUL_STOP, 0);
        return new Played(1, livesPlayed, crashes, batches, sender.ids().size());
    }

    private void live(End end, int count) throws Exception {
        livesPlayed++;
        story += "\n  life " + livesPlayed + ": " + (count == 0 ? "calm" : count + " batches, " + end);
        if (end == End.CRASH) {
            crashAt(anyOperation());
        } else if (end == End.FAULT) {
            failFrom(anyOperation());
        }
        Life life = new Life(disk, clock, random.nextInt(3), BATCH_MS, settings());
        boolean isCrashed = false;
        boolean isStopped = false;
        try {
            oracle.now(clock.time());
            life.start(this::build);
            rest(life);
            if (count == 0) {
                calm(life);
            } else {
                for (int batch = 0; batch < count; batch++) {
                    batch(life, random.nextInt(4));
                }
            }
            isStopped = stop(life, end, count == 0);
        } catch (Exception | SimulatedCrash thrown) {
            if (!life.hasCrashed() && end != End.FAULT) {
                throw thrown;
            }
            story += ", ended by " + thrown.getMessage();
            isCrashed = true;
        }
        boolean isWhole = !isCrashed;
        if (isCrashed || !isStopped) {
            crashes++;
            if (end == End.FAULT) {
                life.close(); // as far as the disk lets it
            }
            life.end();
            lose(isCrashed);
        }
        life.close();
        story += oracle;
        batches += oracle.batches();
        oracle.judge(isWhole);
        clock.advanceMs(random.nextInt(3) == 0 ? random.nextInt(350) : 0);
    }

    private void crashAt(int operation) {
        disk.hook(FaultHook.crashAt(operation));
        story += " at operation " + operation;
    }

    private int anyOperation() {
        return 1 + random.nextInt(random.nextBoolean() ? 40 : 400);
    }

    private void failFrom(int operation) {
        boolean isOnce = random.nextBoolean();
        // Without forces, all that was ever written would be reverted; nobody has promised to bear that.
        disk.forceFailure(isForced && random.nextBoolean() ? ForceFailure.REVERTED : ForceFailure.READABLE);
        disk.hook((number, kind, name) -> {
            if (isOnce ? number == operation : number >= operation) {
                throw new IOException("Input/output error");
            }
        });
        story += (isOnce ? " at operation " : " from operation ") + operation;
    }

    private Map<String, String> settings() {
        return Map.of(
                "millrace.checkpoint.durability",
                isForced ? "fsync" : "process",
                "millrace.checkpoint.commitInterval",
                commitMs + "ms",
                "millrace.checkpoint.snapshotBytes",
                snapshotBytes,
                "millrace.lanes",
                random.nextBoolean() ? "specialised" : "generic");
    }

    private void build(StreamingContext context) {
        if (watched == null) {
            PushInputDStream<String> input = context.pushStream(String.class);
            sender.connect(input::offer);
            program.build(context, input, oracle);
        } else {
            program.build(
                    context,
                    context.fileStream(
                            watched.toString(), file -> Files.readAllLines(file).iterator(), null, false),
                    oracle);
        }
    }

    private void rest(Life life) throws Exception {
        oracle.now(clock.time());
        life.work();
        oracle.atRest(clock.time() - certainAfterMs());
    }

    /** 0 stands for the batch interval, which is more than the least. */
    private long certainAfterMs() {
        return commitMs == 0 ? BATCH_MS : commitMs;
    }

    private void batch(Life life, int fresh) throws Exception {
        sender.send(fresh, oracle.ledger() == null ? null : oracle.ledger().keySet(), clock.time());
        long tick = (clock.time() / BATCH_MS + 1 + (random.nextInt(8) == 0 ? random.nextInt(3) : 0)) * BATCH_MS;
        if (random.nextInt(4) == 0) {
            clock.advanceMs(random.nextLong(tick - clock.time())); // what is committed with no batch
            rest(life);
        }
        clock.advanceTo(tick);
        rest(life);
    }

    /** All that was sent comes in, and then nothing more does. */
    private void calm(Life life) throws Exception {
        for (int batch = 0; batch < CALM_BATCHES; batch++) {
            batch(life, 0);
        }
        Oracle.require(
                oracle.ledger() != null && oracle.ledger().keySet().equals(sender.ids()),
                "sent was " + sender.ids() + ", and in the program is " + oracle.ledger());
    }

    private boolean stop(Life life, End end, boolean isCalm) {
        switch (end) {
            case GRACEFUL_STOP -> {
                if (!isCalm && random.nextInt(3) == 0) {
                    crashAt(1 + random.nextInt(30));
                }
                life.stopGracefully();
                disk.hook(FaultHook.NONE);
                oracle.atRest(Long.MAX_VALUE);
                return true;
            }
            case STOP -> {
                disk.hook(FaultHook.NONE);
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    private void lose(boolean isCrashed) {
        boolean isPowerCut = isForced && random.nextInt(4) > 0;
        if (!isPowerCut) {
            story += isCrashed ? "" : ", killed";
            disk.kill();
            return;
        }
        CrashProfile profile = CrashProfile.values()[random.nextInt(CrashProfile.values().length)];
        int sectorBytes = random.nextInt(4) == 0 ? 1 : SimulatedFileStore.SECTOR_BYTES;
        story += ", power cut " + profile + " by " + sectorBytes;
        disk.crash(profile, sectorBytes, random);
    }

    @Override
    public String toString() {
        return program + (watched == null ? ", pushed" : ", from files") + ", commit every " + commitMs
                + " ms, snapshot after " + snapshotBytes + (isForced ? ", forced" : ", not forced") + story + "\n";
    }
}

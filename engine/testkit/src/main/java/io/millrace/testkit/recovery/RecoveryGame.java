package io.millrace.testkit.recovery;

import io.millrace.api.PushInputDStream;
import io.millrace.api.StreamingContext;
import io.millrace.checkpoint.simulation.CrashProfile;
import io.millrace.checkpoint.simulation.SimulatedCrash;
import io.millrace.checkpoint.simulation.SimulatedFileStore;
import io.millrace.conf.MissedBatches;
import io.millrace.engine.save.SavePorts;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.recovery.Sender.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * One random program whose process ends again and again: at a random operation of its disk, also while it is recovering, because the disk
 * fails or is full, between two batches, or by a stop; then the power is cut or only the process is gone. The next process may have other
 * settings, and code that was changed. A calm life ends the game: all that was sent is in the program then, each record once.
 *
 * <p>What is judged in each life: no record is in the program twice; what was certain (committed, and the engine at rest after it) is
 * there, in the batch where it was; what a log was said to keep is there, and what a sender was told is safe is never asked for again;
 * batches run in the order of their times, none left out but those that may be, and none that was certain or published run again; each
 * output equals what plain loops make of the same batches, and is told if it may have run before; what was published has the records of
 * its batch; a durable counter has counted what is in the program; a run whose disk was full goes on by itself; no memory is held and no
 * thread lives on. At the end each batch is published, and nothing that was staged is left. Records that are read from files or from a log are in the same batch whenever it is run again, with the same
 * outputs; records that are pushed without a log are lost with the process if they were in no committed batch, and sent again.
 *
 * <p>Each life draws from a stream of its own, so that a game without some of its lives is still the same game.
 */
public final class RecoveryGame {
    private static final long BATCH_MS = 100;
    private static final long[] COMMIT_MS = {1, 1, 0, 100, 250, 1000};
    private static final int CALM_BATCHES = 8;
    private static final long SPACE_IS_SEEN_MS = 1500; // a look a second

    private enum End {
        CRASH,
        /** Operations of the disk fail: the run may bear it, or end in order. */
        FAULT,
        /** The disk is full for a while: the run rests, and goes on by itself. */
        FULL,
        KILL,
        GRACEFUL_STOP,
        STOP
    }

    private final long seed;
    private final Cut cut;
    private final ManualClock clock = new ManualClock(1000);
    private final SimulatedFileStore disk = new SimulatedFileStore();
    private final int lives;
    private final boolean isForced;
    private final boolean hasThreads;
    private final boolean hasDiskThreads;
    private final Feed feed;
    private final Path watched;
    private final Path saved;
    private final boolean skipsEmptyBatches;
    private final Published published;
    private final long commitMs;
    private final GameProgram program;
    private final Sender sender;
    private final Oracle oracle;
    private final StringBuilder story = new StringBuilder();
    private SplittableRandom random;
    private Trouble trouble;
    private SavedFiles saves; // null if nothing is saved
    private boolean isHasty; // goes on before all is done that is due
    private boolean isStarted;
    private Revision revision;
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
     * @param trace all that outputs were given, as one number: the same whenever the same is played
     */
    public record Played(long games, long lives, long crashes, long batches, long records, long trace) {
        /** Nothing yet. */
        public static final Played NOTHING = new Played(0, 0, 0, 0, 0, 0);

        /** Both. */
        public Played and(Played other) {
            return new Played(
                    games + other.games,
                    lives + other.lives,
                    crashes + other.crashes,
                    batches + other.batches,
                    records + other.records,
                    trace ^ other.trace);
        }
    }

    private RecoveryGame(long seed, Path folder, Cut cut) throws IOException {
        this.seed = seed;
        this.cut = cut;
        random = new SplittableRandom(seed);
        lives = 1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 12);
        isForced = random.nextInt(4) > 0;
        hasThreads = random.nextInt(32) == 0;
        hasDiskThreads = random.nextInt(64) == 0;
        feed = feed(random.nextInt(20));
        watched = feed == Feed.FILES ? Files.createDirectory(folder.resolve("watched-" + seed)) : null;
        saved = random.nextInt(12) == 0 ? Files.createDirectory(folder.resolve("saved-" + seed)) : null;
        skipsEmptyBatches = random.nextBoolean();
        published = saved == null ? null : new Published(saved);
        commitMs = COMMIT_MS[random.nextInt(COMMIT_MS.length)];
        program = GameProgram.random(random, BATCH_MS).without(cut.branches());
        sender = new Sender(random, feed, watched);
        oracle = new Oracle(program, sender, BATCH_MS, feed, published);
    }

    /** Files are on a real disk, and stores need a thread; both cost more than the rest. */
    private static Feed feed(int number) {
        return switch (number) {
            case 0 -> Feed.STORED;
            case 1, 2 -> Feed.FILES;
            case 3, 4, 5, 6, 7, 8 -> Feed.PUSHED;
            case 9, 10 -> Feed.NUMBERED;
            case 11, 12 -> Feed.NUMBERED_LOGGED;
            default -> Feed.LOGGED;
        };
    }

    /**
     * Play a seed's game.
     *
     * @param folder for the files that its program reads; they are removed
     * @throws AssertionError if something was lost, doubled or wrong; says what, in which life, and of which program, of the smallest
     *     game found that is lost: one with fewer lives and branches
     */
    public static Played play(long seed, Path folder) throws IOException {
        try {
            return play(seed, folder, Cut.NOTHING);
        } catch (AssertionError lost) {
            throw smallest(seed, folder, lost);
        }
    }

    private static Played play(long seed, Path folder, Cut cut) throws IOException {
        RecoveryGame game = new RecoveryGame(seed, folder, cut);
        try {
            return game.play();
        } catch (Exception | AssertionError | SimulatedCrash wrong) {
            throw new AssertionError(game + String.valueOf(wrong), wrong);
        } finally {
            game.removeFiles();
        }
    }

    private static AssertionError smallest(long seed, Path folder, AssertionError lost) throws IOException {
        AssertionError smallest = lost;
        Cut cut = Cut.NOTHING;
        RecoveryGame whole = new RecoveryGame(seed, folder, cut);
        whole.removeFiles();
        for (int life = whole.lives; life > 0; life--) {
            AssertionError smaller = lost(seed, folder, cut.withLife(life));
            cut = smaller == null ? cut : cut.withLife(life);
            smallest = smaller == null ? smallest : smaller;
        }
        for (int branch = whole.program.branches().size() - 1; branch >= 0; branch--) {
            AssertionError smaller = lost(seed, folder, cut.withBranch(branch));
            cut = smaller == null ? cut : cut.withBranch(branch);
            smallest = smaller == null ? smallest : smaller;
        }
        return smallest;
    }

    private static AssertionError lost(long seed, Path folder, Cut cut) throws IOException {
        try {
            play(seed, folder, cut);
            return null;
        } catch (AssertionError lost) {
            return lost;
        }
    }

    private void removeFiles() throws IOException {
        remove(watched);
        remove(saved);
    }

    private static void remove(Path folder) throws IOException {
        if (folder != null) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private Played play() throws Exception {
        for (int life = 1; life <= lives; life++) {
            if (!cut.lives().contains(life)) {
                begin(life);
                live(end(), random.nextInt(8) == 0 ? 1 + random.nextInt(12) : 1 + random.nextInt(3));
            }
        }
        begin(0);
        live(End.GRACEFUL_STOP, 0);
        return new Played(1, livesPlayed, crashes, batches, sender.ids().size(), hasDiskThreads ? 0 : oracle.trace());
    }

    private void begin(int life) {
        random = new SplittableRandom(seed * 1_000_003 + life);
        story.append("\n  life ").append(life).append(": ");
    }

    private End end() {
        return random.nextInt(4) > 0 ? End.CRASH : End.values()[random.nextInt(End.values().length)];
    }

    private void live(End end, int count) throws Exception {
        livesPlayed++;
        clock.advanceMs(random.nextInt(3) == 0 ? random.nextInt(350) : 0);
        story.append(clock.time()).append(" ms, ").append(count == 0 ? "calm" : count + " batches, " + end);
        Life life = newLife(end, count);
        isStarted = false;
        boolean isCrashed = false;
        boolean isStopped = false;
        try {
            start(life);
            run(life, count);
            isStopped = stop(life, end, count == 0);
        } catch (Exception | SimulatedCrash thrown) {
            boolean isBorne = end == End.FAULT || end == End.FULL && !isStarted; // a full disk lets the run rest
            if (!life.hasCrashed() && !isBorne) {
                throw thrown;
            }
            story.append(", ended by ").append(thrown.getMessage());
            isCrashed = true;
        }
        if (!isStopped) {
            endProcess(life, end, isCrashed);
        }
        life.close();
        judge(count == 0, !isCrashed);
    }

    private Life newLife(End end, int count) {
        ProcessView process = new ProcessView(disk);
        saves = published == null ? null : new SavedFiles(process, published);
        trouble = count == 0 ? null : trouble(end, process);
        isHasty = count > 0 && random.nextInt(4) == 0;
        story.append(trouble == null ? "" : trouble).append(isHasty ? ", hasty" : "");
        MissedBatches missed = MissedBatches.values()[random.nextInt(MissedBatches.values().length)];
        oracle.started(clock.time(), missed == MissedBatches.REPLAY);
        Map<String, String> settings = settings(missed);
        revision = Revision.random(random);
        return new Life(
                process,
                clock,
                saves == null ? SavePorts.ON_DISK : saves,
                hasThreads ? random.nextInt(3) : 0,
                hasDiskThreads,
                BATCH_MS,
                settings);
    }

    private void start(Life life) throws Exception {
        life.start(context -> build(life, context, revision));
        isStarted = true;
        if (trouble != null) {
            trouble.started();
        }
        oracle.recovered();
        rest(life);
    }

    private void run(Life life, int count) throws Exception {
        if (count == 0) {
            calm(life);
            return;
        }
        for (int batch = 0; batch < count; batch++) {
            batch(life, random.nextInt(4));
        }
        goOn(life);
    }

    private void endProcess(Life life, End end, boolean isCrashed) throws IOException {
        crashes++;
        if (end == End.FAULT || end == End.FULL) {
            closeAsFarAsTheDiskLetsIt(life);
        }
        life.end();
        lose(isCrashed);
    }

    private void judge(boolean isCalm, boolean isWhole) throws IOException {
        if (saves != null) {
            saves.clear();
        }
        story.append(oracle);
        batches += oracle.batches();
        if (isCalm) {
            oracle.judgePublished(skipsEmptyBatches);
        }
        oracle.judge(isWhole);
    }

    private Trouble trouble(End end, ProcessView process) {
        Trouble chosen = new Trouble(disk, process, random.split());
        switch (end) {
            case CRASH -> {
                if (saves != null && random.nextInt(3) == 0) {
                    story.append(saves.crash(random));
                } else {
                    chosen.crash();
                }
            }
            case FAULT -> chosen.fail(isForced);
            case FULL -> chosen.fill();
            default -> {}
        }
        if (saves != null && random.nextInt(4) == 0) {
            story.append(saves.fail(random));
        }
        return chosen;
    }

    private static void closeAsFarAsTheDiskLetsIt(Life life) {
        try {
            life.close();
        } catch (SimulatedCrash crashed) {
            // Then the process has ended on its way out; what is left of it is closed below.
        }
    }

    private Map<String, String> settings(MissedBatches missed) {
        Map<String, String> settings = new HashMap<>();
        settings.put("millrace.checkpoint.durability", isForced ? "fsync" : "process");
        settings.put("millrace.checkpoint.commitInterval", commitMs + "ms");
        settings.put("millrace.checkpoint.snapshotBytes", (random.nextBoolean() ? 1 : 1 << random.nextInt(6)) + "k");
        settings.put("millrace.checkpoint.receivedSegmentBytes", "64k");
        settings.put("millrace.checkpoint.reserveBytes", random.nextInt(4) == 0 ? "4k" : "0");
        settings.put("millrace.streaming.skipEmptyBatches", String.valueOf(skipsEmptyBatches));
        settings.put("millrace.output.force", "false");
        settings.put("millrace.checkpoint.missedBatches", missed.name().toLowerCase(Locale.ROOT));
        settings.put("millrace.streaming.receiver.writeAheadLog.enable", String.valueOf(feed.isLogged()));
        settings.put("millrace.default.parallelism", String.valueOf(1 + random.nextInt(3)));
        settings.put("millrace.lanes", random.nextBoolean() ? "specialised" : "generic");
        return settings;
    }

    private void build(Life life, StreamingContext context, Revision revision) {
        switch (feed) {
            case FILES ->
                program.build(
                        context,
                        context.fileStream(
                                watched.toString(),
                                file -> Files.readAllLines(file).iterator(),
                                null,
                                false),
                        revision,
                        prefix(),
                        oracle);
            case NUMBERED, NUMBERED_LOGGED ->
                program.build(
                        context,
                        context.receiverStream(new NumberedReceiver(sender), String.class),
                        revision,
                        prefix(),
                        oracle);
            case STORED -> {
                StoringReceiver receiver = new StoringReceiver();
                sender.connect(records ->
                        life.store(() -> receiver.store(records), this::waitABatch) ? Answer.KEPT : Answer.REFUSED);
                program.build(context, context.receiverStream(receiver, String.class), revision, prefix(), oracle);
            }
            default -> {
                PushInputDStream<String> input = context.pushStream(String.class);
                sender.connect(records -> offer(input, records));
                program.build(context, input, revision, prefix(), oracle);
            }
        }
    }

    private String prefix() {
        return published == null ? null : published.prefix();
    }

    private static Answer offer(PushInputDStream<String> input, List<String> records) {
        return records.stream().allMatch(input::offer) ? Answer.TAKEN : Answer.REFUSED;
    }

    /** @return whether all is done that was due, and certain if it is old enough */
    private boolean rest(Life life) throws Exception {
        oracle.now(clock.time());
        boolean isFull = trouble != null && trouble.wasFull();
        if (isFull) {
            oracle.mayMiss();
        }
        int most = isHasty && random.nextBoolean() ? 1 + random.nextInt(8) : Integer.MAX_VALUE;
        boolean isAtRest = life.work(most) && !isFull && !hasDiskThreads;
        if (isAtRest) {
            oracle.atRest(clock.time() - certainAfterMs());
        }
        return isAtRest;
    }

    /** Once there is space again a run that rested goes on by itself. */
    private void goOn(Life life) throws Exception {
        if (!trouble.wasFull() || hasDiskThreads || random.nextBoolean()) {
            return;
        }
        trouble.free();
        isHasty = false;
        for (int step = 0; step < SPACE_IS_SEEN_MS / BATCH_MS; step++) {
            clock.advanceMs(BATCH_MS);
            rest(life);
        }
        long tick = (clock.time() / BATCH_MS + 1) * BATCH_MS;
        clock.advanceTo(tick);
        rest(life);
        story.append(", space from before ").append(tick);
        Oracle.require(
                oracle.lastRanMs() >= tick,
                "there was space again, and batch " + tick + " was not run, but " + oracle.lastRanMs());
        oracle.atRest(clock.time() - certainAfterMs());
    }

    /** A store waits for a disk that is full, say. */
    private void waitABatch() {
        clock.advanceMs(BATCH_MS);
        oracle.now(clock.time());
        if (trouble != null) {
            trouble.batchOver();
        }
    }

    /** 0 stands for the batch interval, which is more than the least. */
    private long certainAfterMs() {
        return commitMs == 0 ? BATCH_MS : commitMs;
    }

    private void batch(Life life, int fresh) throws Exception {
        sender.send(random, fresh, oracle.known(), clock.time());
        long tick = (clock.time() / BATCH_MS + 1 + (random.nextInt(8) == 0 ? random.nextInt(3) : 0)) * BATCH_MS;
        if (random.nextInt(4) == 0) {
            clock.advanceMs(random.nextLong(tick - clock.time())); // what is committed with no batch
            rest(life);
        }
        clock.advanceTo(tick);
        if (rest(life)) {
            sender.atRest();
        }
        if (trouble != null) {
            trouble.batchOver();
        }
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
                    trouble.crashSoon();
                }
                life.stopGracefully();
                endTrouble();
                oracle.atRest(Long.MAX_VALUE);
                return true;
            }
            case STOP -> {
                endTrouble();
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    private void endTrouble() {
        if (trouble != null) {
            trouble.end();
        }
    }

    private void lose(boolean isCrashed) throws IOException {
        boolean isPowerCut = isForced && random.nextInt(4) > 0;
        if (!isPowerCut) {
            story.append(isCrashed ? "" : ", killed");
            disk.kill();
            return;
        }
        CrashProfile profile = CrashProfile.values()[random.nextInt(CrashProfile.values().length)];
        int sectorBytes = random.nextInt(4) == 0 ? 1 : SimulatedFileStore.SECTOR_BYTES;
        story.append(", power cut ").append(profile).append(" by ").append(sectorBytes);
        disk.crash(profile, sectorBytes, random);
        if (saves != null) {
            saves.lose(random);
        }
    }

    @Override
    public String toString() {
        return program + ", " + feed + ", commit every " + commitMs + " ms" + (isForced ? ", forced" : ", not forced")
                + (saved == null ? "" : ", saved")
                + (program.isEager() ? ", eager" : "") + (hasThreads ? ", threads" : "")
                + (hasDiskThreads ? ", disk threads" : "")
                + story + "\n";
    }
}

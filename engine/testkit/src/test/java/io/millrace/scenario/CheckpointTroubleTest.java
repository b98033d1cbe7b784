package io.millrace.scenario;

import static io.millrace.api.Durations.milliseconds;
import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.DStream;
import io.millrace.api.Duration;
import io.millrace.api.StreamingContext;
import io.millrace.api.StreamingContextState;
import io.millrace.api.function.Reducers;
import io.millrace.checkpoint.simulation.FaultHook;
import io.millrace.checkpoint.simulation.Operation;
import io.millrace.engine.local.EnginePorts;
import io.millrace.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong beneath a run that has a checkpoint: it rests, or it ends so that the next one has lost nothing (guide, "Checkpoints"). */
class CheckpointTroubleTest {
    private static final String NO_SPACE = "No space left on device";
    private static final String NO_FILES = "Too many open files";
    /** A batch of {@link #manyWords} is more log than that. */
    private static final String[] SNAPSHOTS = {
        "millrace.checkpoint.snapshotBytes", "16k", "millrace.checkpoint.commitInterval", "1h"
    };

    private static final Set<Operation> SPACE = Set.of(Operation.WRITE, Operation.CREATE);

    @TempDir
    private Path place;

    private Lives lives;
    private Lives.Life last;
    private int places;

    @BeforeEach
    void begin() throws IOException {
        beginAnew(seconds(1), Lives.Input.FILES);
    }

    @AfterEach
    void end() {
        if (last != null) {
            last.close();
        }
    }

    private Lives.Life start(Function<DStream<String>, DStream<?>> program, String... settings) {
        last = lives.start(program, settings);
        return last;
    }

    private void beginAnew(Duration interval, Lives.Input input) throws IOException {
        lives = new Lives(interval, input, Files.createDirectories(place.resolve("in-" + ++places)));
    }

    private static DStream<?> counts(DStream<String> words) {
        return words.mapToPair(word -> pair(word, 1))
                .updateStateByKey(Reducers.running(Reducers.sumInt()))
                .named("counts")
                .toJavaDStream();
    }

    private static String[] manyWords() {
        return IntStream.range(0, 2000).mapToObj(i -> "word-" + i).toArray(String[]::new);
    }

    private static void restAWhile(Lives.Life life) {
        for (int i = 0; i < 3; i++) {
            life.batch();
        }
    }

    private String lastGiven() {
        String last = lives.given().get(lives.given().size() - 1);
        return last.substring(last.indexOf(' ') + 1);
    }

    private static void assertIs(StreamingContextState state, Lives.Life life) {
        assertEquals(state, life.rig.ssc.getState());
    }

    // ---- disks without space ----

    @ParameterizedTest
    @EnumSource(names = {"FORCE", "WRITE"})
    void aLogThatFindsNoSpaceLetsTheRunRestAndGoOn(Operation failing) {
        Lives.Life life = start(CheckpointTroubleTest::counts);
        life.batch("a");
        lives.disk.hook((number, operation, name) -> {
            if ((operation == failing || operation == Operation.CREATE) && name.startsWith("batch/")) {
                throw new IOException(NO_SPACE);
            }
        });
        life.batch("b");
        life.batch("c");
        assertIs(StreamingContextState.ACTIVE, life);
        assertEquals(List.of("1: (a,1)"), lives.given(), "no batch is run that cannot be kept");
        lives.disk.hook(FaultHook.NONE);
        life.batch("d");
        life.batch();
        assertEquals("(a,1) (b,1) (c,1) (d,1)", lastGiven());
        life.kill();
        try (Lives.Life next = start(CheckpointTroubleTest::counts)) {
            next.batch("e");
        }
        assertEquals("(a,1) (b,1) (c,1) (d,1) (e,1)", lastGiven());
    }

    /** A batch with the COMMIT that a snapshot waits for, and the snapshot: each of its writes is the first that finds no space. */
    @Test
    void aDiskThatIsFullFromAnyWriteOnLetsTheRunRestAndGoOn() throws IOException {
        Set<Integer> writes = writesOfABatchWithASnapshot();
        for (int first : writes) {
            beginAnew(seconds(1), Lives.Input.FILES);
            Lives.Life life = start(CheckpointTroubleTest::counts, SNAPSHOTS);
            life.batch("a");
            lives.disk.hook((number, operation, name) -> {
                if (number >= first && SPACE.contains(operation)) {
                    throw new IOException(NO_SPACE);
                }
            });
            life.batch(manyWords());
            restAWhile(life);
            assertEquals(
                    StreamingContextState.ACTIVE, life.rig.ssc.getState(), () -> "no space from operation " + first);
            lives.disk.hook(FaultHook.NONE);
            restAWhile(life);
            life.kill();
            try (Lives.Life next = start(CheckpointTroubleTest::counts)) {
                next.batch("a", "word-7");
            }
            assertTrue(lastGiven().startsWith("(a,2) (word-0,1)"), () -> "no space from operation " + first);
            assertTrue(lastGiven().contains("(word-7,2)"), () -> "no space from operation " + first);
        }
    }

    private Set<Integer> writesOfABatchWithASnapshot() {
        Set<Integer> writes = new TreeSet<>();
        AtomicInteger snapshots = new AtomicInteger();
        try (Lives.Life life = start(CheckpointTroubleTest::counts, SNAPSHOTS)) {
            life.batch("a");
            lives.disk.hook((number, operation, name) -> {
                if (SPACE.contains(operation)) {
                    writes.add((int) number);
                }
                if (operation == Operation.CREATE && name.startsWith("state/full")) {
                    snapshots.incrementAndGet();
                }
            });
            life.batch(manyWords());
            restAWhile(life);
            lives.disk.hook(FaultHook.NONE);
        }
        assertTrue(snapshots.get() > 0, "there is a snapshot");
        return writes;
    }

    @Test
    void aSnapshotThatFoundNoSpaceIsTriedAgainWhileTheRunRests() {
        try (Lives.Life life = start(CheckpointTroubleTest::counts, "millrace.checkpoint.snapshotBytes", "64k")) {
            AtomicInteger begun = new AtomicInteger();
            lives.disk.hook((number, operation, name) -> {
                if (operation == Operation.CREATE && name.startsWith("state/full")) {
                    begun.incrementAndGet();
                }
            });
            life.batch("a");
            lives.disk.leave(1_000);
            life.batch(manyWords());
            for (int i = 0; i < 5; i++) {
                restAWhile(life);
            }
            int whileFull = begun.get();
            assertTrue(whileFull > 1, whileFull + " were begun");
            lives.disk.budget(Long.MAX_VALUE);
            restAWhile(life);
            assertTrue(begun.get() > whileFull, "and once there is space");
            assertTrue(lastGiven().startsWith("(a,1) (word-0,1)"), "the run goes on");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE", "WRITE", "FORCE", "RENAME"})
    void aLastSnapshotThatFailsDoesNotMakeAGracefulStopFail(Operation failing) {
        Lives.Life life = start(CheckpointTroubleTest::counts);
        life.batch("a");
        AtomicInteger failures = new AtomicInteger();
        lives.disk.hook((number, operation, name) -> {
            if (operation == failing && (name.startsWith("state/") || name.startsWith("meta/"))) {
                failures.incrementAndGet();
                throw new IOException("Input/output error");
            }
        });
        life.rig.ssc.stop(true, true);
        assertDoesNotThrow(() -> life.rig.ssc.awaitTermination());
        life.close();
        assertTrue(failures.get() > 0, "there was a snapshot");
        lives.disk.hook(FaultHook.NONE);
        try (Lives.Life next = start(CheckpointTroubleTest::counts)) {
            next.batch("a");
        }
        assertEquals(List.of("1: (a,1)", "2: (a,2)"), lives.given());
    }

    // ---- errors and interrupts ----

    @Test
    void anErrorWhileABatchIsLoggedEndsTheRunAndLosesNothing() throws IOException {
        AtomicInteger thrown = new AtomicInteger(1);
        for (int write = 1; thrown.get() == 1; write++) {
            int failing = write;
            thrown.set(0);
            beginAnew(seconds(1), Lives.Input.FILES);
            Lives.Life life = start(CheckpointTroubleTest::counts);
            life.batch("a");
            AtomicInteger writes = new AtomicInteger();
            lives.disk.hook((number, operation, name) -> {
                if (operation == Operation.WRITE && name.startsWith("batch/") && writes.incrementAndGet() == failing) {
                    thrown.incrementAndGet();
                    throw new OutOfMemoryError("Java heap space");
                }
            });
            if (fails(life, "b")) {
                life.rig.work();
                assertIs(StreamingContextState.STOPPED, life);
            }
            life.kill();
            try (Lives.Life next = start(CheckpointTroubleTest::counts)) {
                next.batch("c");
            }
            assertEquals("(a,1) (b,1) (c,1)", lastGiven(), "error at write " + write);
            assertTrue(thrown.get() == 1 || write > 3, "a batch has a PLAN, a change and a COMMIT");
        }
    }

    /** Whether the error comes to the caller, who drives the batch. */
    private static boolean fails(Lives.Life life, String word) {
        try {
            life.batch(word);
            return false;
        } catch (OutOfMemoryError expected) {
            return true;
        }
    }

    /** One life of a program that counts files of one line each, in a directory of the machine: an interrupt closes files there. */
    private final class OnDisk implements AutoCloseable {
        private final Rig rig;
        private final List<String> seen = new ArrayList<>();

        OnDisk(ManualClock clock, Runnable inside) throws IOException {
            Path input = Files.createDirectories(place.resolve("lines"));
            String directory = place.resolve("checkpoint").toString();
            rig = new Rig(
                    seconds(1),
                    conf -> StatePlace.MEMORY
                            .in(conf)
                            .set("millrace.checkpoint.reserveBytes", "0")
                            .set("millrace.inlineRows", "4096"),
                    clock,
                    EnginePorts.ofSystem().checkpoints());
            StreamingContext context = StreamingContext.getOrCreate(directory, () -> {
                rig.ssc.checkpoint(directory);
                rig.ssc
                        .textFileStream(input.toString())
                        .mapToPair(line -> {
                            inside.run();
                            return pair(line, 1);
                        })
                        .updateStateByKey(Reducers.running(Reducers.sumInt()))
                        .named("counts")
                        .foreachRDD((rdd, time) -> seen.add(time.milliseconds() / 1000 + " " + rdd.collect()));
                return rig.ssc;
            });
            context.start();
        }

        void arrive(String line) throws IOException {
            Path made = Files.writeString(place.resolve(line), line + "\n");
            Files.setLastModifiedTime(made, FileTime.fromMillis(rig.clock.time()));
            Files.move(made, place.resolve("lines").resolve(line));
        }

        @Override
        public void close() {
            rig.close();
        }
    }

    @Test
    void aFunctionThatLeavesItsThreadInterruptedDoesNotEndTheRun() throws IOException {
        try (OnDisk life =
                new OnDisk(new ManualClock(), () -> Thread.currentThread().interrupt())) {
            life.arrive("a");
            life.rig.toBatch(1);
            life.rig.toBatch(2);
            assertEquals(StreamingContextState.ACTIVE, life.rig.ssc.getState());
            assertEquals(List.of("1 [(a,1)]", "2 [(a,1)]"), life.seen);
        } finally {
            Thread.interrupted(); // not the next test's
        }
    }

    @Test
    void aThreadThatIsInterruptedStopsGracefullyAndLosesNothing() throws Exception {
        ManualClock clock = new ManualClock();
        try (OnDisk life = new OnDisk(clock, () -> {})) {
            life.arrive("a");
            life.rig.toBatch(1);
            Thread.currentThread().interrupt();
            life.rig.ssc.stop(true, true);
            assertTrue(Thread.interrupted(), "whom it was meant for has it");
            assertDoesNotThrow(() -> life.rig.ssc.awaitTermination());
        } finally {
            Thread.interrupted(); // not the next test's
        }
        try (OnDisk next = new OnDisk(clock, () -> {})) {
            next.rig.toBatch((int) (clock.time() / 1000) + 1);
            assertTrue(next.seen.get(next.seen.size() - 1).endsWith("[(a,1)]"), next.seen::toString);
        }
    }

    // ---- outputs to files ----

    private DStream<?> save(DStream<String> words) {
        words.saveAsTextFiles(place.resolve("out-" + places).resolve("saved").toString(), "txt");
        return counts(words);
    }

    private Path saved(int batch) {
        return place.resolve("out-" + places).resolve("saved-" + batch * 1000 + ".txt");
    }

    /** Both a write and the new file that takes its place fail, so the frame is lost to the log; what comes later is not. */
    @Test
    void whatIsSavedIsThereInTheNextRunWhicheverFrameOfItsBatchTheLogCouldNotTake() throws IOException {
        AtomicInteger failed = new AtomicInteger(2);
        for (int write = 1; failed.get() > 0; write++) {
            int failing = write;
            failed.set(0);
            beginAnew(seconds(1), Lives.Input.FILES);
            Lives.Life life = start(this::save);
            life.batch("a");
            Files.writeString(saved(2), "in the way, so that the next run has to publish it");
            AtomicInteger writes = new AtomicInteger();
            lives.disk.hook((number, operation, name) -> {
                boolean isWrite = operation == Operation.WRITE && name.startsWith("batch/");
                boolean isChosen = isWrite && writes.incrementAndGet() == failing;
                boolean isNewFile = failed.get() == 1 && operation == Operation.CREATE;
                if (isChosen || isNewFile) {
                    failed.incrementAndGet();
                    throw new IOException(NO_FILES);
                }
            });
            life.batch("b");
            lives.disk.hook(FaultHook.NONE);
            life.batch("c");
            life.kill();
            Files.delete(saved(2));
            try (Lives.Life next = start(this::save)) {
                next.batch("d");
                next.batch();
            }
            int at = write;
            assertTrue(Files.isDirectory(saved(1)), () -> "lost by write " + at);
            assertTrue(Files.isDirectory(saved(2)), () -> "lost by write " + at);
            assertTrue(Files.isDirectory(saved(3)), () -> "lost by write " + at);
            assertEquals("(a,1) (b,1) (c,1) (d,1)", lastGiven(), () -> "write " + at);
            assertTrue(failed.get() > 0 || write > 4, "a batch has a PLAN, a change, a STAGED and a COMMIT");
        }
    }

    @Test
    void aSaveThatFailsEndsTheRunAndTheNextOneWritesIt() throws IOException {
        Lives.Life first = start(this::save);
        first.batch("a");
        failASave(first);
        assertIs(StreamingContextState.STOPPED, first);
        assertThrows(RuntimeException.class, () -> first.rig.ssc.awaitTermination());
        first.close();
        try (Lives.Life next = start(this::save)) {
            next.batch("c");
        }
        assertEquals(List.of("b"), Files.readAllLines(saved(2).resolve("part-00000")));
        assertEquals("(a,1) (b,1) (c,1)", lastGiven());
    }

    @Test
    void aSaveThatFailsIsLeftOutIfThePolicySaysSo() throws IOException {
        try (Lives.Life life = start(this::save, "millrace.streaming.failurePolicy", "continue")) {
            life.batch("a");
            failASave(life);
            assertIs(StreamingContextState.ACTIVE, life);
            life.batch("c");
            assertFalse(Files.exists(saved(2)));
            assertTrue(Files.isDirectory(saved(3)));
        }
    }

    /** A batch during which the directory of what is saved is something else. */
    private void failASave(Lives.Life life) throws IOException {
        Path out = saved(1).getParent();
        Path aside = Files.move(out, place.resolve("aside"));
        Files.writeString(out, "not a directory for a moment");
        life.batch("b");
        Files.delete(out);
        Files.move(aside, out);
    }

    // ---- runs that are long, or many ----

    @Test
    void filesOfOldManifestsGoThoughEachRunIsKilled() {
        for (int run = 0; run < 4; run++) {
            Lives.Life life = start(CheckpointTroubleTest::counts, SNAPSHOTS);
            for (int batch = 0; batch < 6; batch++) {
                life.batch(manyWords());
                life.batch();
            }
            life.kill();
        }
        assertTrue(files("state/full") <= 4, () -> lives.disk.files().toString());
        assertTrue(files("meta/manifest") <= 4, () -> lives.disk.files().toString());
    }

    private long files(String beginning) {
        return lives.disk.files().stream()
                .filter(name -> name.startsWith(beginning))
                .count();
    }

    @Test
    void aLongBacklogIsRunWholeAndInOrder() throws IOException {
        int missed = 5_000; // more than are planned at once
        beginAnew(milliseconds(1), Lives.Input.RECEIVED);
        Lives.Life first = start(words -> words);
        first.batch("a");
        first.kill();
        lives.clock.advanceMs(missed);
        try (Lives.Life next = start(words -> words)) {
            next.rig.work();
        }
        assertEquals(
                IntStream.rangeClosed(1, missed + 1)
                        .mapToObj(batch -> batch + ": " + (batch == 1 ? "a" : ""))
                        .toList(),
                lives.distinct());
    }
}

package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.DStream;
import io.millrace.api.MillraceConf;
import io.millrace.api.StreamingContext;
import io.millrace.api.function.Reducers;
import io.millrace.checkpoint.file.DiskFileStore;
import io.millrace.checkpoint.simulation.Operation;
import io.millrace.checkpoint.simulation.SimulatedCrash;
import io.millrace.checkpoint.simulation.SimulatedFileStore;
import io.millrace.engine.local.EnginePorts;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.recovery.ProcessView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark Streaming has lost, doubled or refused after a restart, by the number of its report, and does not happen here. */
class RecoveryRegressionTest {
    private static final String CHECKPOINT = "checkpoint-of-this-test";

    @TempDir
    Path directory;

    private final SimulatedFileStore disk = new SimulatedFileStore();
    private final ManualClock clock = new ManualClock();
    private final List<String> seen = new ArrayList<>();
    private String poison = "none";

    /** One process that reads files. */
    private final class Life implements AutoCloseable {
        private final Rig rig;
        private final ProcessView view = new ProcessView(disk);

        Life(Function<DStream<String>, DStream<?>> program, String... settings) {
            this(program, CHECKPOINT, null, settings);
        }

        /** @param stores null for the simulated disk */
        Life(
                Function<DStream<String>, DStream<?>> program,
                String checkpoint,
                EnginePorts.CheckpointStores stores,
                String... settings) {
            rig = new Rig(
                    seconds(1), conf -> set(conf, settings), clock, stores == null ? name -> view.store() : stores);
            StreamingContext context = StreamingContext.getOrCreate(checkpoint, () -> {
                rig.ssc.checkpoint(checkpoint);
                DStream<String> lines = rig.ssc.fileStream(
                        directory.toString(), file -> Files.readAllLines(file).iterator(), null, false);
                program.apply(lines).foreachRDD((rdd, time) -> give(time.milliseconds() / 1000, rdd.collect()));
                return rig.ssc;
            });
            context.start();
            rig.work();
        }

        private static MillraceConf set(MillraceConf conf, String... settings) {
            StatePlace.MEMORY
                    .in(conf)
                    .set("millrace.checkpoint.reserveBytes", "0")
                    .set("millrace.checkpoint.commitInterval", "1ms");
            for (int i = 0; i < settings.length; i += 2) {
                conf.set(settings[i], settings[i + 1]);
            }
            return conf;
        }

        /** The next batch. */
        void batch() {
            rig.toBatch((int) (clock.time() / 1000) + 1);
        }

        /** The process ends without a word. */
        void kill() {
            view.end();
            disk.kill();
            close();
        }

        void stopGracefully() {
            rig.ssc.stop(true, true);
            close();
        }

        @Override
        public void close() {
            rig.close();
        }
    }

    private void give(long batch, List<?> records) {
        List<String> texts = new ArrayList<>();
        records.forEach(record -> texts.add(String.valueOf(record)));
        texts.sort(null);
        String text = batch + ": " + String.join(" ", texts);
        if (text.contains(poison)) {
            throw new IllegalStateException(text);
        }
        seen.add(text);
    }

    private void put(String name, String words) {
        put(name, words, clock.time());
    }

    private void put(String name, String words, long modifiedMs) {
        try {
            Path file = Files.writeString(directory.resolve(name), words.replace(' ', '\n') + "\n");
            Files.setLastModifiedTime(file, FileTime.fromMillis(modifiedMs));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static DStream<?> counts(DStream<String> words) {
        return words.mapToPair(word -> pair(word, 1))
                .updateStateByKey(Reducers.running(Reducers.sumInt()))
                .toJavaDStream();
    }

    /** SPARK-18905. */
    @Test
    void aBatchWhoseOutputFailedAndEndedTheRunIsRunAgainByTheNext() {
        Life first = new Life(RecoveryRegressionTest::counts, "millrace.streaming.failurePolicy", "stop");
        put("1", "a");
        first.batch();
        poison = "2:";
        put("2", "a b");
        first.batch();
        first.close();
        poison = "none";
        try (Life second = new Life(RecoveryRegressionTest::counts)) {
            second.batch();
        }
        assertEquals(List.of("1: (a,1)", "2: (a,2) (b,1)", "3: (a,2) (b,1)"), seen);
    }

    /** SPARK-12122. */
    @Test
    void batchesThatWaitedWhenTheProcessEndedAreRunOnceEachAndInOrder() {
        Life first = new Life(RecoveryRegressionTest::counts);
        put("1", "a");
        first.batch();
        put("2", "b", 2000);
        put("3", "c", 3000);
        disk.hook((number, operation, name) -> {
            if (seen.size() == 2) { // the commit of the first of them, while the others wait
                throw new SimulatedCrash("in batch 2");
            }
        });
        assertThrows(SimulatedCrash.class, () -> first.rig.toBatch(4));
        first.kill();
        assertEquals(List.of("1: (a,1)", "2: (a,1) (b,1)"), seen);
        try (Life second = new Life(RecoveryRegressionTest::counts)) {
            second.batch();
        }
        assertEquals(
                List.of(
                        "1: (a,1)",
                        "2: (a,1) (b,1)",
                        "2: (a,1) (b,1)", // its commit is what the crash prevented
                        "3: (a,1) (b,1) (c,1)",
                        "4: (a,1) (b,1) (c,1)",
                        "5: (a,1) (b,1) (c,1)"),
                seen);
    }

    /** SPARK-11740. */
    @Test
    void noOlderCheckpointTakesThePlaceOfANewerOne() {
        List<String> expected = new ArrayList<>();
        for (int batch = 1; batch <= 12; batch++) {
            Life life = new Life(RecoveryRegressionTest::counts, "millrace.checkpoint.snapshotBytes", "1k");
            put("f" + batch, "a");
            life.batch();
            expected.add(batch + ": (a," + batch + ")");
            if (batch % 3 == 0) {
                life.stopGracefully();
            } else {
                life.kill();
            }
        }
        assertEquals(expected, seen);
    }

    /** SPARK-4518 and SPARK-4519. */
    @Test
    void aFileIsReadOnceHoweverOftenTheProcessIsStartedAgain() {
        Life first = new Life(words -> words);
        put("1", "a");
        first.batch();
        first.kill();
        put("2", "b"); // while nobody looks
        Life second = new Life(words -> words);
        second.batch();
        second.stopGracefully();
        try (Life third = new Life(words -> words)) {
            put("3", "c");
            third.batch();
        }
        assertEquals(List.of("1: a", "2: b", "3: c"), seen);
    }

    /** The window of 60 seconds within which Spark sees files. */
    @Test
    void aFileThatIsOldOrComesLateAfterALongTimeWithoutAProcessIsRead() {
        Life first = new Life(words -> words, "millrace.checkpoint.missedBatches", "skip");
        put("1", "a");
        first.batch();
        first.kill();
        put("2", "b", 1000);
        clock.advance(seconds(3600));
        put("3", "c", clock.time() - 120_000);
        try (Life second = new Life(words -> words, "millrace.checkpoint.missedBatches", "skip")) {
            second.batch();
        }
        assertEquals("1: a", seen.get(0));
        assertEquals(
                List.of("b c"),
                seen.subList(1, seen.size()).stream()
                        .map(text -> text.replaceAll("^\\d+: ", ""))
                        .filter(text -> !text.isEmpty())
                        .toList());
    }

    /** A graceful stop leaves nothing to be run again. */
    @Test
    void afterAGracefulStopNoBatchIsRunAgain() {
        Life first = new Life(RecoveryRegressionTest::counts, "millrace.checkpoint.commitInterval", "1h");
        put("1", "a");
        first.batch();
        first.batch();
        first.stopGracefully();
        try (Life second = new Life(RecoveryRegressionTest::counts, "millrace.checkpoint.commitInterval", "1h")) {
            second.batch();
        }
        assertEquals(List.of("1: (a,1)", "2: (a,1)", "3: (a,1)"), seen);
    }

    /** SPARK-28912. */
    @Test
    void aCheckpointDirectoryMayBeNamedAsSparkNamesItsFiles() throws IOException {
        Path checkpoint = Files.createTempDirectory("checkpoint-01");
        EnginePorts.CheckpointStores stores = name -> new DiskFileStore(Path.of(name));
        Life first = new Life(RecoveryRegressionTest::counts, checkpoint.toString(), stores);
        put("1", "a");
        first.batch();
        first.stopGracefully();
        try (Life second = new Life(RecoveryRegressionTest::counts, checkpoint.toString(), stores)) {
            second.batch();
        }
        assertEquals(List.of("1: (a,1)", "2: (a,1)"), seen);
    }

    /** SPARK-5147, for what batches write. */
    @Test
    void theFilesOfACheckpointDoNotGrowInNumber() {
        int most = 0;
        try (Life life = new Life(RecoveryRegressionTest::counts, "millrace.checkpoint.snapshotBytes", "1k")) {
            for (int batch = 0; batch < 200; batch++) {
                put("f" + batch % 3, "a b c d e f g " + batch);
                life.batch();
                most = Math.max(most, disk.files().size());
            }
        }
        assertTrue(most < 20, most + " files");
    }

    @Test
    void aLogThatSoonBeginsAnewTakesLittleRoom() {
        try (Life life = new Life(RecoveryRegressionTest::counts, "millrace.checkpoint.snapshotBytes", "1k")) {
            life.batch();
            for (String name : disk.files()) {
                assertTrue(disk.bytes(name).length <= 16 << 10, name + " has " + disk.bytes(name).length + " bytes");
            }
        }
    }

    /** SPARK-30199. */
    @Test
    void settingsAreThoseOfTheProgramAndNotOfTheCheckpoint() {
        Life first = new Life(words -> words, "program.port", "4040");
        first.batch();
        first.kill();
        try (Life second = new Life(words -> words, "program.port", "4041")) {
            assertEquals("4041", second.rig.context.getConf().get("program.port"));
        }
    }

    /** SPARK-6847. */
    @Test
    void aThousandBatchesOfStateAreNoDeepStack() {
        Life first = new Life(RecoveryRegressionTest::counts);
        put("1", "a");
        for (int batch = 0; batch < 1000; batch++) {
            first.batch();
        }
        first.kill();
        seen.clear();
        try (Life second = new Life(RecoveryRegressionTest::counts)) {
            second.batch();
        }
        assertEquals(List.of("1001: (a,1)"), seen);
    }

    /** Guide, "Upgrading Application Code". */
    @Test
    void theSameCheckpointGoesOnWithOtherFunctionsAndAnotherStatelessOperator() {
        Life first = new Life(words -> words.mapToPair(word -> pair(word, 1))
                .updateStateByKey(Reducers.running(Reducers.sumInt()))
                .named("counts")
                .toJavaDStream());
        put("1", "a");
        first.batch();
        first.kill();
        try (Life second = new Life(words -> words.filter(word -> !word.equals("z"))
                .mapToPair(word -> pair(word, 10))
                .updateStateByKey(Reducers.running(Reducers.sumInt()))
                .named("counts")
                .toJavaDStream()
                .map(count -> count + "!"))) {
            put("2", "a z");
            second.batch();
        }
        assertEquals(List.of("1: (a,1)", "2: (a,11)!"), seen);
    }

    /** Found by {@link RandomRecoveryTest}: nobody came to rest until no window had those rows. */
    @Test
    void aFileOfRowsThatCannotBeWrittenKeepsNobodyBusy() {
        disk.hook((number, operation, name) -> {
            if (operation == Operation.CREATE && name.contains("/rows-")) {
                throw new IOException("Input/output error");
            }
        });
        try (Life life = new Life(words -> words.window(seconds(20)), "millrace.checkpoint.snapshotBytes", "1k")) {
            for (int batch = 1; batch <= 10; batch++) {
                put("f" + batch, "a word that is long enough for the log to grow ".repeat(10));
                life.rig.clock.advanceTo(batch * 1000);
                assertTrue(comesToRest(life), "batch " + batch);
            }
        }
    }

    private static boolean comesToRest(Life life) {
        for (int pieces = 0; pieces < 1000; pieces++) {
            if (life.rig.ssc.doWork() == 0) {
                return true;
            }
        }
        return false;
    }
}

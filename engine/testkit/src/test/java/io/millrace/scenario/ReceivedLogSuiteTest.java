package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.DStream;
import io.millrace.api.MillraceException;
import io.millrace.api.StorageLevel;
import io.millrace.api.StreamingContextState;
import io.millrace.api.function.Reducers;
import io.millrace.api.receiver.Receiver;
import io.millrace.checkpoint.simulation.CrashProfile;
import io.millrace.checkpoint.simulation.FaultHook;
import io.millrace.checkpoint.simulation.Operation;
import io.millrace.checkpoint.simulation.SimulatedCrash;
import io.millrace.testkit.RememberedThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Spark's suites of write-ahead logs (behaviour spec 5.10), for what a program sees of the log of received blocks, and what Spark has
 * lost of received records, by the number of its report (reliability spec, appendix B).
 */
class ReceivedLogSuiteTest {
    private static final String NO_COMMIT = "1h";

    @TempDir
    private Path directory;

    private final Lives lives = new Lives(seconds(1), Lives.Input.RECEIVED, directory);

    private static DStream<?> counts(DStream<String> words) {
        return words.mapToPair(word -> pair(word, 1))
                .updateStateByKey(Reducers.running(Reducers.sumInt()))
                .toJavaDStream();
    }

    private static DStream<String> partitions(DStream<String> words) {
        return words.glom().map(String::valueOf);
    }

    private List<String> segments() {
        return lives.disk.files().stream()
                .filter(name -> name.startsWith("wal/"))
                .toList();
    }

    private static String[] times(int count, String word) {
        String[] words = new String[count];
        Arrays.fill(words, word);
        return words;
    }

    /** Write-ahead log suites: rotation, and reading all logs. */
    @ParameterizedTest
    @EnumSource
    void whatIsInManySegmentsIsAllReadAgain(Lives.End end) {
        String large = "x".repeat(1000);
        Lives.Life first = lives.start(ReceivedLogSuiteTest::counts, "millrace.checkpoint.commitInterval", NO_COMMIT);
        for (int batch = 0; batch < 10; batch++) {
            first.batch(times(20, large));
        }
        assertTrue(segments().size() > 2, segments()::toString);
        first.end(end);
        lives.given().clear();
        try (Lives.Life second = lives.start(ReceivedLogSuiteTest::counts)) {
            second.batch("a");
        }
        List<String> given = lives.given();
        assertEquals("11: (a,1) (" + large + ",200)", given.get(given.size() - 1));
        assertEquals(end == Lives.End.KILLED ? 11 : 1, given.size());
    }

    /** Nothing is on the disk before something is written. */
    @Test
    void aContextThatIsNotStartedLeavesNothingOnTheDisk() {
        try (Rig rig = new Rig(seconds(1), StatePlace.MEMORY::in, lives.clock, name -> lives.disk)) {
            rig.ssc.checkpoint("checkpoint-of-this-test");
            rig.ssc.pushStream(String.class).print();
        }
        assertEquals(List.of(), lives.disk.files());
    }

    /** WriteAheadLogBackedBlockRDDSuite: five blocks in the log. */
    @Test
    void blocksFromTheLogAreThePartitionsThatTheyWere() {
        Lives.Life first =
                lives.start(ReceivedLogSuiteTest::partitions, "millrace.checkpoint.commitInterval", NO_COMMIT);
        first.receive("a", "b");
        first.receive("c");
        first.receive("d");
        first.batch();
        first.kill();
        assertEquals(List.of("1: [a, b] [c] [d]"), lives.given());
        Lives.Life second = lives.start(ReceivedLogSuiteTest::partitions);
        second.rig.work();
        second.kill();
        assertEquals(List.of("1: [a, b] [c] [d]", "1: [a, b] [c] [d]"), lives.given());
    }

    /** WriteAheadLogBackedBlockRDDSuite: three in the log, two in memory. */
    @Test
    void blocksFromTheLogAndNewOnesAreOneBatch() {
        Lives.Life first = lives.start(ReceivedLogSuiteTest::partitions);
        first.receive("a", "b");
        first.receive("c");
        first.kill();
        try (Lives.Life second = lives.start(ReceivedLogSuiteTest::partitions)) {
            second.receive("d");
            second.batch("e");
        }
        assertEquals(List.of("1: [a, b] [c] [d] [e]"), lives.given());
    }

    /** BatchedWriteAheadLogSuite, and guide: what was received is there after a loss of power. */
    @ParameterizedTest
    @EnumSource
    void whatWasReceivedOutlivesALossOfPower(CrashProfile profile) {
        for (long seed = 1; seed <= 5; seed++) {
            ReceivedLogSuiteTest other = new ReceivedLogSuiteTest();
            assertEquals(List.of("1: (a,2) (b,1)"), other.afterALossOfPower(profile, seed), "seed " + seed);
        }
    }

    private List<String> afterALossOfPower(CrashProfile profile, long seed) {
        Lives.Life first = lives.start(ReceivedLogSuiteTest::counts);
        first.receive("a", "b");
        first.die();
        lives.disk.crash(profile, new SplittableRandom(seed));
        first.close();
        try (Lives.Life second = lives.start(ReceivedLogSuiteTest::counts)) {
            second.batch("a");
        }
        return lives.given();
    }

    /** SPARK-6222: the log of a batch is deleted although the batch is still to be run; at whatever operation the process ends. */
    @Test
    void whatWasReceivedIsCountedOnceWhereverTheProcessEndsWhileItsBatchIsRun() {
        long operations = 1;
        for (long crash = 1; crash <= operations; crash++) {
            ReceivedLogSuiteTest other = new ReceivedLogSuiteTest();
            operations = other.countOnce(crash);
        }
        assertTrue(operations > 5, operations + " operations");
    }

    /** @return the operations of the batch, if the process came to its end */
    private long countOnce(long crash) {
        Lives.Life first = lives.start(ReceivedLogSuiteTest::counts, "millrace.checkpoint.snapshotBytes", "1k");
        for (int batch = 0; batch < 6; batch++) {
            first.batch("a", "b");
        }
        first.receive("a", "late");
        lives.disk.hook(FaultHook.crashAt(crash));
        long operations = crash + 1;
        try {
            first.batch();
            operations = lives.disk.operations();
        } catch (SimulatedCrash expected) {
            assertTrue(expected.getMessage().contains(" " + crash), expected.getMessage());
        }
        first.kill();
        try (Lives.Life second = lives.start(ReceivedLogSuiteTest::counts)) {
            second.rig.work();
            second.batch("b");
        }
        List<String> given = lives.distinct();
        assertEquals("7: (a,7) (b,6) (late,1)", given.get(given.size() - 2), "crash before operation " + crash);
        assertEquals("8: (a,7) (b,7) (late,1)", given.get(given.size() - 1), "crash before operation " + crash);
        return operations;
    }

    /** SPARK-23438. */
    @Test
    void aBlockThatNoBatchHadWhenTheProcessDiedIsInTheNextOne() {
        Lives.Life first = lives.start(ReceivedLogSuiteTest::counts, "millrace.checkpoint.commitInterval", NO_COMMIT);
        first.batch("a");
        first.receive("b");
        first.receive("c");
        first.kill();
        lives.given().clear();
        try (Lives.Life second = lives.start(ReceivedLogSuiteTest::counts)) {
            second.batch();
        }
        assertEquals(List.of("1: (a,1)", "2: (a,1) (b,1) (c,1)"), lives.given());
    }

    /** SPARK-5233. */
    @Test
    void aBatchThatIsRunAgainHasItsOwnBlocksAndNoneThatCameLater() {
        Lives.Life first = lives.start(words -> words, "millrace.checkpoint.commitInterval", NO_COMMIT);
        first.batch("a");
        first.batch("b");
        first.batch("c");
        first.receive("d");
        first.kill();
        lives.given().clear();
        Lives.Life second = lives.start(words -> words, "millrace.checkpoint.commitInterval", NO_COMMIT);
        second.receive("e");
        second.kill();
        assertEquals(List.of("1: a", "2: b", "3: c"), lives.given());
        lives.given().clear();
        try (Lives.Life third = lives.start(words -> words)) {
            third.batch("f");
        }
        assertEquals(List.of("1: a", "2: b", "3: c", "4: d e f"), lives.given());
    }

    /** SPARK-5147, and the write-ahead log suites: old logs are cleaned. */
    @Test
    void theLogOfWhatWasReceivedIsGivenUpBehindItsBatches() {
        int most = 0;
        String large = "x".repeat(1000);
        Lives.Life first = lives.start(ReceivedLogSuiteTest::counts, "millrace.checkpoint.snapshotBytes", "1k");
        List<String> begin = segments();
        for (int batch = 0; batch < 60; batch++) {
            first.batch(times(20, large));
            most = Math.max(most, segments().size());
        }
        assertTrue(most < 20, most + " segments");
        assertFalse(segments().contains(begin.get(0)), segments()::toString);
        first.kill();
        try (Lives.Life second = lives.start(ReceivedLogSuiteTest::counts)) {
            second.batch();
        }
        List<String> given = lives.given();
        assertEquals("61: (" + large + ",1200)", given.get(given.size() - 1));
    }

    /** Behaviour spec 3.7: what was received without a log goes with the process; its batch is run without it. */
    @Test
    void withoutTheLogABatchThatIsRunAgainIsRunWithoutWhatWasReceived() {
        String[] settings = {
            "millrace.streaming.receiver.writeAheadLog.enable", "false", "millrace.checkpoint.commitInterval", NO_COMMIT
        };
        Function<DStream<String>, DStream<?>> program = ReceivedLogSuiteTest::counts;
        Lives.Life first = lives.start(program, settings);
        first.batch("a");
        first.kill();
        try (Lives.Life second = lives.start(program, settings)) {
            second.batch("b");
        }
        assertEquals(List.of("1: (a,1)", "1: ", "2: (b,1)"), new ArrayList<>(lives.given()));
    }

    /** Stores what it is let, a record at a time, and knows what it was told to be certain. */
    private static final class Sender extends Receiver<String> {
        private static final long serialVersionUID = 1L;

        private final transient RememberedThreads threads = new RememberedThreads();
        private final transient BlockingQueue<String> toSend = new LinkedBlockingQueue<>();
        private final transient List<String> certain = new CopyOnWriteArrayList<>();
        private final transient AtomicReference<RuntimeException> failure = new AtomicReference<>();

        Sender() {
            super(StorageLevel.MEMORY_ONLY);
        }

        @Override
        public void onStart() {
            threads.newThread(this::send).start();
        }

        private void send() {
            try {
                for (String record = toSend.take(); !record.isEmpty(); record = toSend.take()) {
                    store(List.of(record));
                    certain.add(record);
                }
            } catch (RuntimeException failed) {
                failure.set(failed);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void onStop() {
            toSend.add("");
        }
    }

    /** SPARK-4707. */
    @Test
    @Timeout(60)
    void afterAStoreThatFailedNothingIsStoredAndTheNextProcessGoesOnAtThatRecord() {
        Sender sender = new Sender();
        Lives.Life first = lives.start(words -> counts(words.context().receiverStream(sender)));
        sender.toSend.addAll(List.of("a", "b"));
        while (sender.certain.size() < 2) {
            first.rig.work();
        }
        lives.disk.hook((number, operation, name) -> {
            if (name.startsWith("wal/") && operation == Operation.WRITE) {
                throw new IOException("Input/output error");
            }
        });
        sender.toSend.addAll(List.of("c", "d"));
        workUntilItFails(first);
        first.kill();
        sender.threads.assertAllEnded();
        assertEquals(List.of("a", "b"), sender.certain);
        assertNotNull(sender.failure.get(), "the store that failed returned");
        Sender again = new Sender();
        try (Lives.Life second = lives.start(words -> counts(words.context().receiverStream(again)))) {
            again.toSend.addAll(List.of("c", "d"));
            while (again.certain.size() < 2) {
                second.rig.work();
            }
            second.batch();
        }
        again.threads.assertAllEnded();
        List<String> given = lives.given();
        assertEquals("1: (a,1) (b,1) (c,1) (d,1)", given.get(given.size() - 1));
    }

    private static void workUntilItFails(Lives.Life life) {
        MillraceException failure = assertThrows(MillraceException.class, () -> {
            while (life.rig.ssc.getState() == StreamingContextState.ACTIVE) {
                life.rig.work();
            }
            life.rig.ssc.awaitTerminationOrTimeout(0);
        });
        assertTrue(failure.getMessage().contains("wal/"), failure.getMessage());
    }
}

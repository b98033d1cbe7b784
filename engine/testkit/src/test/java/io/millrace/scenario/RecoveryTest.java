package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.DStream;
import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceException;
import io.millrace.api.PairDStream;
import io.millrace.api.PushInputDStream;
import io.millrace.api.StateSpec;
import io.millrace.api.StreamingContext;
import io.millrace.api.StreamingContextState;
import io.millrace.api.function.Function2;
import io.millrace.api.function.Reducers;
import io.millrace.checkpoint.simulation.SimulatedFileStore;
import io.millrace.testkit.ManualClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A program that ends, in one way or another, and goes on in another process (guide, "Checkpointing"). */
class RecoveryTest {
    private final SimulatedFileStore disk = new SimulatedFileStore();
    private final ManualClock clock = new ManualClock();
    private final List<String> seen = new ArrayList<>();

    /** One process: the program, run on what the ones before it have left. */
    private final class Life implements AutoCloseable {
        private final Rig rig;
        private final PushInputDStream<String> words;
        private int batch;

        Life(Function<DStream<String>, DStream<?>> program) {
            this(program, conf -> {});
        }

        Life(Function<DStream<String>, DStream<?>> program, Consumer<MillraceConf> set) {
            UnaryOperator<MillraceConf> settings = conf -> {
                StatePlace.MEMORY.in(conf).set("millrace.checkpoint.reserveBytes", "0");
                set.accept(conf);
                return conf;
            };
            rig = new Rig(seconds(1), settings, clock, directory -> disk);
            List<PushInputDStream<String>> made = new ArrayList<>();
            StreamingContext context = recovering(rig.ssc, () -> {
                PushInputDStream<String> input = rig.ssc.pushStream(String.class);
                made.add(input);
                program.apply(input).foreachRDD((rdd, time) -> {
                    List<String> texts = new ArrayList<>();
                    rdd.collect().forEach(value -> texts.add(String.valueOf(value)));
                    texts.sort(null);
                    seen.add(time.milliseconds() / 1000 + ": " + String.join(" ", texts));
                });
            });
            words = made.get(0);
            try {
                context.start();
            } catch (RuntimeException refused) {
                close();
                throw refused;
            }
            batch = (int) (clock.nanoTime() / 1_000_000_000L);
            rig.work();
        }

        /** The next batch, with these words. */
        void batch(String... more) {
            for (String word : more) {
                assertTrue(words.offer(word));
            }
            rig.toBatch(++batch);
        }

        /** These words come, are cut into a block, and wait for a batch. */
        void receive(String... more) {
            for (String word : more) {
                assertTrue(words.offer(word));
            }
            clock.advanceTo(clock.nanoTime() / 1_000_000L + 300);
            rig.work();
        }

        /** The process ends without a word. */
        void kill() {
            disk.hook((number, operation, name) -> {
                throw new IOException("the process was killed");
            });
            close(); // gives the memory back, and can do nothing to the disk
            disk.kill();
        }

        @Override
        public void close() {
            rig.close();
        }

        void stopGracefully() {
            rig.ssc.stop(true, true);
            close();
        }
    }

    private static StreamingContext recovering(StreamingContext context, Runnable program) {
        return StreamingContext.getOrCreate("checkpoint-of-this-test", () -> {
            context.checkpoint("checkpoint-of-this-test");
            program.run();
            return context;
        });
    }

    private static PairDStream<String, Integer> ones(DStream<String> words) {
        return words.mapToPair(word -> pair(word, 1));
    }

    private static DStream<?> counts(DStream<String> words) {
        return ones(words).updateStateByKey(Reducers.running(Reducers.sumInt())).toJavaDStream();
    }

    @Test
    void stateIsThereAgainAfterAGracefulStop() {
        Life first = new Life(RecoveryTest::counts);
        first.batch("a", "b", "a");
        first.batch("b");
        first.stopGracefully();
        seen.clear();
        try (Life second = new Life(RecoveryTest::counts)) {
            second.batch("a");
        }
        assertEquals(List.of("3: (a,3) (b,2)"), seen);
    }

    @Test
    void stateIsThereAgainAfterTheProcessWasKilled() {
        Life first = new Life(RecoveryTest::counts);
        first.batch("a", "b", "a");
        first.batch("b");
        first.kill();
        seen.clear();
        try (Life second = new Life(RecoveryTest::counts)) {
            second.batch("a");
        }
        assertEquals(List.of("3: (a,3) (b,2)"), seen);
    }

    @Test
    void stateOfACalledFunctionAndAMappingIsThereAgain() {
        Function2<List<Integer>, Optional<String>, Optional<String>> longer =
                (ones, text) -> Optional.of(text.orElse("") + ones.size());
        Function<DStream<String>, DStream<?>> program = words -> ones(words)
                .updateStateByKey(longer)
                .toJavaDStream()
                .map(pair -> pair._1 + "=" + pair._2)
                .union(ones(words)
                        .mapWithState(StateSpec.<String, Integer>running(Reducers.sumInt()))
                        .map(pair -> pair._1 + pair._2));
        Life first = new Life(program);
        first.batch("a", "b", "a");
        first.batch();
        first.kill();
        seen.clear();
        try (Life second = new Life(program)) {
            second.batch("a");
        }
        assertEquals(List.of("3: a3 a=201 b=100"), seen);
    }

    @Test
    void windowsGoOnAsIfNothingHadHappened() {
        Function<DStream<String>, DStream<?>> program = words -> ones(words)
                .reduceByKeyAndWindow(Reducers.sumInt(), seconds(3), seconds(1))
                .toJavaDStream()
                .map(pair -> "w" + pair._1 + pair._2)
                .union(ones(words)
                        .reduceByKeyAndWindow(Reducers.sumInt(), Reducers.subtractInt(), seconds(3), seconds(1))
                        .toJavaDStream()
                        .map(pair -> "i" + pair._1 + pair._2))
                .union(words.window(seconds(3)).map(word -> "r" + word));
        Life whole = new Life(program);
        List<String> expected = windowed(whole, whole, whole);
        whole.close();
        for (boolean isGraceful : new boolean[] {true, false}) {
            RecoveryTest other = new RecoveryTest();
            assertEquals(expected, other.interrupted(program, isGraceful));
        }
    }

    private List<String> interrupted(Function<DStream<String>, DStream<?>> program, boolean isGraceful) {
        Life first = new Life(program);
        first.batch("a", "b", "a");
        first.batch("c");
        end(first, isGraceful);
        Life second = new Life(program);
        second.batch("b");
        end(second, isGraceful);
        try (Life third = new Life(program)) {
            third.batch("d");
            third.batch();
        }
        return seen;
    }

    private static void end(Life life, boolean isGraceful) {
        if (isGraceful) {
            life.stopGracefully();
        } else {
            life.kill();
        }
    }

    private List<String> windowed(Life first, Life second, Life third) {
        first.batch("a", "b", "a");
        first.batch("c");
        second.batch("b");
        third.batch("d");
        third.batch();
        return List.copyOf(seen);
    }

    @Test
    void aDirectoryOfAnEarlierRunIsRefusedWithoutGetOrCreate() {
        new Life(RecoveryTest::counts).stopGracefully();
        try (Rig rig = new Rig(seconds(1), StatePlace.MEMORY::in, clock, directory -> disk)) {
            rig.ssc.checkpoint("checkpoint-of-this-test");
            rig.ssc.pushStream(String.class).print();
            String refusal =
                    assertThrows(MillraceException.class, rig.ssc::start).getMessage();
            assertTrue(refusal.contains("holds the checkpoint of an earlier run"), refusal);
            assertTrue(refusal.contains("getOrCreate"), refusal);
        }
    }

    @Test
    void anOperatorThatIsGoneIsRefusedByName() {
        Life first = new Life(words -> ones(words)
                .updateStateByKey(Reducers.running(Reducers.sumInt()))
                .named("counts")
                .toJavaDStream());
        first.batch("a");
        first.stopGracefully();
        String refusal = assertThrows(MillraceException.class, () -> new Life(words -> words))
                .getMessage();
        assertTrue(refusal.contains("MR-1401"), refusal);
        assertTrue(refusal.contains("[counts]"), refusal);
    }

    @Test
    void anotherBatchIntervalIsRefused() {
        Life first = new Life(RecoveryTest::counts);
        first.batch("a");
        first.stopGracefully();
        try (Rig rig = new Rig(
                seconds(2),
                conf -> StatePlace.MEMORY.in(conf).set("millrace.checkpoint.reserveBytes", "0"),
                clock,
                directory -> disk)) {
            StreamingContext context = recovering(
                    rig.ssc, () -> counts(rig.ssc.pushStream(String.class)).print());
            String refusal =
                    assertThrows(MillraceException.class, context::start).getMessage();
            assertTrue(refusal.contains("batches every 1000 ms, and the program every 2000 ms"), refusal);
        }
    }

    @Test
    void whatIsSavedAsAWholeAndTheLogBehindItMakeTheState() {
        TreeMap<String, Integer> expected = new TreeMap<>();
        for (int life = 0; life < 4; life++) {
            Life one = new Life(RecoveryTest::counts, conf -> conf.set("millrace.checkpoint.snapshotBytes", "1k"));
            for (int batch = 0; batch < 12; batch++) {
                String[] words = new String[20];
                for (int i = 0; i < words.length; i++) {
                    words[i] = "w" + (i * 7 + batch * 3 + life) % 31;
                    expected.merge(words[i], 1, Integer::sum);
                }
                one.batch(words);
            }
            if (life % 2 == 0) {
                one.kill();
            } else {
                one.stopGracefully();
            }
        }
        List<String> texts = new ArrayList<>();
        expected.forEach((word, count) -> texts.add("(" + word + "," + count + ")"));
        assertEquals("48: " + String.join(" ", texts), seen.get(seen.size() - 1));
    }

    private static void logged(MillraceConf conf) {
        conf.set("millrace.streaming.receiver.writeAheadLog.enable", "true")
                .set("millrace.checkpoint.receivedSegmentBytes", "64k");
    }

    @Test
    void whatWasReceivedAndNotYetInABatchIsInTheFirstBatchOfTheNextProcess() {
        Life first = new Life(RecoveryTest::counts, RecoveryTest::logged);
        first.batch("a", "b", "a");
        first.receive("late", "later");
        first.kill();
        seen.clear();
        try (Life second = new Life(RecoveryTest::counts, RecoveryTest::logged)) {
            second.batch("a");
        }
        assertEquals(List.of("2: (a,3) (b,1) (late,1) (later,1)"), seen);
    }

    @Test
    void aBatchThatWasNotCommittedIsRunAgainWithTheSameRecords() {
        Consumer<MillraceConf> settings = conf -> {
            logged(conf);
            conf.set("millrace.checkpoint.commitInterval", "3s");
        };
        Life first = new Life(RecoveryTest::counts, settings);
        first.batch("a");
        first.batch("b");
        first.batch("c");
        first.batch("d"); // the commit was with the third
        first.kill();
        seen.clear();
        try (Life second = new Life(RecoveryTest::counts, settings)) {
            assertEquals(List.of("4: (a,1) (b,1) (c,1) (d,1)"), seen);
            second.batch("e");
        }
        assertEquals("5: (a,1) (b,1) (c,1) (d,1) (e,1)", seen.get(1));
    }

    @Test
    void aLogOfWhatIsReceivedThatGoesOnOverManyLivesKeepsEachRecordOnce() {
        int received = 0;
        Consumer<MillraceConf> settings = conf -> {
            logged(conf);
            conf.set("millrace.checkpoint.snapshotBytes", "1k").set("millrace.checkpoint.commitInterval", "2s");
        };
        for (int life = 0; life < 6; life++) {
            Life one = new Life(RecoveryTest::counts, settings);
            for (int batch = 0; batch < 9; batch++) {
                String[] words = new String[30];
                Arrays.fill(words, "w");
                received += words.length;
                one.batch(words);
            }
            one.receive("w");
            received++;
            one.kill();
        }
        try (Life last = new Life(RecoveryTest::counts, settings)) {
            last.batch();
        }
        assertEquals("(w," + received + ")", seen.get(seen.size() - 1).split(": ")[1]);
    }

    @Test
    void batchesThatWereMissedAreRunOneByOneOrTogetherOrNotAtAll() {
        for (String how : List.of("replay", "coalesce", "skip")) {
            RecoveryTest other = new RecoveryTest();
            assertEquals(
                    switch (how) {
                        case "replay" -> List.of("2: (a,1)", "3: (a,1)", "4: (a,1)", "5: (a,1)", "6: (a,1)");
                        case "coalesce" -> List.of("5: (a,1)", "6: (a,1)");
                        default -> List.of("6: (a,1)");
                    },
                    other.missed(how),
                    how);
        }
    }

    private List<String> missed(String how) {
        Life first = new Life(RecoveryTest::counts);
        first.batch("a");
        first.stopGracefully();
        seen.clear();
        clock.advanceTo(5_000);
        try (Life second = new Life(RecoveryTest::counts, conf -> conf.set("millrace.checkpoint.missedBatches", how))) {
            second.batch();
        }
        return seen;
    }

    @Test
    void aBatchThatStateCannotTakeInEndsTheRunAndIsTakenInByTheNext() {
        AtomicBoolean isBroken = new AtomicBoolean(true);
        Function2<List<Integer>, Optional<Integer>, Optional<Integer>> sum = (ones, before) -> {
            if (isBroken.get() && ones.size() > 1) {
                throw new IllegalStateException("more than one");
            }
            return Optional.of(before.orElse(0) + ones.size());
        };
        Function<DStream<String>, DStream<?>> program =
                words -> ones(words).updateStateByKey(sum).toJavaDStream();
        Life first = new Life(program, RecoveryTest::logged);
        first.batch("a");
        first.batch("b", "b");
        assertEquals(StreamingContextState.STOPPED, first.rig.ssc.getState());
        first.kill();
        isBroken.set(false);
        seen.clear();
        try (Life second = new Life(program, RecoveryTest::logged)) {
            second.batch("a");
        }
        assertEquals(List.of("2: (a,1) (b,2)", "3: (a,2) (b,2)"), seen);
    }

    @Test
    void aFullDiskLetsTheRunRestUntilThereIsSpace() {
        try (Life life = new Life(RecoveryTest::counts)) {
            life.batch("a");
            disk.budget(0);
            life.batch("b");
            life.batch("c");
            life.batch("d");
            assertEquals(StreamingContextState.ACTIVE, life.rig.ssc.getState());
            assertEquals(List.of("1: (a,1)", "2: (a,1) (b,1)"), seen);
            disk.budget(Long.MAX_VALUE);
            life.batch("e");
            life.batch();
        }
        assertEquals("(a,1) (b,1) (c,1) (d,1) (e,1)", seen.get(seen.size() - 1).substring(3));
        assertEquals(6, seen.size(), seen::toString);
    }

    @Test
    void nothingIsLostIfTheProcessEndsWhileTheDiskIsFull() {
        Life first = new Life(
                RecoveryTest::counts, conf -> conf.set("millrace.streaming.receiver.writeAheadLog.enable", "true"));
        first.batch("a");
        disk.budget(0);
        first.batch("b");
        first.kill();
        disk.budget(Long.MAX_VALUE);
        seen.clear();
        try (Life second = new Life(
                RecoveryTest::counts, conf -> conf.set("millrace.streaming.receiver.writeAheadLog.enable", "true"))) {
            second.batch("c");
        }
        assertTrue(seen.get(seen.size() - 1).contains("(a,1)"), seen::toString);
        assertTrue(seen.get(seen.size() - 1).contains("(c,1)"), seen::toString);
    }

    @Test
    void aSnapshotIsWrittenInSlicesBetweenBatches() {
        UnaryOperator<MillraceConf> often = conf -> conf.set("millrace.checkpoint.snapshotBytes", "1k");
        Life first = new Life(RecoveryTest::counts, often::apply);
        for (int batch = 0; batch < 40; batch++) {
            first.batch(words(batch));
        }
        first.kill();
        seen.clear();
        try (Life second = new Life(RecoveryTest::counts, often::apply)) {
            second.batch(words(0));
        }
        String last = seen.get(seen.size() - 1);
        assertTrue(last.contains("(w0,41)") && last.contains("(w7,41)"), last);
    }

    /** Eight words that every batch has, and eight of its own. */
    private static String[] words(int batch) {
        String[] words = new String[16];
        for (int word = 0; word < 8; word++) {
            words[word] = "w" + word;
            words[8 + word] = "b" + batch + "-" + word;
        }
        return words;
    }
}

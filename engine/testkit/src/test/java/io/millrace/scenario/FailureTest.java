package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.at;
import static io.millrace.testkit.Scenario.count;
import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.PairRDD;
import io.millrace.api.PushInputDStream;
import io.millrace.api.RDD;
import io.millrace.api.ReleasedBatchException;
import io.millrace.api.UserFunctionException;
import io.millrace.api.function.Text;
import io.millrace.testkit.Scenario;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What goes wrong in a program is told, and stops nothing that can go on (behaviour spec 2.5). */
class FailureTest {
    private static int failing(int number) {
        if (number == 13) {
            throw new IllegalStateException("thirteen");
        }
        return number;
    }

    @Test
    void anOutputThatThrowsStopsNeitherTheOthersNorLaterBatchesAndReachesWhoeverWaits() {
        List<String> ran = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            PushInputDStream<String> words = rig.ssc.pushStream(String.class);
            words.foreachRDD((rdd, time) -> ran.add("first " + time));
            words.foreachRDD((rdd, time) -> {
                ran.add("second " + time);
                throw new java.io.IOException("the disk is gone at " + time);
            });
            words.foreachRDD((rdd, time) -> ran.add("third " + time));
            rig.ssc.start();
            rig.toBatch(1);
            rig.toBatch(2);
            assertEquals(
                    List.of(
                            "first 1000 ms",
                            "second 1000 ms",
                            "third 1000 ms",
                            "first 2000 ms",
                            "second 2000 ms",
                            "third 2000 ms"),
                    ran);
            Exception reported = assertThrows(RuntimeException.class, rig.ssc::awaitTermination);
            assertTrue(reported.getMessage().contains("the disk is gone at 1000 ms"), reported.getMessage());
            assertInstanceOf(java.io.IOException.class, reported.getCause());
            rig.toBatch(3);
            assertEquals(9, ran.size());
        }
    }

    @Test
    void aFunctionThatThrowsIsToldByOperatorBatchPartitionAndRecord() {
        AtomicReference<UserFunctionException> told = new AtomicReference<>();
        try (Rig rig = new Rig(seconds(1), conf -> conf.set("millrace.streaming.blockInterval", "1ms"))) {
            PushInputDStream<String> lines = rig.ssc.pushStream(String.class);
            lines.map(line -> line.charAt(500)).named("the 500th").foreachRDD(rdd -> {
                told.set(assertThrows(UserFunctionException.class, rdd::collect));
            });
            rig.ssc.start();
            lines.offer("x".repeat(501));
            rig.clock.advanceMs(1);
            rig.work();
            lines.offer("y".repeat(400));
            rig.toBatch(1);
        }
        assertEquals("the 500th", told.get().operator());
        assertEquals(1000, told.get().batchTimeMs());
        assertEquals(1, told.get().partition());
        assertTrue(told.get().record().startsWith("yyyy"), told.get().record());
        assertTrue(
                told.get().record().length() < 250,
                "a record is shortened: " + told.get().record());
        assertInstanceOf(StringIndexOutOfBoundsException.class, told.get().getCause());
    }

    @Test
    void everyKindOfFunctionIsToldByItsOperator() {
        assertFails("map", records -> records.map(x -> failing(x)));
        assertFails("filter", records -> records.filter(x -> failing(x) > 0));
        assertFails("filter", records -> records.filter(x -> x == 13 ? null : true));
        assertFails(
                "flatMap", records -> records.flatMap(x -> List.of(failing(x)).iterator()));
        assertFails(
                "flatMap",
                records -> records.flatMap(x -> x == 13 ? null : List.of(x).iterator()));
        assertFails("mapToPair", records -> records.mapToPair(x -> pair(failing(x), 1)));
        assertFails("mapToPair", records -> records.mapToPair(x -> x == 13 ? null : pair(x, 1)));
        assertFails(
                "flatMapToPair",
                records ->
                        records.flatMapToPair(x -> List.of(pair(failing(x), 1)).iterator()));
        assertFails("mapValues", records -> records.mapToPair(x -> pair(1, x)).mapValues(x -> failing(x)));
        assertFails("reduce", records -> records.reduce((a, b) -> failing(Math.max(a, b))));
        assertFails(
                "reduceByKey",
                records -> records.mapToPair(x -> pair("k", x)).reduceByKey((a, b) -> failing(Math.max(a, b))));
    }

    @Test
    void aFunctionThatGivesNoIteratorIsToldSo() {
        String noIterator = "the function gave no iterator; give an empty one";
        Scenario.batchesEvery(seconds(1)).records(List.of(1)).stream(numbers -> numbers.<Integer>flatMap(n -> null))
                .expectError(at(1), UserFunctionException.class, "flatMap", noIterator)
                .run();
        Scenario.batchesEvery(seconds(1)).records(List.of(1)).stream(
                        numbers -> numbers.<Integer, Integer>flatMapToPair(n -> null))
                .expectError(at(1), UserFunctionException.class, "flatMapToPair", noIterator)
                .run();
        Scenario.batchesEvery(seconds(1)).records(List.of(1)).stream(
                        numbers -> numbers.mapToPair(n -> pair(n, n)).<Integer>flatMapValues(n -> null))
                .expectError(at(1), UserFunctionException.class, "flatMapValues", noIterator)
                .run();
    }

    private interface Program
            extends java.util.function.Function<
                    io.millrace.api.DStream<Integer>, io.millrace.api.DStreamLike<?, ?, ?>> {}

    private static void assertFails(String operator, Program program) {
        Scenario.batchesEvery(seconds(1)).records(List.of(1, 13, 2), List.of(13, 1)).stream(
                        numbers -> program.apply(numbers).count())
                .expectError(at(1), UserFunctionException.class, operator, "1000 ms", "13")
                .expectError(at(2), UserFunctionException.class, operator, "2000 ms", "13")
                .run();
    }

    @Test
    void aBatchThatFailsHalfWayLeavesNothingInTheNext() {
        Scenario.batchesEvery(seconds(1))
                .records(List.of(1, 2, 1, 13, 1, 2), List.of(1, 1, 3), List.of(13), List.of(2))
                .stream(numbers -> numbers.map(x -> failing(x)).countByValue())
                .expectError(at(1), "thirteen")
                .expect(at(2), count(1, 2), count(3, 1))
                .expectError(at(3), "thirteen")
                .expect(at(4), count(2, 1))
                .run();
    }

    @Test
    void aBatchThatFailsInARecognisedChainLeavesNothingInTheNext() {
        Scenario.batchesEvery(seconds(1)).lines("a b\nb 13 a", "a a b", "13", "b").stream(
                        lines -> lines.flatMap(Text.split(' '))
                                .map(word -> word.equals("13") ? String.valueOf(failing(13)) : word)
                                .filter(Text.contains(""))
                                .mapToPair(Text.pairWith(1))
                                .reduceByKey((a, b) -> a + b))
                .expectError(at(1), UserFunctionException.class, "map", "thirteen")
                .expect(at(2), pair("a", 2), pair("b", 1))
                .expectError(at(3), "thirteen")
                .expect(at(4), pair("b", 1))
                .run();
    }

    @Test
    void errorsOfTheProgramAreToldAsItsExceptionsAre() {
        Scenario.batchesEvery(seconds(1)).records(List.of(4), List.of(1), List.of(2), List.of(3)).stream(
                        numbers -> numbers.map(FailureTest::erring))
                .expectError(at(1), OutOfMemoryError.class, "made up")
                .expectError(at(2), UserFunctionException.class, "map", "an error")
                .expectError(at(3), UserFunctionException.class, "map", "StackOverflowError")
                .expect(at(4), 3)
                .run();
    }

    private static int erring(int x) {
        if (x == 1) {
            throw new AssertionError("an error");
        } else if (x == 4) {
            throw new OutOfMemoryError("made up");
        }
        return x == 2 ? endless(x) : x;
    }

    private static int endless(int x) {
        return endless(x + 1) + 1;
    }

    @Test
    void aRecordThatCannotBeShownIsToldByItsClass() {
        Scenario.batchesEvery(seconds(1)).records(List.of(new Unshowable())).stream(
                        records -> records.map(record -> 1 / (record.hashCode() & 0)))
                .expectError(at(1), UserFunctionException.class, "map", Unshowable.class.getName(), "/ by zero")
                .run();
    }

    private static final class Unshowable {
        @Override
        public String toString() {
            throw new IllegalStateException("not to be shown");
        }
    }

    @Test
    void aDatasetMayNotBeUsedAfterItsBatch() {
        List<RDD<String>> kept = new ArrayList<>();
        List<PairRDD<String, Long>> keptPairs = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            PushInputDStream<String> words = rig.ssc.pushStream(String.class);
            words.foreachRDD(rdd -> kept.add(rdd));
            words.countByValue().foreachRDD(rdd -> {
                rdd.collect();
                keptPairs.add(rdd);
            });
            rig.ssc.start();
            words.offer("a");
            rig.toBatch(1);
            ReleasedBatchException late = assertThrows(ReleasedBatchException.class, kept.get(0)::collect);
            assertEquals(1000, late.batchTimeMs());
            assertTrue(late.getMessage().contains("collect()"), "names the way out: " + late.getMessage());
            assertThrows(ReleasedBatchException.class, keptPairs.get(0)::collectAsMap);
            assertThrows(ReleasedBatchException.class, keptPairs.get(0)::count);
            assertThrows(ReleasedBatchException.class, kept.get(0)::isEmpty);
            assertThrows(ReleasedBatchException.class, () -> kept.get(0).take(1));
            assertThrows(ReleasedBatchException.class, () -> kept.get(0).foreach(word -> {}));
            assertThrows(ReleasedBatchException.class, kept.get(0)::getNumPartitions);
        }
    }

    @Test
    void theDatasetOfABatchIsRefusedInAQueue() {
        List<String> seen = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            Queue<RDD<String>> queue = new ArrayDeque<>();
            PushInputDStream<String> words = rig.ssc.pushStream(String.class);
            words.map(word -> word + "!").foreachRDD((rdd, time) -> {
                if (time.milliseconds() == 1000) {
                    queue.add(rdd);
                }
            });
            rig.ssc.queueStream(queue).foreachRDD(rdd -> seen.addAll(rdd.collect()));
            rig.ssc.start();
            words.offer("a");
            rig.toBatch(1);
            words.offer("b");
            rig.toBatch(2);
            String refusal = assertThrows(IllegalArgumentException.class, rig.ssc::awaitTermination)
                    .getMessage();
            assertTrue(refusal.contains("1000 ms") && refusal.contains("collect()"), refusal);
        }
        assertEquals(List.of(), seen);
    }

    @Test
    void anActionInsideATaskIsRefused() throws Exception {
        for (String workers : new String[] {"local[0]", "local[1]", "local[2]"}) {
            List<Throwable> thrown = new ArrayList<>();
            try (Rig rig = new Rig(seconds(1), conf -> conf.setMaster(workers))) {
                RDD<Integer> other = rig.context.parallelize(Arrays.asList(1, 2, 3));
                PushInputDStream<Integer> numbers = rig.ssc.pushStream(Integer.class);
                numbers.map(number -> other.count()).foreachRDD(rdd -> {
                    thrown.add(assertThrows(UserFunctionException.class, rdd::collect)
                            .getCause());
                });
                numbers.foreachRDD(rdd ->
                        thrown.add(assertThrows(UserFunctionException.class, () -> rdd.foreach(x -> rdd.count()))
                                .getCause()));
                numbers.foreachRDD(rdd -> thrown.add(
                        assertThrows(UserFunctionException.class, () -> rdd.foreachPartition(part -> other.collect()))
                                .getCause()));
                rig.ssc.start();
                numbers.offer(1);
                rig.toBatch(1);
                assertFalse(rig.ssc.awaitTerminationOrTimeout(0));
            }
            assertEquals(3, thrown.size(), workers);
            for (Throwable refused : thrown) {
                assertInstanceOf(IllegalStateException.class, refused);
                assertTrue(refused.getMessage().contains("inside a function that a task runs"), refused.getMessage());
            }
        }
    }

    @Test
    void theFirstErrorIsTheOneThatIsThrownAgain() throws Exception {
        try (Rig rig = new Rig(seconds(1))) {
            PushInputDStream<String> words = rig.ssc.pushStream(String.class);
            words.foreachRDD((rdd, time) -> {
                throw new IllegalStateException("at " + time);
            });
            rig.ssc.start();
            assertFalse(rig.ssc.awaitTerminationOrTimeout(0));
            rig.toBatch(1);
            rig.toBatch(2);
            Exception first = assertThrows(UserFunctionException.class, rig.ssc::awaitTermination);
            Exception second = assertThrows(UserFunctionException.class, rig.ssc::awaitTermination);
            assertEquals(
                    "the function of foreachRDD-1 failed in batch 1000 ms: java.lang.IllegalStateException: at 1000 ms",
                    first.getMessage());
            assertEquals("at 1000 ms", first.getCause().getMessage());
            assertSame(first, second);
        }
    }
}

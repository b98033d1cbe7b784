package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.DStream;
import io.millrace.api.DStreamLike;
import io.millrace.api.DeadLetter;
import io.millrace.api.DeadLetterConsumer;
import io.millrace.api.Durations;
import io.millrace.api.MillraceConf;
import io.millrace.api.PushInputDStream;
import io.millrace.api.RDD;
import io.millrace.api.RDDActions;
import io.millrace.api.StopReport;
import io.millrace.api.StreamingContext;
import io.millrace.api.StreamingContextState;
import io.millrace.api.UserFunctionException;
import io.millrace.api.function.Fields;
import io.millrace.api.function.Typed;
import io.millrace.api.listener.StreamingListener;
import io.millrace.api.listener.StreamingListenerBatchCompleted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a context does when the program's code throws, by {@code millrace.streaming.failurePolicy}. */
class FailurePolicyTest {
    private static final String KEY = "millrace.streaming.failurePolicy";

    private static int failing(int number) {
        if (number == 13) {
            throw new IllegalStateException("thirteen");
        }
        return number;
    }

    private static Rig rig(String policy, DeadLetterConsumer letters) {
        return new Rig(seconds(1), conf -> conf.set(KEY, policy).setDeadLetterConsumer(letters));
    }

    private interface Program extends Function<DStream<Integer>, DStreamLike<?, ?, ?>> {}

    /** The rows of the first batch, under the policy that skips; and the letters. */
    private static List<Object> skipping(List<Integer> records, List<DeadLetter> letters, Program program) {
        List<Object> rows = new ArrayList<>();
        try (Rig rig = rig("skip", letters::add)) {
            PushInputDStream<Integer> numbers = rig.ssc.pushStream(Integer.class);
            program.apply(numbers).foreachRDD(rdd -> rows.addAll(((RDDActions<?>) rdd).collect()));
            rig.ssc.start();
            records.forEach(numbers::offer);
            rig.toBatch(1);
            assertEquals(letters.size(), rig.ssc.counters().get("skippedRecords"));
        }
        return rows;
    }

    private static void assertSkips(String operator, List<Object> expected, Program program) {
        List<DeadLetter> letters = Collections.synchronizedList(new ArrayList<>());
        List<Object> rows = skipping(List.of(1, 13, 2), letters, program);
        assertEquals(Set.copyOf(expected), new HashSet<>(rows), operator);
        assertEquals(expected.size(), rows.size(), operator);
        assertEquals(1, letters.size(), operator);
        DeadLetter letter = letters.get(0);
        assertEquals(operator + "-1", letter.operator());
        assertEquals(1000, letter.batchTime().milliseconds());
        assertEquals(0, letter.partition());
        assertTrue(letter.record().toString().contains("13"), letter.toString());
        assertInstanceOf(Exception.class, letter.cause());
    }

    @Test
    void everyFunctionOfOneRecordLeavesOutTheRecordItThrowsOn() {
        assertSkips("map", List.of(1, 2), records -> records.map(x -> failing(x)));
        assertSkips("map", List.of(1L, 2L), records -> records.map(Typed.toLong(x -> failing(x))));
        assertSkips("map", List.of(1, 2), records -> records.map(Typed.toInt(x -> failing(x))));
        assertSkips("map", List.of(1.0, 2.0), records -> records.map(Typed.toDouble(x -> failing(x))));
        assertSkips("map", List.of(true, false), records -> records.map(Typed.test(x -> failing(x) == 1)));
        assertSkips("filter", List.of(1, 2), records -> records.filter(x -> failing(x) > 0));
        assertSkips("filter", List.of(1), records -> records.filter(x -> x == 13 ? null : x == 1));
        assertSkips(
                "flatMap",
                List.of(1, 2),
                records -> records.flatMap(x -> List.of(failing(x)).iterator()));
        assertSkips(
                "flatMap",
                List.of(1, 2),
                records -> records.flatMap(x -> x == 13 ? null : List.of(x).iterator()));
        assertSkips(
                "mapToPair", List.of(pair(1, 1), pair(2, 1)), records -> records.mapToPair(x -> pair(failing(x), 1)));
        assertSkips(
                "mapToPair",
                List.of(pair(1, 1), pair(2, 2)),
                records -> records.mapToPair(Typed.pair(x -> x, x -> failing(x))));
        assertSkips(
                "mapToPair",
                List.of(pair(1L, 1L), pair(2L, 2L)),
                records -> records.mapToPair(Typed.longPair(x -> x, x -> failing(x))));
        assertSkips(
                "flatMapToPair",
                List.of(pair(1, 1), pair(2, 1)),
                records ->
                        records.flatMapToPair(x -> List.of(pair(failing(x), 1)).iterator()));
        assertSkips(
                "mapValues",
                List.of(pair(0, 1), pair(0, 2)),
                records -> records.mapToPair(x -> pair(0, x)).mapValues(x -> failing(x)));
    }

    @Test
    void aReducingFunctionLeavesOutTheValueItThrowsOn() {
        assertSkips("reduce", List.of(3), records -> records.reduce((a, b) -> a + failing(b)));
        assertSkips(
                "reduceByKey",
                List.of(pair("k", 3)),
                records -> records.mapToPair(x -> pair("k", x)).reduceByKey((a, b) -> a + failing(b)));
        assertSkips(
                "reduceByKey",
                List.of(pair("k", 3.0)),
                records ->
                        records.mapToPair(x -> pair("k", (double) x)).reduceByKey((a, b) -> a + failing(b.intValue())));
        assertSkips(
                "reduceByKey",
                List.of(pair("k", "12")),
                records -> records.mapToPair(x -> pair("k", "" + x))
                        .reduceByKey((a, b) -> a + failing(Integer.parseInt(b))));
        assertSkips(
                "reduceByKey",
                List.of(pair("k", 3L)),
                records -> records.mapToPair(x -> pair("k", (long) x))
                        .reduceByKey(Typed.longs((a, b) -> a + failing((int) b))));
    }

    @Test
    void recognisedFunctionsLeaveOutTheTextsTheyCannotRead() {
        for (String lanes : List.of("specialised", "generic")) {
            List<DeadLetter> letters = new ArrayList<>();
            List<Object> rows = new ArrayList<>();
            try (Rig rig = new Rig(
                    seconds(1),
                    conf -> conf.set(KEY, "skip").set("millrace.lanes", lanes).setDeadLetterConsumer(letters::add))) {
                PushInputDStream<String> lines = rig.ssc.pushStream(String.class);
                lines.map(Fields.longAt(1, ',')).foreachRDD(rdd -> rows.addAll(rdd.collect()));
                rig.ssc.start();
                List.of("a,x", "b,7", "c", "d,8", "e,").forEach(lines::offer);
                rig.toBatch(1);
            }
            assertEquals(List.of(7L, 8L), rows, lanes);
            assertEquals(
                    List.of("a,x", "c", "e,"),
                    letters.stream().map(DeadLetter::record).toList(),
                    lanes);
        }
    }

    @Test
    void aCombiningFunctionLeavesOutTheValueItThrowsOn() {
        assertSkips(
                "combineByKey",
                List.of(pair("k", "12")),
                records -> records.mapToPair(x -> pair("k", x))
                        .combineByKey(x -> "" + x, (text, x) -> text + failing(x), (a, b) -> a + b));
    }

    @Test
    void aTransformThatThrowsFailsItsBatchAndNoOther() {
        List<String> ran = new ArrayList<>();
        try (Rig rig = rig("continue", letter -> {})) {
            PushInputDStream<Integer> numbers = rig.ssc.pushStream(Integer.class);
            numbers.foreachRDD((rdd, time) -> ran.add("first " + time));
            numbers.transform((rdd, time) -> {
                        if (time.milliseconds() == 2000) {
                            throw new IllegalStateException("no transform at " + time);
                        }
                        return rdd;
                    })
                    .foreachRDD((rdd, time) -> ran.add("second " + time));
            rig.ssc.start();
            rig.toBatch(1);
            rig.toBatch(2);
            rig.toBatch(3);
            Exception reported = assertThrows(RuntimeException.class, rig.ssc::awaitTermination);
            assertTrue(reported.getMessage().contains("no transform at 2000 ms"), reported.getMessage());
        }
        assertEquals(List.of("first 1000 ms", "second 1000 ms", "first 3000 ms", "second 3000 ms"), ran);
    }

    @Test
    void whatARecordGaveBeforeItsIteratorThrewStays() {
        List<DeadLetter> letters = new ArrayList<>();
        List<Object> rows = skipping(
                List.of(1, 13),
                letters,
                records -> records.flatMap(x -> List.of(x, x + 1, x + 2).stream()
                        .map(y -> failing(y - 1))
                        .iterator()));
        assertEquals(List.of(0, 1, 2, 12), rows);
        assertEquals(13, letters.get(0).record());
    }

    @Test
    void aBatchTellsHowManyRecordsWereLeftOutOfIt() {
        List<Long> skipped = new ArrayList<>();
        try (Rig rig = rig("skip", letter -> {})) {
            rig.ssc.addStreamingListener(new StreamingListener() {
                @Override
                public void onBatchCompleted(StreamingListenerBatchCompleted event) {
                    skipped.add(event.batchInfo().skippedRecords());
                }
            });
            PushInputDStream<Integer> numbers = rig.ssc.pushStream(Integer.class);
            numbers.map(x -> failing(x)).foreachRDD(rdd -> rdd.count());
            rig.ssc.start();
            for (int batch = 1; batch <= 3; batch++) {
                for (int poison = 0; poison < batch - 1; poison++) {
                    numbers.offer(13);
                }
                numbers.offer(batch);
                rig.toBatch(batch);
            }
            assertEquals(3, rig.ssc.counters().get("skippedRecords"));
        }
        assertEquals(List.of(0L, 1L, 2L), skipped);
    }

    @Test
    void aRecordIsLeftOutOfEachComputationOfItsBatch() {
        List<Object> seen = new ArrayList<>();
        List<DeadLetter> letters = new ArrayList<>();
        try (Rig rig = rig("skip", letters::add)) {
            PushInputDStream<Integer> numbers = rig.ssc.pushStream(Integer.class);
            numbers.foreachRDD(rdd -> {
                RDD<Integer> mapped = rdd.map(x -> failing(x));
                seen.add(mapped.count());
                seen.addAll(mapped.collect());
            });
            rig.ssc.start();
            List.of(1, 13, 2).forEach(numbers::offer);
            rig.toBatch(1);
        }
        assertEquals(List.of(2L, 1, 2), seen);
        assertEquals(2, letters.size(), "what is narrow is computed by each action");
    }

    @Test
    void aDeadLetterConsumerThatThrowsChangesNothing() throws Exception {
        List<Integer> seen = new ArrayList<>();
        try (Rig rig = rig("skip", letter -> {
            throw new java.io.IOException("the dead-letter file is full");
        })) {
            PushInputDStream<Integer> numbers = rig.ssc.pushStream(Integer.class);
            numbers.map(x -> failing(x)).foreachRDD(rdd -> seen.addAll(rdd.collect()));
            rig.ssc.start();
            List.of(1, 13, 2).forEach(numbers::offer);
            rig.toBatch(1);
            assertFalse(rig.ssc.awaitTerminationOrTimeout(0));
        }
        assertEquals(List.of(1, 2), seen);
    }

    @Test
    void whatIsNoFunctionOfOneRecordFailsUnderThePolicyThatSkips() {
        List<DeadLetter> letters = new ArrayList<>();
        List<Throwable> thrown = new ArrayList<>();
        try (Rig rig = rig("skip", letters::add)) {
            PushInputDStream<Integer> numbers = rig.ssc.pushStream(Integer.class);
            numbers.foreachRDD(rdd -> {
                thrown.add(assertThrows(UserFunctionException.class, () -> rdd.foreach(x -> failing(x))));
                thrown.add(assertThrows(UserFunctionException.class, () -> rdd.foreachPartition(part -> failing(13))));
                thrown.add(assertThrows(
                        UserFunctionException.class,
                        () -> rig.context
                                .parallelize(List.of(13))
                                .map(x -> failing(x))
                                .collect()));
            });
            numbers.foreachRecord((number, time) -> failing(number));
            rig.ssc.start();
            numbers.offer(13);
            rig.toBatch(1);
            assertThrows(UserFunctionException.class, rig.ssc::awaitTermination);
        }
        assertEquals(3, thrown.size());
        assertEquals(List.of(), letters);
    }

    @Test
    void errorsOfTheJvmAreNoFaultOfARecord() {
        try (Rig rig = rig("skip", letter -> {})) {
            PushInputDStream<Integer> numbers = rig.ssc.pushStream(Integer.class);
            numbers.map(x -> {
                        if (x == 13) {
                            throw new OutOfMemoryError("made up");
                        }
                        return x;
                    })
                    .foreachRDD(rdd -> rdd.count());
            rig.ssc.start();
            numbers.offer(13);
            rig.toBatch(1);
            assertThrows(OutOfMemoryError.class, rig.ssc::awaitTermination);
            assertEquals(0, rig.ssc.counters().get("skippedRecords"));
        }
    }

    @Test
    void thePolicyThatStopsEndsTheContextAtTheFirstFailureAndRunsNoFurtherOutput() {
        List<String> ran = new ArrayList<>();
        try (Rig rig = rig("stop", letter -> {})) {
            PushInputDStream<Integer> numbers = rig.ssc.pushStream(Integer.class);
            numbers.foreachRDD((rdd, time) -> ran.add("first " + time));
            numbers.map(x -> failing(x)).foreachRDD((rdd, time) -> ran.add("second " + rdd.collect()));
            numbers.foreachRDD((rdd, time) -> ran.add("third " + time));
            rig.ssc.start();
            numbers.offer(7);
            rig.toBatch(1);
            numbers.offer(13);
            rig.toBatch(2);
            numbers.offer(8);
            rig.toBatch(3);
            UserFunctionException reported = assertThrows(UserFunctionException.class, rig.ssc::awaitTermination);
            assertEquals("map-1", reported.operator());
            assertEquals(2000, reported.batchTimeMs());
            assertEquals(StreamingContextState.STOPPED, rig.ssc.getState());
            assertFalse(numbers.offer(9));
            StopReport report = rig.ssc.stopReport().orElseThrow();
            assertFalse(report.isGraceful());
            assertEquals(1, report.droppedBatches());
        }
        assertEquals(List.of("first 1000 ms", "second [7]", "third 1000 ms", "first 2000 ms"), ran);
    }

    @Test
    void whoeverWaitsIsWokenWhenTheContextHasStoppedAfterAFailure() {
        MillraceConf conf = new MillraceConf(false)
                .setMaster("local[2]")
                .setAppName("stops at a failure")
                .set(KEY, "stop");
        try (StreamingContext ssc = new StreamingContext(conf, Durations.milliseconds(5))) {
            PushInputDStream<Integer> numbers = ssc.pushStream(Integer.class);
            numbers.map(x -> failing(x)).foreachRDD(rdd -> rdd.count());
            ssc.start();
            numbers.offer(13);
            assertThrows(UserFunctionException.class, ssc::awaitTermination);
            assertEquals(StreamingContextState.STOPPED, ssc.getState());
        }
    }
}

package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.DStream;
import io.millrace.api.InputDStream;
import io.millrace.api.RDD;
import io.millrace.api.UserFunctionException;
import io.millrace.api.function.Function2;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Stories in which two workers are sure to share a batch: each waits, at its first record, until the other has one too. */
class TwoWorkersTest {
    private static final int PARTITIONS = 2;

    private final Queue<RDD<Object>> queue = new ArrayDeque<>();
    private final CyclicBarrier bothAtWork = new CyclicBarrier(PARTITIONS);

    /** The records of a batch, the first half read by one worker and the second by another. */
    private DStream<Object> shared(Rig rig) {
        InputDStream<Object> input = rig.ssc.queueStream(queue);
        return input.map(record -> {
            if (record.equals("meet")) {
                bothAtWork.await(10, TimeUnit.SECONDS);
            }
            return record;
        });
    }

    private void give(Rig rig, List<?> left, List<?> right) {
        List<Object> records = new ArrayList<>();
        int half = Math.max(left.size(), right.size()) + 1;
        add(records, left, half);
        add(records, right, half);
        queue.add(rig.context.parallelize(records, PARTITIONS));
    }

    /** Halves of equal length, so that the list is cut between them; "skip" fills the shorter one. */
    private static void add(List<Object> records, List<?> half, int length) {
        int from = records.size();
        records.add("meet");
        records.addAll(half);
        while (records.size() < from + length) {
            records.add("skip");
        }
    }

    private static boolean isRecord(Object record) {
        return !record.equals("meet") && !record.equals("skip");
    }

    @Test
    void keysThatOneWorkerHoldsAsTextAndTheOtherAsNumbersAreMerged() {
        List<Object> results = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            shared(rig)
                    .filter(TwoWorkersTest::isRecord)
                    .countByValue()
                    .foreachRecord((counted, time) -> results.add(pair(time.milliseconds(), counted)));
            rig.ssc.start();
            give(rig, List.of(1, 2, 1), List.of(1L, 2, "a"));
            give(rig, List.of(1L, 2L), List.of(1, 2L));
            give(rig, List.of("a", "b"), List.of(0.5, "a"));
            rig.toBatch(3);
        }
        assertSame(
                results,
                counted(1, 1, 2),
                counted(1, 2, 2),
                counted(1, 1L, 1),
                counted(1, "a", 1),
                counted(2, 1L, 1),
                counted(2, 2L, 2),
                counted(2, 1, 1),
                counted(3, "a", 2),
                counted(3, "b", 1),
                counted(3, 0.5, 1));
    }

    private static Object counted(int batch, Object value, long times) {
        return pair(batch * 1000L, pair(value, times));
    }

    private static void assertSame(List<?> actual, Object... expected) {
        List<Object> left = new ArrayList<>(actual);
        for (Object record : expected) {
            assertTrue(left.remove(record), () -> record + " is missing in " + actual);
        }
        assertEquals(List.of(), left);
    }

    @Test
    void valuesThatTheWorkersHoldInDifferentLanesAreMerged() {
        Function2<Object, Object, Object> add = (a, b) ->
                a instanceof Integer x && b instanceof Integer y ? (Object) (x + y) : (Object) sorted(a + " " + b);
        List<Object> results = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            DStream<Object> records = shared(rig).filter(TwoWorkersTest::isRecord);
            records.mapToPair(record -> pair(1, record))
                    .reduceByKey(add)
                    .foreachRecord((reduced, time) -> results.add(reduced._2));
            rig.ssc.start();
            give(rig, List.of(1, 2), List.of(4, 5));
            give(rig, List.of(1, 2), List.of(0.5));
            give(rig, Arrays.asList(0.5f), Arrays.asList(true));
            give(rig, List.of(3), List.of(3));
            rig.toBatch(4);
        }
        assertEquals(List.of(12, "0.5 3", "0.5 true", 6), results);
    }

    private static String sorted(String words) {
        String[] parts = words.split(" ");
        Arrays.sort(parts);
        return String.join(" ", parts);
    }

    @Test
    void aReducerThatThrowsWhereTheWorkersSharesMeetIsToldByItsOperator() {
        Function2<Object, Object, Object> broken = (a, b) -> {
            throw new IllegalStateException("no sum of " + a + " and " + b);
        };
        AtomicReference<UserFunctionException> whole = new AtomicReference<>();
        AtomicReference<UserFunctionException> keyed = new AtomicReference<>();
        try (Rig rig = new Rig(seconds(1))) {
            DStream<Object> records = shared(rig).filter(TwoWorkersTest::isRecord);
            records.reduce(broken)
                    .foreachRDD(rdd -> whole.set(assertThrows(UserFunctionException.class, rdd::collect)));
            records.mapToPair(record -> pair("k", record))
                    .reduceByKey(broken)
                    .foreachRDD(rdd -> keyed.set(assertThrows(UserFunctionException.class, rdd::collect)));
            rig.ssc.start();
            give(rig, List.of(1), List.of(2));
            rig.toBatch(1);
        }
        assertEquals("reduce", whole.get().operator().replaceAll("[^a-zA-Z].*", ""));
        assertEquals(1000, whole.get().batchTimeMs());
        assertEquals("reduceByKey", keyed.get().operator().replaceAll("[^a-zA-Z].*", ""));
        assertEquals(1000, keyed.get().batchTimeMs());
    }

    @Test
    void aWorkerThatFailsLeavesNothingOfTheOthersShareInTheNextBatch() {
        List<Object> results = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            shared(rig)
                    .filter(TwoWorkersTest::isRecord)
                    .map(record -> {
                        if (record.equals(13)) {
                            throw new IllegalStateException("thirteen");
                        }
                        return record;
                    })
                    .countByValue()
                    .foreachRDD((rdd, time) -> results.add(pair(time.milliseconds(), new ArrayList<>(rdd.collect()))));
            rig.ssc.start();
            give(rig, List.of(1, 1, 1), List.of(1, 13));
            give(rig, List.of(1), List.of(1));
            rig.toBatch(2);
        }
        assertEquals(List.of(pair(2000L, List.of(pair(1, 2L)))), results);
    }
}

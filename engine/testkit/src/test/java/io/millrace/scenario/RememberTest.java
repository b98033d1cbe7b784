package io.millrace.scenario;

import static io.millrace.api.Durations.milliseconds;
import static io.millrace.api.Durations.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.DStream;
import io.millrace.api.MillraceConf;
import io.millrace.api.PairDStream;
import io.millrace.api.PairRDD;
import io.millrace.api.PushInputDStream;
import io.millrace.api.RDD;
import io.millrace.api.ReleasedBatchException;
import io.millrace.api.StreamingContext;
import io.millrace.api.Time;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long a batch's datasets can be asked for (behaviour spec 3.4, and slice and compute of 1.2). */
class RememberTest {
    private static List<List<Integer>> slice(DStream<Integer> stream, long fromMs, long toMs) {
        return stream.slice(new Time(fromMs), new Time(toMs)).stream()
                .map(RDD::collect)
                .toList();
    }

    @Test
    void onlyTheBatchThatRunsIsKeptUnlessMoreIsRemembered() {
        List<List<List<Integer>>> slices = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            PushInputDStream<Integer> numbers = rig.ssc.pushStream(Integer.class);
            DStream<Integer> tens = numbers.map(x -> 10 * x);
            tens.foreachRDD(rdd -> slices.add(slice(tens, 0, 9000)));
            rig.ssc.start();
            for (int batch = 1; batch <= 2; batch++) {
                numbers.offer(batch);
                rig.toBatch(batch);
            }
            assertEquals(List.of(), slice(tens, 0, 9000));
            assertNull(tens.compute(new Time(2000)));
        }
        assertEquals(List.of(List.of(List.of(10)), List.of(List.of(20))), slices);
    }

    @Test
    void rememberedBatchesCanBeReadUntilTheyAreTooOld() {
        try (Rig rig = new Rig(seconds(1))) {
            rig.ssc.remember(seconds(3));
            PushInputDStream<Integer> numbers = rig.ssc.pushStream(Integer.class);
            DStream<Integer> tens = numbers.map(x -> 10 * x);
            PairDStream<Integer, Long> counts = tens.countByValue();
            List<RDD<Integer>> kept = new ArrayList<>();
            tens.foreachRDD(rdd -> kept.add(rdd));
            counts.foreachRDD(rdd -> {});
            rig.ssc.start();
            for (int batch = 1; batch <= 5; batch++) {
                numbers.offer(batch);
                numbers.offer(batch);
                rig.toBatch(batch);
            }
            assertEquals(List.of(List.of(30, 30), List.of(40, 40), List.of(50, 50)), slice(tens, 0, 9000));
            assertEquals(List.of(List.of(30, 30), List.of(40, 40)), slice(tens, 3001, 4999), "rounded down");
            PairRDD<Integer, Long> third = counts.compute(new Time(3000));
            assertEquals(Map.of(30, 2L), third.collectAsMap());
            assertEquals(List.of(30, 30), kept.get(2).collect());
            assertThrows(ReleasedBatchException.class, kept.get(1)::collect);
            rig.toBatch(6);
            assertThrows(ReleasedBatchException.class, third::collectAsMap);
            assertTrue(rig.backend.ledger().usedBytes() > 0, "what is remembered holds its memory");
            rig.ssc.stop(false, true);
            assertThrows(ReleasedBatchException.class, kept.get(4)::collect);
        }
    }

    @Test
    void aStreamThatNoOutputReadsHasNoDatasets() {
        try (Rig rig = new Rig(seconds(1))) {
            PushInputDStream<Integer> numbers = rig.ssc.pushStream(Integer.class);
            DStream<Integer> unread = numbers.map(x -> x);
            numbers.foreachRDD(rdd -> {});
            rig.ssc.start();
            String refusal = assertThrows(
                            IllegalArgumentException.class, () -> unread.slice(new Time(0), new Time(1000)))
                    .getMessage();
            assertTrue(refusal.contains("map") && refusal.contains("output"), refusal);
        }
    }

    @Test
    void rememberedBatchesAreWorkedOffByRealThreadsToo() throws Exception {
        MillraceConf conf = new MillraceConf(false).setMaster("local[2]").setAppName("remember");
        try (StreamingContext ssc = new StreamingContext(conf, milliseconds(5))) {
            ssc.remember(seconds(60));
            PushInputDStream<Integer> numbers = ssc.pushStream(Integer.class);
            DStream<Integer> tens = numbers.map(x -> 10 * x);
            tens.foreachRDD(rdd -> {});
            ssc.start();
            numbers.offer(1);
            List<Integer> seen = List.of();
            while (seen.isEmpty()) {
                ssc.awaitTerminationOrTimeout(1);
                seen = slice(tens, 0, Long.MAX_VALUE).stream()
                        .flatMap(List::stream)
                        .toList();
            }
            assertEquals(List.of(10), seen);
        }
    }

    @Test
    @Timeout(20)
    void slicesOfATransformAndOfAnotherThreadDoNotWaitForEachOther() throws Exception {
        List<Integer> fromOutside = Collections.synchronizedList(new ArrayList<>());
        List<Thread> outside = new ArrayList<>();
        List<Object> results = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            PushInputDStream<Integer> numbers = rig.ssc.pushStream(Integer.class);
            DStream<Integer> same = numbers.transform(rdd -> {
                Thread slicing = new Thread(() -> fromOutside.add(
                        numbers.slice(new Time(0), new Time(9000)).size()));
                outside.add(slicing);
                slicing.start();
                while (slicing.getState() != Thread.State.BLOCKED && slicing.isAlive()) {
                    Thread.onSpinWait(); // it has asked, and waits for the batch that this function belongs to
                }
                results.add(numbers.slice(new Time(0), new Time(9000)).size());
                return rdd;
            });
            same.foreachRDD(rdd -> results.add(rdd.collect()));
            rig.ssc.start();
            numbers.offer(7);
            rig.toBatch(1);
            outside.get(0).join();
        }
        assertEquals(List.of(1, List.of(7)), results);
        assertEquals(1, outside.size());
    }
}

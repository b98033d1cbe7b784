package io.millrace.scenario;

import static io.millrace.api.Durations.milliseconds;
import static io.millrace.api.Durations.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.api.PushInputDStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When batches are, and what belongs to them (behaviour spec 3.1). */
class BatchTimesTest {
    private final List<String> batches = new ArrayList<>();

    private PushInputDStream<Integer> listing(Rig rig) {
        PushInputDStream<Integer> numbers = rig.ssc.pushStream(Integer.class);
        numbers.foreachRDD((rdd, time) -> batches.add(time.milliseconds() + " " + rdd.collect()));
        return numbers;
    }

    @Test
    void batchTimesLieOnAGridThatBeginsAtTheEpoch() {
        try (Rig rig = new Rig(milliseconds(300))) {
            rig.clock.advanceTo(1000);
            PushInputDStream<Integer> numbers = listing(rig);
            rig.ssc.start();
            numbers.offer(1);
            rig.work();
            assertEquals(List.of(), batches);
            rig.clock.advanceTo(1199);
            rig.work();
            assertEquals(List.of(), batches);
            rig.clock.advanceTo(1200);
            rig.work();
            rig.clock.advanceTo(1500);
            rig.work();
        }
        assertEquals(List.of("1200 [1]", "1500 []"), batches);
    }

    @Test
    void aContextThatStartsOnTheGridHasItsFirstBatchOneIntervalLater() {
        try (Rig rig = new Rig(seconds(1))) {
            rig.clock.advanceTo(5000);
            listing(rig);
            rig.ssc.start();
            rig.work();
            rig.clock.advanceTo(6000);
            rig.work();
        }
        assertEquals(List.of("6000 []"), batches);
    }

    @Test
    void batchesThatAreLateAreAllRunInOrderAndTheFirstTakesWhatWaited() {
        try (Rig rig = new Rig(seconds(1))) {
            PushInputDStream<Integer> numbers = listing(rig);
            rig.ssc.start();
            numbers.offer(1);
            rig.toBatch(1);
            numbers.offer(2);
            rig.toBatch(4);
            numbers.offer(3);
            rig.toBatch(5);
        }
        assertEquals(List.of("1000 [1]", "2000 [2]", "3000 []", "4000 []", "5000 [3]"), batches);
    }

    @Test
    void lateBatchesMayBeMadeOne() {
        try (Rig rig = new Rig(seconds(1), conf -> conf.set("millrace.streaming.lateBatches", "coalesce"))) {
            PushInputDStream<Integer> numbers = listing(rig);
            rig.ssc.start();
            numbers.offer(1);
            rig.toBatch(1);
            numbers.offer(2);
            rig.toBatch(4);
            numbers.offer(3);
            rig.toBatch(5);
        }
        assertEquals(List.of("1000 [1]", "4000 [2]", "5000 [3]"), batches);
    }

    @Test
    void aGracefulStopMakesOneMoreBatchOfWhatWaitsAndNoneOfNothing() {
        try (Rig rig = new Rig(seconds(1))) {
            PushInputDStream<Integer> numbers = listing(rig);
            rig.ssc.start();
            rig.toBatch(1);
            numbers.offer(7);
            rig.clock.advanceMs(300);
            rig.ssc.stop(false, true);
        }
        assertEquals(List.of("1000 []", "2000 [7]"), batches);
        batches.clear();
        try (Rig rig = new Rig(seconds(1))) {
            listing(rig);
            rig.ssc.start();
            rig.toBatch(1);
            rig.ssc.stop(false, true);
        }
        assertEquals(List.of("1000 []"), batches);
    }

    @Test
    void aPlainStopRunsNoFurtherBatch() {
        try (Rig rig = new Rig(seconds(1))) {
            PushInputDStream<Integer> numbers = listing(rig);
            rig.ssc.start();
            rig.toBatch(1);
            numbers.offer(7);
            rig.clock.advanceTo(5000);
            rig.ssc.stop(false, false);
        }
        assertEquals(List.of("1000 []"), batches);
    }

    @Test
    void blocksAreCutAtTheBlockIntervalAndAreThePartitionsOfABatch() {
        List<Integer> partitions = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1), conf -> conf.set("millrace.streaming.blockInterval", "200ms"))) {
            PushInputDStream<Integer> numbers = rig.ssc.pushStream(Integer.class);
            numbers.foreachRDD(rdd -> partitions.add(rdd.getNumPartitions()));
            rig.ssc.start();
            for (int i = 0; i < 10; i++) {
                numbers.offer(i);
                rig.clock.advanceMs(100);
                rig.work();
            }
            rig.toBatch(2);
        }
        assertEquals(List.of(5, 0), partitions);
    }

    @Test
    void outputsRunInTheOrderOfTheirDefinitionBatchByBatch() {
        List<String> order = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            PushInputDStream<Integer> numbers = rig.ssc.pushStream(Integer.class);
            numbers.count().foreachRecord((count, time) -> order.add("count " + count + " at " + time));
            numbers.foreachRecord((number, time) -> order.add(number + " at " + time));
            numbers.foreachRDD((rdd, time) -> order.add("last at " + time));
            rig.ssc.start();
            numbers.offer(1);
            numbers.offer(2);
            rig.toBatch(2);
        }
        assertEquals(
                List.of(
                        "count 2 at 1000 ms",
                        "1 at 1000 ms",
                        "2 at 1000 ms",
                        "last at 1000 ms",
                        "count 0 at 2000 ms",
                        "last at 2000 ms"),
                order);
    }
}

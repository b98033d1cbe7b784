package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.api.DStream;
import io.millrace.api.RDD;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Queue;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** A queue of datasets as a source (behaviour spec 3.12 and 5.5). */
class QueueStreamTest {
    private final Queue<RDD<Integer>> queue = new ArrayDeque<>();
    private final List<String> batches = new ArrayList<>();

    private Rig rig(BiFunction<Rig, Queue<RDD<Integer>>, DStream<Integer>> input) {
        Rig rig = new Rig(seconds(1));
        input.apply(rig, queue).foreachRDD((rdd, time) -> batches.add(time.milliseconds() + " " + rdd.collect()));
        return rig;
    }

    private void add(Rig rig, Integer... records) {
        queue.add(rig.context.parallelize(List.of(records), 2));
    }

    @Test
    void oneDatasetIsTakenEachBatchAndTheQueueIsLive() {
        try (Rig rig = rig((r, q) -> r.ssc.queueStream(q))) {
            add(rig, 1, 2, 3);
            add(rig, 4, 5, 6);
            rig.ssc.start();
            rig.toBatch(1);
            add(rig, 7, 8, 9);
            rig.toBatch(4);
            add(rig, 10);
            rig.toBatch(5);
        }
        assertEquals(List.of("1000 [1, 2, 3]", "2000 [4, 5, 6]", "3000 [7, 8, 9]", "4000 []", "5000 [10]"), batches);
    }

    @Test
    void allThatWaitMayBeOneBatch() {
        try (Rig rig = rig((r, q) -> r.ssc.queueStream(q, false))) {
            add(rig, 1);
            add(rig, 2);
            add(rig, 3);
            rig.ssc.start();
            rig.toBatch(1);
            rig.toBatch(2);
            add(rig, 4);
            add(rig, 5);
            rig.toBatch(3);
        }
        assertEquals(List.of("1000 [1, 2, 3]", "2000 []", "3000 [4, 5]"), batches);
    }

    @Test
    void aDefaultIsUsedWhenTheQueueIsEmpty() {
        try (Rig rig = rig((r, q) -> r.ssc.queueStream(q, true, r.context.parallelize(List.of(0))))) {
            rig.ssc.start();
            rig.toBatch(1);
            add(rig, 1);
            rig.toBatch(2);
            rig.toBatch(3);
        }
        assertEquals(List.of("1000 [0]", "2000 [1]", "3000 [0]"), batches);
    }

    @Test
    void aDefaultMayNotBeNull() {
        try (Rig rig = new Rig(seconds(1))) {
            assertThrows(NullPointerException.class, () -> rig.ssc.queueStream(queue, true, null));
        }
    }

    @Test
    void aDatasetKeepsItsPartitions() {
        List<Integer> partitions = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            rig.ssc.queueStream(queue, false).foreachRDD(rdd -> partitions.add(rdd.getNumPartitions()));
            queue.add(rig.context.parallelize(List.of(1, 2, 3), 3));
            queue.add(rig.context.parallelize(List.of(1), 4));
            rig.ssc.start();
            rig.toBatch(2);
        }
        assertEquals(List.of(7, 1), partitions);
    }

    @Test
    void oneDatasetMayBeUsedInManyBatches() {
        try (Rig rig = rig((r, q) -> r.ssc.queueStream(q))) {
            RDD<Integer> same = rig.context.parallelize(List.of(1, 2));
            queue.addAll(List.of(same, same, same));
            rig.ssc.start();
            rig.toBatch(3);
            assertEquals(List.of(1, 2), same.collect());
        }
        assertEquals(List.of("1000 [1, 2]", "2000 [1, 2]", "3000 [1, 2]"), batches);
    }

    @Test
    void aGracefulStopLeavesTheQueueToTheProgram() {
        try (Rig rig = rig((r, q) -> r.ssc.queueStream(q))) {
            add(rig, 1);
            add(rig, 2);
            rig.ssc.start();
            rig.toBatch(1);
            rig.ssc.stop(false, true);
        }
        assertEquals(List.of("1000 [1]"), batches);
        assertEquals(1, queue.size());
    }

    @Test
    void aNullInTheQueueIsABatchWithoutADataset() throws Exception {
        Queue<RDD<Integer>> holding = new LinkedList<>();
        try (Rig rig = new Rig(seconds(1))) {
            DStream<Integer> numbers = rig.ssc.queueStream(holding);
            numbers.foreachRDD((rdd, time) -> batches.add(time + " " + rdd.collect()));
            numbers.count().foreachRDD((rdd, time) -> batches.add(time + " counted " + rdd.collect()));
            holding.add(null);
            holding.add(rig.context.parallelize(List.of(1)));
            rig.ssc.start();
            rig.toBatch(2);
            assertFalse(rig.ssc.awaitTerminationOrTimeout(0));
        }
        assertEquals(List.of("2000 ms [1]", "2000 ms counted [1]"), batches);
    }

    @Test
    void nullsAmongAllThatWaitAreLeftOut() {
        Queue<RDD<Integer>> holding = new LinkedList<>();
        try (Rig rig = new Rig(seconds(1))) {
            rig.ssc.queueStream(holding, false).foreachRDD((rdd, time) -> batches.add(time + " " + rdd.collect()));
            holding.add(null);
            holding.add(rig.context.parallelize(List.of(1)));
            holding.add(null);
            rig.ssc.start();
            rig.toBatch(1);
            holding.add(null);
            rig.toBatch(3);
        }
        assertEquals(List.of("1000 ms [1]", "3000 ms []"), batches);
    }
}

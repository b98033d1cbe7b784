package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.HashPartitioner;
import io.millrace.api.PairDStream;
import io.millrace.api.Partitioner;
import io.millrace.api.PushInputDStream;
import io.millrace.api.RDD;
import io.millrace.api.ReleasedBatchException;
import io.millrace.api.Tuple2;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a program may ask of a batch's dataset, and for how long. */
class DatasetsTest {
    private interface Body {
        void look(RDD<Integer> rdd) throws Exception;
    }

    /** Runs a body once, on a batch of these records in blocks of one each. */
    private static void onBatchOf(List<Integer> records, Body body) throws Exception {
        AtomicInteger looked = new AtomicInteger();
        try (Rig rig = new Rig(seconds(1), conf -> conf.set("millrace.streaming.blockInterval", "1ms"))) {
            PushInputDStream<Integer> numbers = rig.ssc.pushStream(Integer.class);
            numbers.foreachRDD(rdd -> {
                body.look(rdd);
                looked.incrementAndGet();
            });
            rig.ssc.start();
            for (Integer record : records) {
                numbers.offer(record);
                rig.clock.advanceMs(1);
                rig.work();
            }
            rig.toBatch(1);
            assertEquals(1, looked.get(), () -> "the body threw: " + thrownBy(rig));
        }
    }

    private static Throwable thrownBy(Rig rig) {
        return assertThrows(Throwable.class, rig.ssc::awaitTermination);
    }

    @Test
    void actionsSeeTheRecordsInPartitionOrder() throws Exception {
        onBatchOf(List.of(1, 2, 3, 4), rdd -> {
            assertEquals(4, rdd.getNumPartitions());
            assertEquals(List.of(1, 2, 3, 4), rdd.collect());
            assertEquals(List.of(), rdd.take(0));
            assertEquals(List.of(), rdd.take(-1));
            assertEquals(List.of(1, 2, 3), rdd.take(3));
            assertEquals(List.of(1, 2, 3, 4), rdd.take(100));
            assertEquals(1, rdd.first());
            assertEquals(4, rdd.count());
            assertFalse(rdd.isEmpty());
            List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
            rdd.foreach(seen::add);
            assertEquals(10, seen.stream().mapToInt(x -> x).sum());
            AtomicInteger partitions = new AtomicInteger();
            rdd.foreachPartition(part -> partitions.addAndGet(part.hasNext() ? 1 : 100));
            assertEquals(4, partitions.get());
        });
    }

    @Test
    void anEmptyBatchHasNoPartitionAndNoFirstRecord() throws Exception {
        onBatchOf(List.of(), rdd -> {
            assertEquals(0, rdd.getNumPartitions());
            assertEquals(List.of(), rdd.collect());
            assertEquals(0, rdd.count());
            assertTrue(rdd.isEmpty());
            assertThrows(UnsupportedOperationException.class, rdd::first);
            rdd.foreach(number -> assertNull(number));
            rdd.foreachPartition(part -> assertNull(part));
        });
    }

    @Test
    void takeComputesNoMorePartitionsThanItNeeds() {
        List<Integer> computed = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            Queue<RDD<Integer>> queue = new ArrayDeque<>();
            queue.add(rig.context.parallelize(List.of(1, 2, 3, 4, 5, 6), 6));
            rig.ssc
                    .queueStream(queue)
                    .map(number -> {
                        computed.add(number);
                        return number;
                    })
                    .foreachRDD(rdd -> assertEquals(List.of(1, 2), rdd.take(2)));
            rig.ssc.start();
            rig.toBatch(1);
        }
        assertEquals(List.of(1, 2), computed);
    }

    @Test
    void aBodyThatAsksForNothingComputesNothing() {
        try (Rig rig = new Rig(seconds(1))) {
            PushInputDStream<Integer> numbers = rig.ssc.pushStream(Integer.class);
            numbers.map(number -> neverCalled(number)).countByValue().foreachRDD(rdd -> rdd.getNumPartitions());
            rig.ssc.start();
            numbers.offer(1);
            rig.toBatch(1);
        }
    }

    private static Integer neverCalled(Integer number) {
        throw new AssertionError("called with " + number);
    }

    @Test
    void whatIsReducedIsComputedOnceForAllThatReadIt() {
        AtomicInteger calls = new AtomicInteger();
        List<Object> seen = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            PushInputDStream<String> words = rig.ssc.pushStream(String.class);
            var counts = words.map(word -> {
                        calls.incrementAndGet();
                        return word;
                    })
                    .countByValue();
            counts.foreachRDD(rdd -> {
                seen.addAll(rdd.collect());
                seen.addAll(rdd.collect());
            });
            counts.map(counted -> counted._1).foreachRecord((word, time) -> seen.add(word));
            counts.count().foreachRecord((count, time) -> seen.add(count));
            rig.ssc.start();
            words.offer("a");
            words.offer("a");
            rig.toBatch(1);
        }
        assertEquals(List.of(pair("a", 2L), pair("a", 2L), "a", 1L), seen);
        assertEquals(2, calls.get());
    }

    @Test
    void aKeyedDatasetIsCollectedAsAMap() {
        AtomicReference<Map<String, Integer>> map = new AtomicReference<>();
        try (Rig rig = new Rig(seconds(1))) {
            PushInputDStream<String> words = rig.ssc.pushStream(String.class);
            words.mapToPair(word -> new Tuple2<>(word, word.length()))
                    .reduceByKey((a, b) -> a + b)
                    .foreachRDD(rdd -> {
                        map.set(rdd.collectAsMap());
                        assertSame(rig.context, rdd.context());
                    });
            rig.ssc.start();
            Arrays.asList("a", "bb", "a").forEach(words::offer);
            rig.toBatch(1);
        }
        assertEquals(Map.of("a", 2, "bb", 2), map.get());
    }

    @Test
    void aBatchWaitsForActionsThatOtherThreadsHaveBegun() throws Exception {
        CountDownLatch inAction = new CountDownLatch(1);
        CountDownLatch batchOver = new CountDownLatch(1);
        AtomicReference<Object> result = new AtomicReference<>();
        AtomicReference<Object> late = new AtomicReference<>();
        try (Rig rig = new Rig(seconds(1))) {
            PushInputDStream<String> words = rig.ssc.pushStream(String.class);
            words.map(word -> {
                        if (word.equals("word 0")) {
                            inAction.countDown();
                            // long enough for a batch that does not wait to end under this action's feet
                            batchOver.await(200, TimeUnit.MILLISECONDS);
                        }
                        return word;
                    })
                    .foreachRDD((rdd, time) -> {
                        if (time.milliseconds() == 1000) {
                            rig.threads
                                    .newThread(() -> {
                                        result.set(outcome(rdd::collect));
                                        late.set(outcome(rdd::collect));
                                    })
                                    .start();
                            inAction.await(20, TimeUnit.SECONDS);
                        }
                    });
            rig.ssc.start();
            List<String> given = new ArrayList<>();
            for (int i = 0; i < 3000; i++) {
                given.add("word " + i);
                assertTrue(words.offer("word " + i));
            }
            rig.toBatch(1);
            batchOver.countDown();
            for (int i = 0; i < 3000; i++) {
                words.offer("overwritten");
            }
            rig.toBatch(2);
            rig.threads.made().get(rig.threads.made().size() - 1).join();
            assertEquals(given, result.get());
            assertInstanceOf(ReleasedBatchException.class, late.get());
        }
    }

    private interface Action {
        Object run() throws Exception;
    }

    private static Object outcome(Action action) {
        try {
            return action.run();
        } catch (Throwable thrown) {
            return thrown;
        }
    }

    @Test
    void aDatasetKnowsThePartitionerThatItsStreamWasSpreadBy() {
        List<Optional<Partitioner>> seen = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            PairDStream<String, Integer> ones =
                    rig.ssc.pushStream(String.class).mapToPair(word -> new Tuple2<>(word, 1));
            PairDStream<String, Integer> sums = ones.reduceByKey((a, b) -> a + b, new HashPartitioner(3));
            sums.mapValues(sum -> sum + 1).foreachRDD(rdd -> seen.add(rdd.partitioner()));
            sums.mapToPair(Tuple2::swap).foreachRDD(rdd -> seen.add(rdd.partitioner()));
            ones.groupByKey(new HashPartitioner(2)).foreachRDD(rdd -> seen.add(rdd.partitioner()));
            rig.ssc.start();
            rig.toBatch(1);
        }
        assertEquals(
                List.of(Optional.of(new HashPartitioner(3)), Optional.empty(), Optional.of(new HashPartitioner(2))),
                seen);
    }

    @Test
    void keysThatAreArraysAreRefused() {
        List<String> messages = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            PushInputDStream<byte[]> bytes = rig.ssc.pushStream(byte[].class);
            PairDStream<byte[], Integer> keyed = bytes.mapToPair(key -> new Tuple2<>(key, 1));
            keyed.reduceByKey((a, b) -> a + b)
                    .foreachRDD(rdd -> messages.add(assertThrows(IllegalArgumentException.class, rdd::collect)
                            .getMessage()));
            keyed.groupByKey()
                    .foreachRDD(rdd -> messages.add(assertThrows(IllegalArgumentException.class, rdd::collect)
                            .getMessage()));
            rig.ssc.start();
            bytes.offer(new byte[] {1, 2});
            rig.toBatch(1);
        }
        assertEquals(2, messages.size());
        for (String message : messages) {
            assertTrue(message.contains("byte[]") && message.contains("identity"), message);
        }
    }
}

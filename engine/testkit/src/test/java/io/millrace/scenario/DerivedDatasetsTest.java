package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.LongAccumulator;
import io.millrace.api.PairRDD;
import io.millrace.api.PushInputDStream;
import io.millrace.api.RDD;
import io.millrace.api.ReleasedBatchException;
import io.millrace.api.TaskContext;
import io.millrace.api.Tuple2;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Datasets that a program makes of a batch's dataset: what they may be mixed with, and for how long they live. */
class DerivedDatasetsTest {
    private interface Program {
        void define(Rig rig, PushInputDStream<Integer> numbers);
    }

    /** Runs a program over batches of numbers; throws what an output threw. */
    private static void run(Program program, List<List<Integer>> batches) throws Exception {
        try (Rig rig = new Rig(seconds(1))) {
            PushInputDStream<Integer> numbers = rig.ssc.pushStream(Integer.class);
            program.define(rig, numbers);
            rig.ssc.start();
            for (int batch = 1; batch <= batches.size(); batch++) {
                batches.get(batch - 1).forEach(numbers::offer);
                rig.toBatch(batch);
            }
            rig.ssc.awaitTerminationOrTimeout(0);
        }
    }

    @Test
    void whateverIsMadeOfABatchEndsWithTheBatch() throws Exception {
        List<RDD<?>> kept = new ArrayList<>();
        List<Iterator<Integer>> iterators = new ArrayList<>();
        run(
                (rig, numbers) -> numbers.foreachRDD(rdd -> {
                    PairRDD<Integer, Integer> sums = rdd.keyBy(n -> n % 2).reduceByKey((a, b) -> a + b);
                    assertEquals(2, sums.count());
                    Iterator<Integer> iterator = rdd.toLocalIterator();
                    assertEquals(1, iterator.next());
                    iterators.add(iterator);
                    kept.addAll(List.of(
                            rdd.map(n -> n),
                            rdd.cache(),
                            sums.values(),
                            rdd.union(rig.context.parallelize(List.of(9))),
                            rig.context.parallelize(List.of(9)).union(rdd),
                            rdd.distinct(),
                            rdd.glom()));
                }),
                List.of(List.of(1, 2, 3)));
        assertEquals(7, kept.size());
        for (RDD<?> late : kept) {
            String message =
                    assertThrows(ReleasedBatchException.class, late::collect).getMessage();
            assertTrue(message.contains("batch 1000 ms"), message);
            assertThrows(ReleasedBatchException.class, late::isEmpty);
            assertThrows(ReleasedBatchException.class, late::getNumPartitions);
        }
        assertThrows(ReleasedBatchException.class, iterators.get(0)::hasNext);
    }

    @Test
    void aBatchIsJoinedWithADatasetThatStays() throws Exception {
        List<String> joined = new ArrayList<>();
        run(
                (rig, numbers) -> {
                    LongAccumulator calls = rig.context.longAccumulator();
                    PairRDD<Integer, String> names = rig.context
                            .parallelizePairs(List.of(new Tuple2<>(1, "one"), new Tuple2<>(2, "two")), 2)
                            .mapValues(name -> {
                                calls.add(1);
                                return name;
                            })
                            .cache();
                    numbers.mapToPair(n -> new Tuple2<>(n, n * 10))
                            .transformToPair(rdd -> rdd.join(names))
                            .foreachRDD(rdd -> {
                                rdd.collect().forEach(pair -> joined.add(pair.toString()));
                                assertEquals(2, calls.value());
                            });
                },
                List.of(List.of(1), List.of(2, 3), List.of(1)));
        assertEquals(List.of("(1,(10,one))", "(2,(20,two))", "(1,(10,one))"), joined);
    }

    @Test
    @Timeout(20)
    void aBatchIsJoinedWithOneThatIsRemembered() throws Exception {
        List<List<Integer>> seen = new ArrayList<>();
        List<RDD<Integer>> earlier = new ArrayList<>();
        run(
                (rig, numbers) -> {
                    rig.ssc.remember(seconds(10));
                    numbers.transform(rdd -> {
                                RDD<Integer> both =
                                        earlier.isEmpty() ? rdd : earlier.get(0).union(rdd);
                                earlier.add(rdd);
                                return both;
                            })
                            .foreachRDD(rdd -> seen.add(rdd.collect()));
                },
                List.of(List.of(1), List.of(2), List.of(3)));
        assertEquals(List.of(List.of(1), List.of(1, 2), List.of(1, 3)), seen);
    }

    @Test
    void aBatchIsJoinedWithAFile(@TempDir Path dir) throws Exception {
        Path file = Files.writeString(dir.resolve("names"), "1 one\n2 two\n");
        List<List<String>> joined = new ArrayList<>();
        run(
                (rig, numbers) -> {
                    PairRDD<Integer, String> names = rig.context
                            .textFile(file.toString())
                            .mapToPair(line -> new Tuple2<>(Integer.valueOf(line.split(" ")[0]), line.split(" ")[1]));
                    numbers.mapToPair(n -> new Tuple2<>(n, true))
                            .transform(batch -> batch.join(names).map(found -> found._2._2))
                            .foreachRDD(found ->
                                    joined.add(found.collect().stream().sorted().toList()));
                },
                List.of(List.of(2, 3, 1), List.of(2)));
        assertEquals(List.of(List.of("one", "two"), List.of("two")), joined);
    }

    @Test
    void aBatchIsSortedInsideTransform() throws Exception {
        List<List<Integer>> sorted = new ArrayList<>();
        run(
                (rig, numbers) -> numbers.transform(rdd -> rdd.sortBy(n -> n, false, 2))
                        .foreachRDD(rdd -> sorted.add(rdd.collect())),
                List.of(List.of(2, 3, 1), List.of()));
        assertEquals(List.of(List.of(3, 2, 1), List.of()), sorted);
    }

    @Test
    void aKeptBatchIsComputedOnceForAllActionsOfItsOutput() throws Exception {
        List<Long> calls = new ArrayList<>();
        run(
                (rig, numbers) -> {
                    LongAccumulator called = rig.context.longAccumulator();
                    numbers.foreachRDD(rdd -> {
                        RDD<Integer> kept = rdd.map(n -> {
                                    called.add(1);
                                    return n;
                                })
                                .cache();
                        assertEquals(kept.count(), kept.collect().size());
                        assertTrue(rig.context.getPersistentRDDs().containsKey(kept.id()));
                        calls.add(called.value());
                    });
                },
                List.of(List.of(1, 2, 3), List.of(4)));
        assertEquals(List.of(3L, 4L), calls);
    }

    @Test
    void aTaskKnowsItsBatch() throws Exception {
        List<String> times = new ArrayList<>();
        run(
                (rig, numbers) -> numbers.foreachRDD(rdd -> times.addAll(
                        rdd.map(n -> TaskContext.get().getLocalProperty("spark.streaming.internal.batchTime"))
                                .collect())),
                List.of(List.of(1), List.of(2)));
        assertEquals(List.of("1000", "2000"), times);
    }

    @Test
    void aTaskKnowsItsOutput() throws Exception {
        List<String> outputs = new ArrayList<>();
        run(
                (rig, numbers) -> {
                    for (int output = 0; output < 2; output++) {
                        numbers.foreachRDD(rdd -> outputs.addAll(
                                rdd.map(n -> TaskContext.get().getLocalProperty("spark.streaming.internal.outputOpId"))
                                        .collect()));
                    }
                },
                List.of(List.of(1), List.of(2)));
        assertEquals(List.of("0", "1", "0", "1"), outputs);
    }

    @Test
    void savingInsideAnOutputReplacesWhatAnEarlierRunWrote(@TempDir Path dir) throws Exception {
        Path out = dir.resolve("latest");
        run(
                (rig, numbers) -> numbers.foreachRDD(rdd -> rdd.saveAsTextFile(out.toString())),
                List.of(List.of(1, 2), List.of(3)));
        assertEquals(List.of("latest"), Saved.names(dir));
        assertEquals(List.of("_SUCCESS", "part-00000"), Saved.names(out));
        assertEquals(List.of("3"), Saved.lines(out));
    }

    @Test
    void anActionOnAThreadOfItsOwnKeepsItsBatchAlive() throws Exception {
        List<Integer> collected = new ArrayList<>();
        run(
                (rig, numbers) -> numbers.foreachRDD(
                        rdd -> collected.addAll(rdd.collectAsync().get())),
                List.of(List.of(1, 2)));
        assertEquals(List.of(1, 2), collected);
    }
}

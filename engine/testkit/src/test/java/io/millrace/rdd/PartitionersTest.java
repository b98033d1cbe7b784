package io.millrace.rdd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.HashPartitioner;
import io.millrace.api.LongAccumulator;
import io.millrace.api.MillraceContext;
import io.millrace.api.PairRDD;
import io.millrace.api.Partitioner;
import io.millrace.api.RDD;
import io.millrace.api.Tuple2;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Where the records of a dataset are, and what its partitioner knows of it (behaviour spec 1.11, general rules). */
class PartitionersTest {
    private static PairRDD<Integer, String> pairs(MillraceContext sc, int slices) {
        return sc.parallelizePairs(List.of(new Tuple2<>(1, "a"), new Tuple2<>(2, "b"), new Tuple2<>(3, "c")), slices);
    }

    @TestFactory
    List<DynamicTest> resultsByKeyKnowWhereTheirKeysAre() {
        return Engines.onEach(sc -> {
            Optional<Partitioner> two = Optional.of(new HashPartitioner(2));
            PairRDD<Integer, String> summed = pairs(sc, 3).reduceByKey((a, b) -> a + b);
            assertEquals(Optional.empty(), pairs(sc, 3).partitioner());
            assertEquals(two, summed.partitioner());
            assertEquals(two, summed.mapValues(text -> text + "!").partitioner());
            assertEquals(
                    two, summed.flatMapValues(text -> List.of(text).iterator()).partitioner());
            assertEquals(two, summed.filter(pair -> true).partitioner());
            assertEquals(two, summed.mapPartitionsToPair(part -> part, true).partitioner());
            assertEquals(
                    Optional.empty(), summed.mapPartitionsToPair(part -> part).partitioner());
            assertEquals(Optional.empty(), summed.map(pair -> pair).partitioner());
            assertEquals(two, summed.groupByKey().partitioner());
            assertEquals(two, summed.join(summed).partitioner());
            assertEquals(
                    5, summed.partitionBy(new HashPartitioner(5)).join(summed).getNumPartitions());
            assertEquals(
                    Optional.of(new HashPartitioner(7)),
                    pairs(sc, 1)
                            .reduceByKey(new HashPartitioner(7), (a, b) -> a)
                            .partitioner());
        });
    }

    @Test
    void withoutASettingTheLargestInputSaysHowManyPartitionsThereAre() throws Exception {
        Engines.run(Engines.conf("local[2]").set("millrace.default.parallelism", "0"), sc -> {
            assertEquals(3, pairs(sc, 3).reduceByKey((a, b) -> a).getNumPartitions());
            assertEquals(4, pairs(sc, 3).join(pairs(sc, 4)).getNumPartitions());
            assertEquals(1, sc.<Integer>emptyRDD().distinct().getNumPartitions());
            PairRDD<Integer, String> one = pairs(sc, 1).partitionBy(new HashPartitioner(1));
            assertEquals(20, one.join(pairs(sc, 20)).getNumPartitions(), "one is less than a tenth of 20");
            PairRDD<Integer, String> three = pairs(sc, 1).partitionBy(new HashPartitioner(3));
            assertEquals(3, three.join(pairs(sc, 20)).getNumPartitions(), "three are not");
            assertEquals(2, sc.parallelize(List.of(1, 2, 3)).getNumPartitions());
        });
    }

    /** Two partitions, by a function. */
    private static final class InTwo extends Partitioner {
        private static final long serialVersionUID = 1L;

        private final transient ToIntFunction<Object> function;

        InTwo(ToIntFunction<Object> function) {
            this.function = function;
        }

        @Override
        public int numPartitions() {
            return 2;
        }

        @Override
        public int getPartition(Object key) {
            return function.applyAsInt(key);
        }
    }

    @TestFactory
    List<DynamicTest> aJoinOfDatasetsThatAreSpreadAlikeMovesNoRow() {
        return Engines.onEach(sc -> {
            LongAccumulator asked = sc.longAccumulator();
            PairRDD<Integer, String> spread = pairs(sc, 3).partitionBy(new InTwo(key -> {
                asked.add(1);
                return (Integer) key % 2;
            }));
            assertEquals(3, spread.count());
            assertEquals(3, asked.value());
            assertEquals(3, spread.join(spread.mapValues(String::length)).count());
            assertEquals(3, spread.cogroup(spread, spread).count());
            assertEquals(3, spread.groupByKey().count());
            assertEquals(3, asked.value());
        });
    }

    @TestFactory
    List<DynamicTest> lookupReadsOnePartitionWhereThePartitionerIsKnown() {
        return Engines.onEach(sc -> {
            LongAccumulator read = sc.longAccumulator();
            PairRDD<Integer, String> spread = pairs(sc, 2)
                    .partitionBy(new HashPartitioner(3))
                    .mapValues(text -> {
                        read.add(1);
                        return text;
                    });
            assertEquals(List.of("b"), spread.lookup(2));
            assertEquals(1, read.value());
        });
    }

    @TestFactory
    List<DynamicTest> aPartitionerThatPutsAKeyNowhereIsTold() {
        return Engines.onEach(sc -> {
            PairRDD<Integer, String> spread = pairs(sc, 2).partitionBy(new InTwo(key -> 2));
            String message = assertThrows(RuntimeException.class, spread::count).getMessage();
            assertTrue(message.contains("partition 2"), message);
        });
    }

    @TestFactory
    List<DynamicTest> sortingTenThousandKeysMakesEvenPartitionsInOrder() {
        long seed = 11;
        SplittableRandom random = new SplittableRandom(seed);
        List<Tuple2<Integer, Integer>> records = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            records.add(new Tuple2<>(random.nextInt(5_000), i));
        }
        List<Tuple2<Integer, Integer>> sorted = new ArrayList<>(records);
        sorted.sort(Comparator.comparing(pair -> pair._1));
        return Engines.onEach(sc -> {
            PairRDD<Integer, Integer> byKey = sc.parallelizePairs(records, 7).sortByKey(true, 4);
            assertEquals(sorted, byKey.collect(), "seed " + seed);
            for (List<?> part : byKey.glom().collect()) {
                assertTrue(part.size() > 1_500 && part.size() < 3_500, part.size() + " of 10,000 in one of four");
            }
            List<Integer> down = byKey.sortByKey(false).keys().collect();
            List<Integer> expected =
                    new ArrayList<>(sorted.stream().map(pair -> pair._1).toList());
            expected.sort(Collections.reverseOrder());
            assertEquals(expected, down);
        });
    }

    @TestFactory
    List<DynamicTest> samplesFollowTheirFractionsAndSeeds() {
        List<Integer> numbers = IntStream.range(0, 10_000).boxed().toList();
        return Engines.onEach(sc -> {
            RDD<Integer> all = sc.parallelize(numbers, 4);
            assertEquals(
                    all.sample(false, 0.3, 5).collect(),
                    all.sample(false, 0.3, 5).collect());
            assertBetween(2_700, all.sample(false, 0.3, 5).count(), 3_300);
            assertBetween(19_000, all.sample(true, 2, 5).count(), 21_000);
            assertBetween(390_000, all.sample(true, 40, 5).count(), 410_000);
            assertEquals(0, all.sample(false, 0, 5).count());
            assertEquals(10_000, all.sample(false, 1, 5).count());
            RDD<Integer>[] split = all.randomSplit(new double[] {1, 3}, 9);
            assertBetween(2_200, split[0].count(), 2_800);
            assertEquals(10_000, split[0].union(split[1]).distinct().count());
        });
    }

    @TestFactory
    List<DynamicTest> samplesByKeyFollowTheFractionOfEachKey() {
        List<Integer> numbers = IntStream.range(0, 10_000).boxed().toList();
        Map<Boolean, Double> fractions = Map.of(true, 0.1, false, 0.5);
        return Engines.onEach(sc -> {
            PairRDD<Boolean, Integer> keyed = sc.parallelize(numbers, 4).keyBy(n -> n % 2 == 0);
            Map<Boolean, Long> drawn = keyed.sampleByKey(false, fractions, 3).countByKey();
            assertBetween(400, drawn.get(true), 600);
            assertBetween(2_300, drawn.get(false), 2_700);
            assertEquals(
                    Map.of(true, 500L, false, 2_500L),
                    keyed.sampleByKeyExact(false, fractions, 3).countByKey());
            assertThrows(
                    RuntimeException.class,
                    () -> keyed.sampleByKey(false, Map.of(true, 0.1)).count());
        });
    }

    private static void assertBetween(long least, long actual, long most) {
        assertTrue(least <= actual && actual <= most, actual + ", expected " + least + " to " + most);
    }
}

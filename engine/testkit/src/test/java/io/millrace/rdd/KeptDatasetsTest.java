package io.millrace.rdd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.LongAccumulator;
import io.millrace.api.PairRDD;
import io.millrace.api.RDD;
import io.millrace.api.StorageLevel;
import io.millrace.api.Tuple2;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** When datasets are computed, and what of them is kept. */
class KeptDatasetsTest {
    @TestFactory
    List<DynamicTest> aTransformationComputesNothing() {
        return Engines.onEach(sc -> {
            LongAccumulator calls = sc.longAccumulator();
            RDD<Integer> mapped = sc.parallelize(List.of(1, 2, 3), 2).map(n -> {
                calls.add(1);
                return n;
            });
            mapped.filter(n -> n > 1)
                    .mapToPair(n -> new Tuple2<>(n, n))
                    .reduceByKey((a, b) -> a)
                    .join(mapped.keyBy(n -> n));
            assertEquals(0, calls.value());
            mapped.count();
            mapped.count();
            assertEquals(6, calls.value(), "each action computes it anew");
        });
    }

    @TestFactory
    List<DynamicTest> aKeptDatasetIsComputedOnceByTheFirstAction() {
        return Engines.onEach(sc -> {
            LongAccumulator calls = sc.longAccumulator();
            RDD<String> kept = sc.parallelize(Arrays.asList("a", null, "c"), 2)
                    .map(text -> {
                        calls.add(1);
                        return text;
                    })
                    .cache();
            assertEquals(0, calls.value());
            assertEquals(Arrays.asList("a", null, "c"), kept.collect());
            assertEquals(Arrays.asList("a", null, "c"), kept.collect());
            assertEquals(2, kept.filter(text -> text != null).count());
            assertEquals(6, kept.union(kept).count());
            assertEquals(3, calls.value());
            assertEquals(StorageLevel.MEMORY_ONLY, kept.getStorageLevel());
        });
    }

    @TestFactory
    List<DynamicTest> whatIsKeptCountsForDatasetsThatWereMadeBefore() {
        return Engines.onEach(sc -> {
            LongAccumulator calls = sc.longAccumulator();
            RDD<Integer> parent = sc.parallelize(List.of(1, 2, 3, 4), 2).map(n -> {
                calls.add(1);
                return n;
            });
            RDD<Integer> child = parent.map(n -> n + 1).filter(n -> n > 2);
            parent.persist(StorageLevel.MEMORY_AND_DISK_SER);
            assertEquals(List.of(3, 4, 5), child.collect());
            assertEquals(List.of(3, 4, 5), child.collect());
            assertEquals(4, calls.value());
            parent.unpersist();
            assertEquals(List.of(3, 4, 5), child.collect());
            assertEquals(8, calls.value(), "it is computed again when it is kept no more");
            assertEquals(StorageLevel.NONE, parent.getStorageLevel());
        });
    }

    @TestFactory
    List<DynamicTest> aReadingThatFailsKeepsNothing() {
        return Engines.onEach(sc -> {
            LongAccumulator calls = sc.longAccumulator();
            RDD<Integer> kept = sc.parallelize(List.of(1, 2), 1)
                    .map(n -> {
                        calls.add(1);
                        if (calls.value() == 2) {
                            throw new IllegalStateException("the second call");
                        }
                        return n;
                    })
                    .cache();
            assertThrows(RuntimeException.class, kept::collect);
            assertEquals(List.of(1, 2), kept.collect());
            assertEquals(List.of(1, 2), kept.collect());
            assertEquals(4, calls.value());
        });
    }

    @TestFactory
    List<DynamicTest> aLevelCannotBeChangedButTakenBack() {
        return Engines.onEach(sc -> {
            RDD<Integer> kept = sc.parallelize(List.of(1), 1).cache();
            assertSame(kept, kept.persist(StorageLevel.MEMORY_ONLY));
            String message = assertThrows(
                            UnsupportedOperationException.class, () -> kept.persist(StorageLevel.DISK_ONLY))
                    .getMessage();
            assertTrue(message.contains("unpersist()"), message);
            kept.unpersist(true).persist(StorageLevel.DISK_ONLY);
            assertEquals(StorageLevel.DISK_ONLY, kept.getStorageLevel());
        });
    }

    @TestFactory
    List<DynamicTest> noLevelIsRefusedAndLeavesTheDatasetAsItWas() {
        return Engines.onEach(sc -> {
            RDD<Integer> kept = sc.parallelize(List.of(1), 1);
            assertThrows(NullPointerException.class, () -> kept.persist(null));
            assertEquals(StorageLevel.NONE, kept.getStorageLevel());
            assertEquals(
                    StorageLevel.DISK_ONLY, kept.persist(StorageLevel.DISK_ONLY).getStorageLevel());
        });
    }

    @TestFactory
    List<DynamicTest> theContextKnowsWhatIsKept() {
        return Engines.onEach(sc -> {
            PairRDD<String, Integer> pairs = sc.parallelizePairs(List.of(new Tuple2<>("a", 1)), 1);
            RDD<Integer> values = pairs.values();
            assertEquals(Set.of(), sc.getPersistentRDDs().keySet());
            pairs.cache();
            values.cache();
            assertEquals(Set.of(pairs.id(), values.id()), sc.getPersistentRDDs().keySet());
            assertEquals(
                    List.of(new Tuple2<>("a", 1)),
                    sc.getPersistentRDDs().get(pairs.id()).collect());
            pairs.unpersist();
            assertEquals(Set.of(values.id()), sc.getPersistentRDDs().keySet());
        });
    }

    @TestFactory
    List<DynamicTest> aResultByKeyIsComputedOnce() {
        return Engines.onEach(sc -> {
            LongAccumulator calls = sc.longAccumulator();
            PairRDD<Integer, Integer> sums = sc.parallelize(List.of(1, 2, 3), 2)
                    .mapToPair(n -> {
                        calls.add(1);
                        return new Tuple2<>(n % 2, n);
                    })
                    .reduceByKey((a, b) -> a + b);
            assertEquals(2, sums.count());
            assertEquals(2, sums.join(sums).count());
            assertEquals(3, calls.value());
        });
    }

    @TestFactory
    List<DynamicTest> datasetsHaveNamesNumbersAndAPast() {
        return Engines.onEach(sc -> {
            RDD<Integer> numbers = sc.parallelize(List.of(1, 2), 2).setName("numbers");
            PairRDD<Integer, Integer> sums = numbers.mapToPair(n -> new Tuple2<>(n, n))
                    .reduceByKey((a, b) -> a + b)
                    .cache();
            assertEquals("numbers", numbers.name());
            assertNull(sums.name());
            assertTrue(sums.id() > numbers.id());
            assertEquals("numbers RDD " + numbers.id() + ", parallelize", numbers.toString());
            String past = sums.toDebugString();
            assertTrue(
                    past.startsWith("RDD " + sums.id() + ", reduceByKey [Memory Deserialized 1x Replicated]\n  RDD "),
                    past);
            assertTrue(past.endsWith("\n    " + numbers), past);
            assertSame(sc, numbers.context());
            assertSame(sc, numbers.sparkContext());
            assertEquals(2, numbers.partitions().size());
            assertEquals(1, numbers.partitions().get(1).index());
        });
    }
}

package io.millrace.rdd;

import static io.millrace.rdd.Engines.sorted;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.DoubleRDD;
import io.millrace.api.LongAccumulator;
import io.millrace.api.MillraceContext;
import io.millrace.api.MillraceException;
import io.millrace.api.RDD;
import io.millrace.api.ReleasedBatchException;
import io.millrace.api.Tuple2;
import io.millrace.api.UserFunctionException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What every action answers (behaviour spec 1.11.1 and 1.11.4), the same on every engine. */
class ActionsTest {
    private static RDD<Integer> numbers(MillraceContext sc) {
        return sc.parallelize(List.of(3, 1, 2, 5, 4), 3); // [3] [1, 2] [5, 4]
    }

    private static RDD<Integer> none(MillraceContext sc) {
        return sc.parallelize(Collections.<Integer>emptyList(), 3);
    }

    @TestFactory
    List<DynamicTest> recordsComeInTheOrderOfPartitionsAndInsideThem() {
        return Engines.onEach(sc -> {
            assertEquals(List.of(3, 1, 2, 5, 4), numbers(sc).collect());
            assertEquals(List.of(3, 1), numbers(sc).take(2));
            assertEquals(List.of(), numbers(sc).take(0));
            assertEquals(List.of(), numbers(sc).take(-1));
            assertEquals(List.of(3, 1, 2, 5, 4), numbers(sc).take(99));
            assertEquals(3, numbers(sc).first());
            assertEquals(List.of(5, 4), numbers(sc).collectPartitions(new int[] {2, 0})[0]);
            String told = assertThrows(
                            IndexOutOfBoundsException.class, () -> numbers(sc).collectPartitions(new int[] {3}))
                    .getMessage();
            assertEquals(
                    "collectPartitions: there is no partition 3; the dataset has 3, give numbers from 0 to below that",
                    told);
            List<Integer> seen = new ArrayList<>();
            numbers(sc).toLocalIterator().forEachRemaining(seen::add);
            assertEquals(List.of(3, 1, 2, 5, 4), seen);
            assertEquals(List.of(4), numbers(sc).filter(n -> n == 4).take(2));
        });
    }

    @TestFactory
    List<DynamicTest> nothingHasNoFirstRecordAndNoGreatest() {
        return Engines.onEach(sc -> {
            for (RDD<Integer> nothing :
                    List.of(none(sc), sc.<Integer>emptyRDD(), numbers(sc).filter(n -> n > 9))) {
                assertEquals(List.of(), nothing.collect());
                assertEquals(0, nothing.count());
                assertTrue(nothing.isEmpty());
                assertThrows(UnsupportedOperationException.class, nothing::first);
                assertThrows(UnsupportedOperationException.class, () -> nothing.reduce((a, b) -> a + b));
                assertThrows(UnsupportedOperationException.class, () -> nothing.treeReduce((a, b) -> a + b));
                assertThrows(UnsupportedOperationException.class, () -> nothing.max(Comparator.naturalOrder()));
                assertThrows(UnsupportedOperationException.class, () -> nothing.min(Comparator.naturalOrder()));
                assertEquals(List.of(), nothing.top(3));
                assertEquals(List.of(), nothing.takeSample(true, 3));
                assertEquals(7, nothing.fold(7, (a, b) -> Math.max(a, b)));
                assertFalse(nothing.toLocalIterator().hasNext());
                assertThrows(
                        NoSuchElementException.class,
                        () -> nothing.toLocalIterator().next());
            }
            assertFalse(numbers(sc).isEmpty());
        });
    }

    @TestFactory
    List<DynamicTest> allRecordsBecomeOne() {
        return Engines.onEach(sc -> {
            assertEquals(15, numbers(sc).reduce((a, b) -> a + b));
            assertEquals(15, numbers(sc).treeReduce((a, b) -> a + b, 3));
            assertEquals(15L, numbers(sc).map(n -> (long) n).reduce(Long::sum));
            assertEquals(
                    "[3, 1, 2, 5, 4]",
                    numbers(sc)
                            .aggregate(
                                    new ArrayList<Integer>(),
                                    (list, n) -> {
                                        list.add(n);
                                        return list;
                                    },
                                    (list, other) -> {
                                        list.addAll(other);
                                        return list;
                                    })
                            .toString());
            assertEquals(5L, numbers(sc).treeAggregate(0L, (count, n) -> count + 1, Long::sum, 2));
            assertEquals(5, numbers(sc).count());
            assertEquals(5, numbers(sc).countApproxDistinct(0.05));
            assertEquals(
                    "[a=2, b=1]",
                    sorted(sc.parallelize(List.of("a", "b", "a")).countByValue().entrySet()));
            assertThrows(IllegalArgumentException.class, () -> numbers(sc).countApproxDistinct(0));
        });
    }

    @TestFactory
    List<DynamicTest> theZeroOfAFoldEntersOncePerPartitionAndOnceMore() {
        return Engines.onEach(sc -> {
            assertEquals(15 + 4 * 100, numbers(sc).fold(100, (a, b) -> a + b));
            assertEquals(100 * 4, none(sc).fold(100, (a, b) -> a + b));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> numbers(sc).aggregate(new Object(), (zero, n) -> zero, (zero, other) -> zero));
        });
    }

    @TestFactory
    List<DynamicTest> theGreatestAndTheLeast() {
        return Engines.onEach(sc -> {
            assertEquals(List.of(5, 4), numbers(sc).top(2));
            assertEquals(List.of(1, 2), numbers(sc).top(2, Comparator.reverseOrder()));
            assertEquals(List.of(1, 2, 3), numbers(sc).takeOrdered(3));
            assertEquals(List.of(5, 4, 3, 2, 1), numbers(sc).takeOrdered(9, Comparator.reverseOrder()));
            assertEquals(List.of(), numbers(sc).takeOrdered(0));
            assertEquals(5, numbers(sc).max(Comparator.naturalOrder()));
            assertEquals(1, numbers(sc).min(Comparator.naturalOrder()));
            assertThrows(
                    UserFunctionException.class,
                    () -> sc.parallelize(List.of(new Object(), new Object()), 1).top(1));
        });
    }

    @TestFactory
    List<DynamicTest> aSampleOfSoManyIsExact() {
        return Engines.onEach(sc -> {
            assertEquals(
                    3, numbers(sc).takeSample(false, 3, 7).stream().distinct().count());
            assertEquals("[1, 2, 3, 4, 5]", sorted(numbers(sc).takeSample(false, 50)));
            assertEquals(50, numbers(sc).takeSample(true, 50, 7).size());
            assertEquals(numbers(sc).takeSample(true, 9, 7), numbers(sc).takeSample(true, 9, 7));
            assertEquals(List.of(), numbers(sc).takeSample(false, 0));
            assertThrows(IllegalArgumentException.class, () -> numbers(sc).takeSample(false, -1));
        });
    }

    @TestFactory
    List<DynamicTest> bodiesSeeEveryRecordAndEveryPartition() {
        return Engines.onEach(sc -> {
            LongAccumulator sum = sc.sc().longAccumulator("sum");
            numbers(sc).foreach(n -> sum.add(n));
            assertEquals(15, sum.value());
            LongAccumulator parts = sc.longAccumulator();
            sc.parallelize(List.of(1), 4).foreachPartition(part -> parts.add(part.hasNext() ? 10 : 1));
            assertEquals(13, parts.value());
            assertEquals(5, numbers(sc).countAsync().get());
            assertEquals(List.of(3, 1, 2, 5, 4), numbers(sc).collectAsync().get());
            assertEquals(List.of(3), numbers(sc).takeAsync(1).get());
            numbers(sc).foreachAsync(n -> sum.add(n)).get();
            numbers(sc).foreachPartitionAsync(part -> parts.reset()).get();
            assertEquals(30, sum.value());
            assertTrue(parts.isZero());
        });
    }

    @TestFactory
    List<DynamicTest> anIteratorKeptFromAPartitionCannotBeReadLater() {
        return Engines.onEach(sc -> {
            List<Iterator<Integer>> kept = Collections.synchronizedList(new ArrayList<>());
            numbers(sc).foreachPartition(kept::add);
            assertThrows(MillraceException.class, () -> kept.get(0).hasNext());
        });
    }

    @TestFactory
    List<DynamicTest> aFunctionThatThrowsIsToldByOperatorPartitionAndRecord() {
        return Engines.onEach(sc -> {
            UserFunctionException failure = assertThrows(
                    UserFunctionException.class,
                    () -> numbers(sc).map(n -> 10 / (n - 2)).collect());
            assertTrue(failure.getMessage().contains("map"), failure.getMessage());
            assertTrue(failure.getMessage().contains("partition 1"), failure.getMessage());
            assertTrue(failure.getMessage().contains("record 2"), failure.getMessage());
            assertTrue(failure.getCause() instanceof ArithmeticException);
            for (Runnable action : List.<Runnable>of(
                    () -> numbers(sc).foreach(n -> fail()),
                    () -> numbers(sc).foreachPartition(part -> fail()),
                    () -> numbers(sc).reduce((a, b) -> fail()),
                    () -> numbers(sc).fold(0, (a, b) -> fail()),
                    () -> numbers(sc).aggregate(0, (a, b) -> 0, (a, b) -> fail()),
                    () -> numbers(sc)
                            .keyBy(n -> 1)
                            .reduceByKey((a, b) -> fail())
                            .count(),
                    () -> numbers(sc)
                            .mapPartitions(part -> List.of(fail()).iterator())
                            .count(),
                    () -> numbers(sc)
                            .mapPartitionsWithIndex((i, part) -> null, false)
                            .count())) {
                assertThrows(UserFunctionException.class, action::run);
            }
            assertThrows(
                    MillraceException.class,
                    () -> numbers(sc).zip(numbers(sc).filter(n -> n > 1)).collect());
            assertThrows(
                    MillraceException.class, () -> numbers(sc).pipe("false").collect());
            assertEquals(5, numbers(sc).count(), "the engine goes on");
        });
    }

    @TestFactory
    List<DynamicTest> anIteratorThatIsKeptTooLongEndedWithItsFunction() {
        return Engines.onEach(sc -> {
            AtomicReference<Iterator<Integer>> kept = new AtomicReference<>();
            numbers(sc).foreachPartition(kept::set);
            String message = assertThrows(
                            ReleasedBatchException.class, () -> kept.get().hasNext())
                    .getMessage();
            assertTrue(message.contains("copy what is needed later"), message);
            assertFalse(message.contains("of batch"), message);
        });
    }

    private static Integer fail() {
        throw new IllegalStateException("on purpose");
    }

    @TestFactory
    List<DynamicTest> whatCannotWorkIsRefusedAtTheCall() {
        return Engines.onEach(sc -> {
            for (Runnable call : List.<Runnable>of(
                    () -> numbers(sc).zip(sc.parallelize(List.of(1), 2)),
                    () -> numbers(sc).zipPartitions(sc.parallelize(List.of(1), 2), (l, r) -> l),
                    () -> numbers(sc).coalesce(0),
                    () -> numbers(sc).repartition(0),
                    () -> numbers(sc).distinct(-1),
                    () -> numbers(sc).groupBy(n -> n, 0),
                    () -> numbers(sc).sample(false, 1.5),
                    () -> numbers(sc).sample(true, -0.1),
                    () -> numbers(sc).randomSplit(new double[] {0, 0}),
                    () -> numbers(sc).sortBy(n -> n, true, 0),
                    () -> numbers(sc).union((RDD<Integer>) null),
                    () -> numbers(sc).pipe(List.of()),
                    () -> sc.broadcast(numbers(sc)))) {
                assertThrows(IllegalArgumentException.class, call::run);
            }
            assertThrows(NullPointerException.class, () -> numbers(sc).map(null));
            assertThrows(NullPointerException.class, () -> numbers(sc).mapPartitions(null));
        });
    }

    @TestFactory
    List<DynamicTest> aDatasetOfAnotherEngineIsRefused() {
        return Engines.onEach(sc -> {
            try (MillraceContext other = new MillraceContext(Engines.conf("local[1]"))) {
                String message = assertThrows(
                                IllegalArgumentException.class,
                                () -> numbers(sc).union(numbers(other)))
                        .getMessage();
                assertTrue(message.contains("another engine"), message);
            }
        });
    }

    @TestFactory
    List<DynamicTest> anActionInsideAFunctionIsRefused() {
        return Engines.onEach(sc -> {
            RDD<Integer> numbers = numbers(sc);
            UserFunctionException failure = assertThrows(
                    UserFunctionException.class,
                    () -> numbers.map(n -> numbers.count()).collect());
            assertTrue(failure.getCause() instanceof IllegalStateException);
        });
    }

    @TestFactory
    List<DynamicTest> statisticsOfNumbers() {
        return Engines.onEach(sc -> {
            DoubleRDD numbers = sc.parallelizeDoubles(List.of(1.0, 2.0, 3.0, 6.0), 3);
            assertEquals(12.0, numbers.sum());
            assertEquals(3.0, numbers.mean());
            assertEquals(3.5, numbers.variance());
            assertEquals(3.5, numbers.popVariance());
            assertEquals(14.0 / 3, numbers.sampleVariance(), 1e-12);
            assertEquals(Math.sqrt(3.5), numbers.stdev(), 1e-12);
            assertEquals(Math.sqrt(3.5), numbers.popStdev(), 1e-12);
            assertEquals(Math.sqrt(14.0 / 3), numbers.sampleStdev(), 1e-12);
            assertEquals(1.0, numbers.min());
            assertEquals(6.0, numbers.max());
            assertEquals(4, numbers.stats().count());
            assertEquals(1.0, numbers.first());
            assertEquals(2.0, numbers.map(n -> n * 2).mapToDouble(n -> n).min());
            DoubleRDD none = sc.parallelizeDoubles(List.of());
            assertEquals(0.0, none.sum());
            assertTrue(none.mean().isNaN());
            assertThrows(UnsupportedOperationException.class, () -> none.histogram(2));
        });
    }

    @TestFactory
    List<DynamicTest> histograms() {
        return Engines.onEach(sc -> {
            DoubleRDD numbers = sc.parallelizeDoubles(List.of(0.0, 1.0, 2.0, 2.5, 4.0), 2);
            Tuple2<double[], long[]> even = numbers.histogram(2);
            assertArrayEquals(new double[] {0, 2, 4}, even._1);
            assertArrayEquals(new long[] {2, 3}, even._2);
            assertArrayEquals(new long[] {1, 3}, numbers.histogram(new double[] {0, 1, 3}));
            assertArrayEquals(new long[] {1, 3}, numbers.histogram(new Double[] {0.0, 1.0, 3.0}, false));
            assertArrayEquals(
                    new long[] {3},
                    sc.parallelizeDoubles(List.of(7.0, 7.0, 7.0)).histogram(5)._2);
            DoubleRDD odd = sc.parallelizeDoubles(Arrays.asList(1.0, Double.NaN));
            assertArrayEquals(new long[] {1}, odd.histogram(new double[] {0, 1}));
            assertThrows(UnsupportedOperationException.class, () -> odd.histogram(2));
            assertThrows(IllegalArgumentException.class, () -> numbers.histogram(0));
            assertThrows(IllegalArgumentException.class, () -> numbers.histogram(new double[] {1}));
            assertThrows(IllegalArgumentException.class, () -> numbers.histogram(new double[] {1, 0}));
        });
    }
}

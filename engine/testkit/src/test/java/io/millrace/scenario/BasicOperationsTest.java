package io.millrace.scenario;

import static io.millrace.scenario.Row.batches;
import static io.millrace.scenario.Row.row;
import static io.millrace.testkit.Scenario.count;
import static io.millrace.testkit.Scenario.pair;
import static java.util.List.of;

import io.millrace.api.DStream;
import io.millrace.api.PairDStream;
import io.millrace.api.RDD;
import io.millrace.api.Time;
import io.millrace.api.Tuple2;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The tables of Spark's basic operations suite, as far as they hold no state (behaviour spec 5.1). */
class BasicOperationsTest {
    private static final List<List<Integer>> N = batches(of(1, 2, 3, 4), of(5, 6, 7, 8), of(9, 10, 11, 12));
    private static final List<List<Integer>> U =
            batches(of(1, 2, 3, 4), of(101, 102, 103, 104), of(201, 202, 203, 204));
    private static final List<List<Integer>> U_AND_NONE = batches(U.get(0), U.get(1), U.get(2), null);
    private static final List<List<Integer>> HUNDREDS = batches(upFrom(1, 100), upFrom(101, 100), upFrom(201, 100));
    private static final List<List<String>> WORDS = batches(of("a", "a", "b"), of("", ""), of());
    private static final List<List<String>> A = batches(of("a", "b"), of("a", ""), of(""), of());
    private static final List<List<String>> B = batches(of("a", "b"), of("b", ""), of(), of(""));

    private static List<Integer> upFrom(int first, int count) {
        return IntStream.range(first, first + count).boxed().toList();
    }

    private static PairDStream<String, Integer> ones(DStream<String> words) {
        return words.mapToPair(word -> pair(word, 1));
    }

    private static PairDStream<String, String> xs(DStream<String> words) {
        return words.mapToPair(word -> pair(word, "x"));
    }

    private static int sum(Iterator<Integer> numbers) {
        int sum = 0;
        while (numbers.hasNext()) {
            sum += numbers.next();
        }
        return sum;
    }

    @SuppressWarnings("unchecked") // the RDDs of streams of numbers
    private static RDD<Integer> union(List<RDD<?>> rdds, Time time) {
        RDD<Integer> all = (RDD<Integer>) rdds.get(0);
        for (RDD<?> rdd : rdds.subList(1, rdds.size())) {
            all = all.union((RDD<Integer>) rdd);
        }
        return all;
    }

    @TestFactory
    Stream<DynamicTest> records() {
        return Stream.of(
                row("map", N)
                        .by(s -> s.map(x -> x.toString()))
                        .gives(of("1", "2", "3", "4"), of("5", "6", "7", "8"), of("9", "10", "11", "12")),
                row("flatMap", N)
                        .by(s -> s.flatMap(x -> of(x, 2 * x).iterator()))
                        .gives(
                                of(1, 2, 2, 4, 3, 6, 4, 8),
                                of(5, 10, 6, 12, 7, 14, 8, 16),
                                of(9, 18, 10, 20, 11, 22, 12, 24)),
                row("filter", N).by(s -> s.filter(x -> x % 2 == 0)).gives(of(2, 4), of(6, 8), of(10, 12)),
                row("glom", N)
                        .inPartitions(2)
                        .by(s -> s.glom())
                        .gives(of(of(1, 2), of(3, 4)), of(of(5, 6), of(7, 8)), of(of(9, 10), of(11, 12))),
                row("mapPartitions", N)
                        .inPartitions(2)
                        .by(s -> s.mapPartitions(numbers -> of(sum(numbers)).iterator()))
                        .givesInAnyOrder(of(3, 7), of(11, 15), of(19, 23)),
                row("repartition (more partitions)", HUNDREDS)
                        .inPartitions(2)
                        .by(s -> s.repartition(5))
                        .inPartitions(5)
                        .givesInAnyOrder(HUNDREDS.get(0), HUNDREDS.get(1), HUNDREDS.get(2)),
                row("repartition (fewer partitions)", HUNDREDS)
                        .inPartitions(5)
                        .by(s -> s.repartition(2))
                        .inPartitions(2)
                        .givesInAnyOrder(HUNDREDS.get(0), HUNDREDS.get(1), HUNDREDS.get(2)));
    }

    @TestFactory
    Stream<DynamicTest> groupsAndTotals() {
        return Stream.of(
                row("groupByKey", WORDS)
                        .by(s -> ones(s).groupByKey().mapValues(Values::sorted))
                        .givesInAnyOrder(of(pair("a", of(1, 1)), pair("b", of(1))), of(pair("", of(1, 1))), of()),
                row("reduceByKey", WORDS)
                        .by(s -> ones(s).reduceByKey(Integer::sum))
                        .givesInAnyOrder(of(pair("a", 2), pair("b", 1)), of(pair("", 2)), of()),
                row("reduce", N).by(s -> s.reduce(Integer::sum)).gives(of(10), of(26), of(42)),
                row("count", batches(of(), of(1), of(1, 2), of(1, 2, 3), of(1, 2, 3, 4)))
                        .by(s -> s.count())
                        .gives(of(0L), of(1L), of(2L), of(3L), of(4L)),
                row("countByValue", batches(of(1), of(1, 1, 1), of(1, 2), of(1, 1, 2, 2)))
                        .by(s -> s.countByValue())
                        .givesInAnyOrder(
                                of(count(1, 1)),
                                of(count(1, 3)),
                                of(count(1, 1), count(2, 1)),
                                of(count(2, 2), count(1, 2))),
                row("mapValues", WORDS)
                        .by(s -> ones(s).reduceByKey(Integer::sum).mapValues(v -> v + 10))
                        .givesInAnyOrder(of(pair("a", 12), pair("b", 11)), of(pair("", 12)), of()),
                row("flatMapValues", WORDS)
                        .by(s -> ones(s).reduceByKey(Integer::sum)
                                .flatMapValues(v -> of(v, v + 10).iterator()))
                        .givesInAnyOrder(
                                of(pair("a", 2), pair("a", 12), pair("b", 1), pair("b", 11)),
                                of(pair("", 2), pair("", 12)),
                                of()));
    }

    @TestFactory
    Stream<DynamicTest> unionsAndTransforms() {
        String[] hasNone = {"'", "4000 ms", "one of its inputs has none", "empty dataset"};
        return Stream.of(
                row("union", U).by(s -> s.union(s.map(x -> x + 4))).gives(upFrom(1, 8), upFrom(101, 8), upFrom(201, 8)),
                row("union with input stream return None", U_AND_NONE)
                        .by(s -> s.union(s.map(x -> x + 4)))
                        .fails(4, hasNone),
                row("StreamingContext.union", U)
                        .by(s -> s.context().union(s, s.map(x -> x + 4), s.map(x -> x + 8)))
                        .gives(upFrom(1, 12), upFrom(101, 12), upFrom(201, 12)),
                row("transform", N)
                        .by(s -> s.transform(rdd -> rdd.map(x -> x.toString())))
                        .gives(of("1", "2", "3", "4"), of("5", "6", "7", "8"), of("9", "10", "11", "12")),
                row("transform with NULL", batches(of(1, 2, 3, 4)))
                        .by(s -> s.transform((RDD<Integer> rdd) -> (RDD<Integer>) null))
                        .fails(1, "must not return null", "1000 ms", "emptyRDD"),
                row("transform with input stream return None", batches(of(1, 2, 3, 4), of(5, 6, 7, 8), null))
                        .by(s -> s.transform(rdd -> rdd.map(x -> x.toString())))
                        .fails(3, "transform", "3000 ms", "one of its inputs has none"),
                row("transformWith", A)
                        .beside(B)
                        .by((a, b) -> ones(a).transformWithToPair(xs(b), (left, right, time) -> left.join(right)))
                        .givesInAnyOrder(
                                of(pair("a", pair(1, "x")), pair("b", pair(1, "x"))),
                                of(pair("", pair(1, "x"))),
                                of(),
                                of()),
                row("transformWith with input stream return None", batches(of("a", "b"), of("a", ""), null))
                        .beside(batches(of("a", "b"), of("b", ""), null))
                        .by((a, b) -> a.transformWith(b, (left, right, time) -> left.union(right)))
                        .fails(3, "transformWith", "3000 ms", "one of its inputs has none"),
                row("StreamingContext.transform", U)
                        .by(s -> s.context()
                                .transform(of(s, s.map(x -> x + 4), s.map(x -> x + 8)), BasicOperationsTest::union))
                        .gives(upFrom(1, 12), upFrom(101, 12), upFrom(201, 12)),
                row("StreamingContext.transform with input stream return None", U_AND_NONE)
                        .by(s -> s.context()
                                .transform(of(s, s.map(x -> x + 4), s.map(x -> x + 8)), BasicOperationsTest::union))
                        .fails(4, hasNone));
    }

    @TestFactory
    Stream<DynamicTest> joins() {
        return Stream.of(
                row("cogroup", batches(of("a", "a", "b"), of("a", ""), of(""), of()))
                        .beside(batches(of("a", "a", "b"), of("b", ""), of(), of()))
                        .by((a, b) -> ones(a).cogroup(xs(b))
                                .mapValues(both -> pair(Values.sorted(both._1), Values.sorted(both._2))))
                        .givesInAnyOrder(
                                of(pair("a", pair(of(1, 1), of("x", "x"))), pair("b", pair(of(1), of("x")))),
                                of(
                                        pair("a", pair(of(1), of())),
                                        pair("b", pair(of(), of("x"))),
                                        pair("", pair(of(1), of("x")))),
                                of(pair("", pair(of(1), of()))),
                                of()),
                row("join", A)
                        .beside(B)
                        .by((a, b) -> ones(a).join(xs(b)))
                        .givesInAnyOrder(
                                of(pair("a", pair(1, "x")), pair("b", pair(1, "x"))),
                                of(pair("", pair(1, "x"))),
                                of(),
                                of()),
                row("leftOuterJoin", A)
                        .beside(B)
                        .by((a, b) -> ones(a).leftOuterJoin(xs(b)))
                        .givesInAnyOrder(
                                of(left("a", 1, "x"), left("b", 1, "x")),
                                of(left("", 1, "x"), left("a", 1, null)),
                                of(left("", 1, null)),
                                of()),
                row("rightOuterJoin", A)
                        .beside(B)
                        .by((a, b) -> ones(a).rightOuterJoin(xs(b)))
                        .givesInAnyOrder(
                                of(right("a", 1, "x"), right("b", 1, "x")),
                                of(right("", 1, "x"), right("b", null, "x")),
                                of(),
                                of(right("", null, "x"))),
                row("fullOuterJoin", A)
                        .beside(B)
                        .by((a, b) -> ones(a).fullOuterJoin(xs(b)))
                        .givesInAnyOrder(
                                of(full("a", 1, "x"), full("b", 1, "x")),
                                of(full("", 1, "x"), full("a", 1, null), full("b", null, "x")),
                                of(full("", 1, null)),
                                of(full("", null, "x"))));
    }

    private static Tuple2<String, Tuple2<Integer, Optional<String>>> left(String key, Integer v, String w) {
        return pair(key, pair(v, Optional.ofNullable(w)));
    }

    private static Tuple2<String, Tuple2<Optional<Integer>, String>> right(String key, Integer v, String w) {
        return pair(key, pair(Optional.ofNullable(v), w));
    }

    private static Tuple2<String, Tuple2<Optional<Integer>, Optional<String>>> full(String key, Integer v, String w) {
        return pair(key, pair(Optional.ofNullable(v), Optional.ofNullable(w)));
    }
}

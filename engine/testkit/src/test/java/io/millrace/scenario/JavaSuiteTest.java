package io.millrace.scenario;

import static io.millrace.scenario.Row.batches;
import static io.millrace.scenario.Row.row;
import static io.millrace.testkit.Scenario.count;
import static io.millrace.testkit.Scenario.pair;
import static java.util.List.of;

import io.millrace.api.DStream;
import io.millrace.api.HashPartitioner;
import io.millrace.api.PairDStream;
import io.millrace.api.Tuple2;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The tables of Spark's Java suites, as far as they hold no state (behaviour spec 5.11). Where Spark's default partitioner makes an
 * order, the row names that partitioner.
 */
class JavaSuiteTest {
    private static final List<List<Integer>> T9 = batches(of(1, 2, 3), of(4, 5, 6), of(7, 8, 9));
    private static final List<List<Integer>> TENS = batches(oneToTen(), oneToTen());
    private static final List<List<String>> TEAMS = batches(of("giants", "dodgers"), of("yankees", "red sox"));
    private static final List<List<String>> GREETINGS = batches(of("hello", "world"), of("hello", "moon"), of("hello"));
    private static final List<List<Tuple2<String, String>>> KV_TEXTS = batches(
            of(c("dodgers"), c("giants"), n("yankees"), n("mets")),
            of(c("sharks"), c("ducks"), n("rangers"), n("islanders")));
    private static final List<List<Tuple2<String, Integer>>> KV_NUMBERS =
            batches(of(c(1), c(3), n(4), n(1)), of(c(5), c(5), n(3), n(1)));
    private static final List<List<Tuple2<Integer, Integer>>> UNSORTED = batches(
            of(pair(3, 5), pair(1, 5), pair(4, 5), pair(2, 5)), of(pair(2, 5), pair(3, 5), pair(4, 5), pair(1, 5)));
    private static final List<List<Tuple2<String, String>>> LEFT =
            batches(of(c("dodgers"), n("yankees")), of(c("sharks"), n("rangers")));
    private static final List<List<Tuple2<String, String>>> RIGHT =
            batches(of(c("giants"), n("mets")), of(c("ducks"), n("islanders")));
    private static final HashPartitioner HASH_2 = new HashPartitioner(2);

    private static <V> Tuple2<String, V> c(V value) {
        return pair("california", value);
    }

    private static <V> Tuple2<String, V> n(V value) {
        return pair("new york", value);
    }

    private static List<Integer> oneToTen() {
        return IntStream.rangeClosed(1, 10).boxed().toList();
    }

    private static <K, V> PairDStream<K, V> keyed(DStream<Tuple2<K, V>> pairs) {
        return PairDStream.fromJavaDStream(pairs);
    }

    private static Stream<String> letters(String text) {
        return Arrays.stream(text.split(""));
    }

    private static <T> Stream<T> all(Iterator<T> records) {
        Iterable<T> once = () -> records;
        return StreamSupport.stream(once.spliterator(), false);
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    @TestFactory
    Stream<DynamicTest> plainStreams() {
        return Stream.of(
                row("testCount", batches(of(1, 2, 3, 4), of(3, 4, 5), of(3)))
                        .by(s -> s.count())
                        .gives(of(4L), of(3L), of(1L)),
                row("testMap", batches(of("hello", "world"), of("goodnight", "moon")))
                        .by(s -> s.map(String::length))
                        .gives(of(5, 5), of(9, 4)),
                row("testFilter", TEAMS)
                        .by(s -> s.filter(team -> team.contains("a")))
                        .gives(of("giants"), of("yankees")),
                row("testRepartitionMorePartitions", TENS)
                        .inPartitions(2)
                        .by(s -> s.repartition(4))
                        .inPartitions(4)
                        .givesInAnyOrder(oneToTen(), oneToTen()),
                row("testRepartitionFewerPartitions", TENS)
                        .inPartitions(4)
                        .by(s -> s.repartition(2))
                        .inPartitions(2)
                        .givesInAnyOrder(oneToTen(), oneToTen()),
                row("testGlom", TEAMS)
                        .inPartitions(1)
                        .by(s -> s.glom())
                        .gives(of(of("giants", "dodgers")), of(of("yankees", "red sox"))),
                row("testMapPartitions", TEAMS)
                        .inPartitions(1)
                        .by(s -> s.mapPartitions(
                                teams -> all(teams).map(JavaSuiteTest::upper).reduce(String::concat).stream()
                                        .iterator()))
                        .gives(of("GIANTSDODGERS"), of("YANKEESRED SOX")),
                row("testReduce", T9).by(s -> s.reduce((a, b) -> a + b)).gives(of(6), of(15), of(24)),
                row("testQueueStream", T9).inPartitions(1).by(s -> s).gives(T9.get(0), T9.get(1), T9.get(2)),
                row("testFlatMap", batches(of("go", "giants"), of("boo", "dodgers"), of("athletics")))
                        .by(s -> s.flatMap(word -> letters(word).iterator()))
                        .gives(
                                letters("gogiants").toList(),
                                letters("boododgers").toList(),
                                letters("athletics").toList()),
                row("testUnion", batches(of(1, 1), of(2, 2), of(3, 3)))
                        .beside(batches(of(4, 4), of(5, 5), of(6, 6)))
                        .by((left, right) -> left.union(right))
                        .gives(of(1, 1, 4, 4), of(2, 2, 5, 5), of(3, 3, 6, 6)),
                row("testCountByValue", GREETINGS)
                        .by(s -> s.countByValue())
                        .givesInAnyOrder(
                                of(count("hello", 1), count("world", 1)),
                                of(count("hello", 1), count("moon", 1)),
                                of(count("hello", 1))));
    }

    @TestFactory
    Stream<DynamicTest> transforms() {
        return Stream.of(
                row("testTransform", T9)
                        .by(s -> s.transform(rdd -> rdd.map(x -> x + 2)))
                        .gives(of(3, 4, 5), of(6, 7, 8), of(9, 10, 11)),
                row("testTransformWith", LEFT)
                        .beside(RIGHT)
                        .by((left, right) ->
                                keyed(left).transformWithToPair(keyed(right), (rdd, other, time) -> rdd.join(other)))
                        .givesInAnyOrder(
                                of(c(pair("dodgers", "giants")), n(pair("yankees", "mets"))),
                                of(c(pair("sharks", "ducks")), n(pair("rangers", "islanders")))),
                row("testPairTransform", UNSORTED)
                        .by(s -> keyed(s).transformToPair(rdd -> rdd.sortByKey()))
                        .gives(sortedPairs(), sortedPairs()),
                row("testPairToNormalRDDTransform", UNSORTED)
                        .by(s -> keyed(s).transform(rdd -> rdd.map(record -> record._1)))
                        .gives(of(3, 1, 4, 2), of(2, 3, 4, 1)));
    }

    private static List<Tuple2<Integer, Integer>> sortedPairs() {
        return of(pair(1, 5), pair(2, 5), pair(3, 5), pair(4, 5));
    }

    @TestFactory
    Stream<DynamicTest> keyedRecords() {
        return Stream.of(
                row("testPairFlatMap", batches(of("giants"), of("dodgers"), of("athletics")))
                        .by(s -> s.flatMapToPair(word -> letters(word)
                                .map(letter -> pair(word.length(), letter))
                                .iterator()))
                        .gives(lettersUnder(6, "giants"), lettersUnder(7, "dodgers"), lettersUnder(9, "athletics")),
                row("testPairFilter", TEAMS)
                        .by(s -> s.mapToPair(team -> pair(team, team.length())).filter(named -> named._1.contains("a")))
                        .gives(of(pair("giants", 6)), of(pair("yankees", 7))),
                row("testPairMap", KV_NUMBERS)
                        .by(s -> keyed(s).mapToPair(Tuple2::swap))
                        .gives(swapped(0), swapped(1)),
                row("testPairMapPartitions", KV_NUMBERS)
                        .by(s -> keyed(s).mapPartitionsToPair(
                                        pairs -> all(pairs).map(Tuple2::swap).iterator()))
                        .gives(swapped(0), swapped(1)),
                row("testPairMap2", KV_NUMBERS)
                        .by(s -> keyed(s).map(record -> record._2))
                        .gives(of(1, 3, 4, 1), of(5, 5, 3, 1)),
                row("testPairToPairFlatMapWithChangingTypes", batches(hiHo(), hiHo()))
                        .by(s -> keyed(s).flatMapToPair(record -> letters(record._1)
                                .map(letter -> pair(record._2, letter))
                                .iterator()))
                        .gives(hiHoLetters(), hiHoLetters()),
                row("testMapValues", KV_TEXTS)
                        .by(s -> keyed(s).mapValues(JavaSuiteTest::upper))
                        .gives(
                                of(c("DODGERS"), c("GIANTS"), n("YANKEES"), n("METS")),
                                of(c("SHARKS"), c("DUCKS"), n("RANGERS"), n("ISLANDERS"))),
                row("testFlatMapValues", KV_TEXTS)
                        .by(s -> keyed(s).flatMapValues(
                                        name -> of(name + 1, name + 2).iterator()))
                        .gives(
                                of(
                                        c("dodgers1"),
                                        c("dodgers2"),
                                        c("giants1"),
                                        c("giants2"),
                                        n("yankees1"),
                                        n("yankees2"),
                                        n("mets1"),
                                        n("mets2")),
                                of(
                                        c("sharks1"),
                                        c("sharks2"),
                                        c("ducks1"),
                                        c("ducks2"),
                                        n("rangers1"),
                                        n("rangers2"),
                                        n("islanders1"),
                                        n("islanders2"))));
    }

    private static List<Tuple2<Integer, String>> lettersUnder(int length, String word) {
        return letters(word).map(letter -> pair(length, letter)).toList();
    }

    private static List<Tuple2<Integer, String>> swapped(int batch) {
        return KV_NUMBERS.get(batch).stream().map(Tuple2::swap).toList();
    }

    private static List<Tuple2<String, Integer>> hiHo() {
        return of(pair("hi", 1), pair("ho", 2));
    }

    private static List<Tuple2<Integer, String>> hiHoLetters() {
        return of(pair(1, "h"), pair(1, "i"), pair(2, "h"), pair(2, "o"));
    }

    @TestFactory
    Stream<DynamicTest> groupsAndJoins() {
        return Stream.of(
                row("testPairGroupByKey", KV_TEXTS)
                        .by(s -> keyed(s).groupByKey(HASH_2).mapValues(Values::sorted))
                        .gives(
                                of(c(of("dodgers", "giants")), n(of("mets", "yankees"))),
                                of(c(of("ducks", "sharks")), n(of("islanders", "rangers")))),
                row("testPairReduceByKey", KV_NUMBERS)
                        .by(s -> keyed(s).reduceByKey((a, b) -> a + b, HASH_2))
                        .gives(of(c(4), n(5)), of(c(10), n(4))),
                row("testCombineByKey", KV_NUMBERS)
                        .by(s -> keyed(s).combineByKey(x -> x, Integer::sum, Integer::sum, HASH_2))
                        .gives(of(c(4), n(5)), of(c(10), n(4))),
                row("testCoGroup", LEFT)
                        .beside(RIGHT)
                        .by((left, right) -> keyed(left)
                                .cogroup(keyed(right), HASH_2)
                                .mapValues(both -> pair(Values.sorted(both._1), Values.sorted(both._2))))
                        .gives(
                                of(c(pair(of("dodgers"), of("giants"))), n(pair(of("yankees"), of("mets")))),
                                of(c(pair(of("sharks"), of("ducks"))), n(pair(of("rangers"), of("islanders"))))),
                row("testJoin", LEFT)
                        .beside(RIGHT)
                        .by((left, right) -> keyed(left).join(keyed(right), HASH_2))
                        .gives(
                                of(c(pair("dodgers", "giants")), n(pair("yankees", "mets"))),
                                of(c(pair("sharks", "ducks")), n(pair("rangers", "islanders")))),
                row("testLeftOuterJoin", batches(of(c("dodgers"), n("yankees")), of(c("sharks"))))
                        .beside(batches(of(c("giants")), of(n("islanders"))))
                        .by((left, right) ->
                                keyed(left).leftOuterJoin(keyed(right)).count())
                        .gives(of(2L), of(1L)));
    }
}

package io.millrace.scenario;

import static io.millrace.api.Durations.minutes;
import static io.millrace.api.Durations.seconds;
import static io.millrace.scenario.Row.batches;
import static io.millrace.scenario.Row.row;
import static io.millrace.testkit.Scenario.count;
import static io.millrace.testkit.Scenario.pair;
import static java.util.List.of;

import io.millrace.api.DStream;
import io.millrace.api.HashPartitioner;
import io.millrace.api.PairDStream;
import io.millrace.api.PairRDD;
import io.millrace.api.State;
import io.millrace.api.StateSpec;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Function2;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The tables of Spark's Java suites that remember something (behaviour spec 5.11). Where Spark's default partitioner makes an order,
 * the row names that partitioner.
 */
class JavaStatefulSuiteTest {
    private static final List<List<Integer>> T9 = batches(of(1, 2, 3), of(4, 5, 6), of(7, 8, 9), of());
    private static final List<List<String>> GREETINGS = batches(of("hello", "world"), of("hello", "moon"), of("hello"));
    private static final List<List<Tuple2<String, Integer>>> KV_NUMBERS =
            batches(of(c(1), c(3), n(4), n(1)), of(c(5), c(5), n(3), n(1)), of());
    private static final HashPartitioner HASH_2 = new HashPartitioner(2);
    private static final Function2<Integer, Integer, Integer> PLUS = (a, b) -> a + b;
    private static final Function2<Integer, Integer, Integer> MINUS = (a, b) -> a - b;

    private static <V> Tuple2<String, V> c(V value) {
        return pair("california", value);
    }

    private static <V> Tuple2<String, V> n(V value) {
        return pair("new york", value);
    }

    private static List<Integer> range(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }

    private static <K, V> PairDStream<K, V> keyed(DStream<Tuple2<K, V>> pairs) {
        return PairDStream.fromJavaDStream(pairs);
    }

    private static Optional<Integer> added(List<Integer> values, Optional<Integer> state) {
        return Optional.of(values.stream().reduce(state.orElse(0), Integer::sum));
    }

    @TestFactory
    Stream<DynamicTest> windows() {
        return Stream.of(
                row("testWindow", T9)
                        .by(s -> s.window(seconds(2)))
                        .gives(range(1, 3), range(1, 6), range(4, 9), range(7, 9)),
                row(
                                "testWindowWithSlideDuration",
                                batches(
                                        range(1, 3),
                                        range(4, 6),
                                        range(7, 9),
                                        range(10, 12),
                                        range(13, 15),
                                        range(16, 18)))
                        .by(s -> s.window(seconds(4), seconds(2)))
                        .gives(of(), range(1, 6), of(), range(1, 12), of(), range(7, 18), of(), range(13, 18)),
                row("testReduceByWindowWithInverse", T9)
                        .by(s -> s.reduceByWindow(PLUS, MINUS, seconds(2), seconds(1)))
                        .gives(of(6), of(21), of(39), of(24)),
                row("testReduceByWindowWithoutInverse", T9)
                        .by(s -> s.reduceByWindow(PLUS, seconds(2), seconds(1)))
                        .gives(of(6), of(21), of(39), of(24)));
    }

    @TestFactory
    Stream<DynamicTest> windowsByKey() {
        return Stream.of(
                row("testGroupByKeyAndWindow", KV_NUMBERS)
                        .by(s -> keyed(s).groupByKeyAndWindow(seconds(2), seconds(1), HASH_2)
                                .mapValues(Values::sorted))
                        .gives(
                                of(c(of(1, 3)), n(of(1, 4))),
                                of(c(of(1, 3, 5, 5)), n(of(1, 1, 3, 4))),
                                of(c(of(5, 5)), n(of(1, 3)))),
                row("testReduceByKeyAndWindow", KV_NUMBERS)
                        .by(s -> keyed(s).reduceByKeyAndWindow(PLUS, seconds(2), seconds(1), HASH_2))
                        .gives(of(c(4), n(5)), of(c(14), n(9)), of(c(10), n(4))),
                row("testReduceByKeyAndWindowWithInverse", KV_NUMBERS)
                        .by(s -> keyed(s).reduceByKeyAndWindow(PLUS, MINUS, seconds(2), seconds(1), HASH_2, null))
                        .gives(of(c(4), n(5)), of(c(14), n(9)), of(c(10), n(4))),
                row("testCountByValueAndWindow", GREETINGS)
                        .by(s -> s.countByValueAndWindow(seconds(2), seconds(1)))
                        .givesInAnyOrder(
                                of(count("hello", 1), count("world", 1)),
                                of(count("hello", 2), count("world", 1), count("moon", 1)),
                                of(count("hello", 2), count("moon", 1))));
    }

    @TestFactory
    Stream<DynamicTest> states() {
        return Stream.of(
                row("testUpdateStateByKey", KV_NUMBERS)
                        .by(s -> keyed(s).<Integer>updateStateByKey(JavaStatefulSuiteTest::added, HASH_2))
                        .gives(of(c(4), n(5)), of(c(14), n(9)), of(c(14), n(9))),
                row("testUpdateStateByKeyWithInitial", KV_NUMBERS)
                        .by(s -> keyed(s).<Integer>updateStateByKey(
                                        JavaStatefulSuiteTest::added, new HashPartitioner(1), statesOf(s, c(1), n(2))))
                        .gives(of(c(5), n(7)), of(c(15), n(11)), of(c(15), n(11))),
                row("testMapWithStateAPI", KV_NUMBERS)
                        .by(s -> keyed(s).mapWithState(StateSpec.function(
                                                (String key, Optional<Integer> value, State<Integer> state) -> {
                                                    int sum = value.orElse(0)
                                                            + state.getOption().orElse(0);
                                                    state.update(sum);
                                                    return sum;
                                                })
                                        .initialState(statesOf(s, c(1), n(2)))
                                        .numPartitions(3)
                                        .partitioner(HASH_2)
                                        .timeout(minutes(1)))
                                .stateSnapshots())
                        .gives(of(c(5), n(7)), of(c(15), n(11)), of(c(15), n(11))));
    }

    private static PairRDD<String, Integer> statesOf(
            DStream<?> stream, Tuple2<String, Integer> first, Tuple2<String, Integer> second) {
        return stream.context().millraceContext().parallelizePairs(of(first, second));
    }
}

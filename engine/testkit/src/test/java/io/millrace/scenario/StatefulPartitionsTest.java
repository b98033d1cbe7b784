package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.scenario.Row.batches;
import static io.millrace.scenario.Row.row;
import static io.millrace.testkit.Scenario.pair;
import static java.util.List.of;

import io.millrace.api.HashPartitioner;
import io.millrace.api.PairDStream;
import io.millrace.api.Partitioner;
import io.millrace.api.StateSpec;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Function2;
import io.millrace.api.function.Reducers;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** In which partitions windows by key and states are, in each form that says so. */
class StatefulPartitionsTest {
    private static final List<List<Tuple2<String, Integer>>> SALES = batches(of(c(1), n(4), c(3), n(1)));
    private static final Function2<Integer, Integer, Integer> PLUS = (a, b) -> a + b;
    private static final Function2<Integer, Integer, Integer> MINUS = (a, b) -> a - b;
    private static final HashPartitioner HASH_2 = new HashPartitioner(2);
    private static final List<List<Tuple2<String, Integer>>> BY_HASH_2 = of(of(c(4)), of(n(5)));
    private static final List<List<Tuple2<String, Integer>>> BY_LENGTH = of(of(), of(c(4)), of(n(5)));

    /** The program's own: a key's length, modulo 3. */
    private static final class ByLength extends Partitioner {
        private static final long serialVersionUID = 1;

        @Override
        public int numPartitions() {
            return 3;
        }

        @Override
        public int getPartition(Object key) {
            return ((String) key).length() % 3;
        }
    }

    private static <V> Tuple2<String, V> c(V value) {
        return pair("california", value);
    }

    private static <V> Tuple2<String, V> n(V value) {
        return pair("new york", value);
    }

    private static DynamicTest partitions(
            String name,
            Function<PairDStream<String, Integer>, PairDStream<String, Integer>> form,
            List<List<Tuple2<String, Integer>>> expected) {
        return row(name, SALES)
                .by(s -> form.apply(PairDStream.fromJavaDStream(s)).glom())
                .gives(expected);
    }

    @TestFactory
    Stream<DynamicTest> windows() {
        return Stream.of(
                partitions("a number", s -> s.reduceByKeyAndWindow(PLUS, seconds(2), seconds(1), 2), BY_HASH_2),
                partitions("hash", s -> s.reduceByKeyAndWindow(PLUS, seconds(2), seconds(1), HASH_2), BY_HASH_2),
                partitions("own", s -> s.reduceByKeyAndWindow(PLUS, seconds(2), seconds(1), new ByLength()), BY_LENGTH),
                partitions(
                        "a number, with inverse and filter",
                        s -> s.reduceByKeyAndWindow(PLUS, MINUS, seconds(2), seconds(1), 2, pair -> pair._2 > 0),
                        BY_HASH_2),
                partitions(
                        "own, with inverse and without filter",
                        s -> s.reduceByKeyAndWindow(PLUS, MINUS, seconds(2), seconds(1), new ByLength(), null),
                        BY_LENGTH),
                partitions(
                        "groups, own",
                        s -> summed(s.groupByKeyAndWindow(seconds(2), seconds(1), new ByLength())),
                        BY_LENGTH),
                row("groups, a number", SALES)
                        .inPartitions(1)
                        .by(s -> summed(PairDStream.fromJavaDStream(s).groupByKeyAndWindow(seconds(2), seconds(1), 3)))
                        .inPartitions(3)
                        .givesInAnyOrder(of(c(4), n(5))),
                row("counted values, a number", SALES)
                        .inPartitions(1)
                        .by(s -> s.countByValueAndWindow(seconds(2), seconds(1), 3))
                        .inPartitions(3)
                        .givesInAnyOrder(of(pair(c(1), 1L), pair(c(3), 1L), pair(n(1), 1L), pair(n(4), 1L))));
    }

    private static PairDStream<String, Integer> summed(PairDStream<String, Iterable<Integer>> groups) {
        return groups.mapValues(values -> {
            int sum = 0;
            for (int value : values) {
                sum += value;
            }
            return sum;
        });
    }

    @TestFactory
    Stream<DynamicTest> updates() {
        Function2<List<Integer>, Optional<Integer>, Optional<Integer>> added =
                (values, state) -> Optional.of(values.stream().reduce(state.orElse(0), Integer::sum));
        return Stream.of(
                partitions("a number", s -> s.updateStateByKey(added, 2), BY_HASH_2),
                partitions("own", s -> s.updateStateByKey(added, new ByLength()), BY_LENGTH),
                partitions(
                        "own, of a running reduction",
                        s -> s.updateStateByKey(Reducers.running(Reducers.sumInt()), new ByLength()),
                        BY_LENGTH),
                partitions(
                        "own, of a function that knows the time",
                        s -> s.<Integer>updateStateByKey(
                                (time, key, values, state) -> added.call(values, state), new ByLength()),
                        BY_LENGTH));
    }

    @TestFactory
    Stream<DynamicTest> mappedStates() {
        return Stream.of(
                partitions("a number", s -> snapshots(s, spec -> spec.numPartitions(2)), BY_HASH_2),
                partitions("own", s -> snapshots(s, spec -> spec.partitioner(new ByLength())), BY_LENGTH),
                partitions(
                        "the last one counts: own",
                        s -> snapshots(s, spec -> spec.numPartitions(2).partitioner(new ByLength())),
                        BY_LENGTH),
                partitions(
                        "the last one counts: a number",
                        s -> snapshots(
                                s, spec -> spec.partitioner(new ByLength()).numPartitions(2)),
                        BY_HASH_2));
    }

    private static PairDStream<String, Integer> snapshots(
            PairDStream<String, Integer> stream,
            Function<
                            StateSpec<String, Integer, Integer, Tuple2<String, Integer>>,
                            StateSpec<String, Integer, Integer, Tuple2<String, Integer>>>
                    partitioned) {
        return stream.mapWithState(partitioned.apply(StateSpec.running(PLUS))).stateSnapshots();
    }
}

package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.at;
import static io.millrace.testkit.Scenario.count;
import static io.millrace.testkit.Scenario.pair;

import io.millrace.api.Duration;
import io.millrace.api.PairDStream;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Function2;
import io.millrace.testkit.Expectations;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tables of Spark's window suite that have a result for each key (behaviour spec 5.2), in memory and with next to none of it
 * there. Texts stand for batches: "a1 b2" is a record 1 of key a, and 2 of b.
 */
class WindowTablesTest {
    private static final Function2<Integer, Integer, Integer> PLUS = (a, b) -> a + b;
    private static final Function2<Integer, Integer, Integer> MINUS = (a, b) -> a - b;
    private static final List<String> BIG =
            List.of("a1", "a1 b1", "a1 b1 c1", "a1 b1", "a1", "", "a1", "a1 b1", "a1 b1 c1", "a1 b1", "a1", "");
    private static final List<String> KEYS_LEAVE = List.of(
            "a1", "a2 b1", "a2 b2 c1", "a2 b2 c1", "a2 b1", "a1", "a1", "a2 b1", "a2 b2 c1", "a2 b2 c1", "a2 b1", "a1");
    private static final List<String> KEYS_STAY = List.of(
            "a1",
            "a2 b1",
            "a2 b2 c1",
            "a2 b2 c1",
            "a2 b1 c0",
            "a1 b0 c0",
            "a1 b0 c0",
            "a2 b1 c0",
            "a2 b2 c1",
            "a2 b2 c1",
            "a2 b1 c0",
            "a1 b0 c0");

    /**
     * A row of the table of {@code reduceByKeyAndWindow}.
     *
     * @param length of the window, seconds
     * @param slide seconds; there is a window every so many batches
     * @param reduced what each window gives
     * @param withInverse the same if the function has an inverse
     */
    record Reduction(
            String name, List<String> batches, int length, int slide, List<String> reduced, List<String> withInverse) {
        private Reduction(String name, List<String> batches, int length, int slide, List<String> reduced) {
            this(name, batches, length, slide, reduced, reduced);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Reduction> table() {
        return Stream.of(
                new Reduction("basic reduction", List.of("a1 a3"), 2, 1, List.of("a4")),
                new Reduction(
                        "key already in window and new value added into window",
                        List.of("a1", "a1"),
                        2,
                        1,
                        List.of("a1", "a2")),
                new Reduction("new key added into window", List.of("a1", "a1 b1"), 2, 1, List.of("a1", "a2 b1")),
                new Reduction(
                        "key removed from window",
                        List.of("a1", "a1", "", ""),
                        2,
                        1,
                        List.of("a1", "a2", "a1", ""),
                        List.of("a1", "a2", "a1", "a0")),
                new Reduction(
                        "larger slide time",
                        List.of("a1", "a2", "a3", "a4", "a5", "a6", "", ""),
                        4,
                        2,
                        List.of("a3", "a10", "a18", "a11")),
                new Reduction("big test", BIG, 2, 1, KEYS_LEAVE, KEYS_STAY));
    }

    @ParameterizedTest
    @MethodSource("table")
    void aWindowIsReducedByKey(Reduction row) {
        Duration length = seconds(row.length());
        Duration slide = seconds(row.slide());
        for (StatePlace place : StatePlace.values()) {
            play(place, row.batches(), row.slide(), s -> s.reduceByKeyAndWindow(PLUS, length, slide), row.reduced());
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void aWindowIsReducedByKeyWithAnInverse(Reduction row) {
        Duration length = seconds(row.length());
        Duration slide = seconds(row.slide());
        for (StatePlace place : StatePlace.values()) {
            play(
                    place,
                    row.batches(),
                    row.slide(),
                    s -> s.reduceByKeyAndWindow(PLUS, MINUS, length, slide),
                    row.withInverse());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWindowWithInverseAndFilterMayBePersistedAndCheckpointed(StatePlace place) {
        play(
                place,
                BIG,
                1,
                s -> s.reduceByKeyAndWindow(PLUS, MINUS, seconds(2), seconds(1), 2, result -> result._2 != 0)
                        .persist()
                        .checkpoint(seconds(100)),
                KEYS_LEAVE);
    }

    private static void play(
            StatePlace place,
            List<String> batches,
            int slide,
            Function<PairDStream<String, Integer>, PairDStream<String, Integer>> program,
            List<String> windows) {
        Expectations<Tuple2<String, Integer>> results = place.batches().words(batches.toArray(String[]::new)).stream(
                words -> program.apply(words.mapToPair(WindowTablesTest::record)));
        for (int window = 1; window <= windows.size(); window++) {
            results.expect(at(window * slide), records(windows.get(window - 1)));
        }
        results.run();
    }

    @SuppressWarnings("unchecked") // the array holds nothing else
    private static Tuple2<String, Integer>[] records(String batch) {
        return Arrays.stream(batch.split(" "))
                .filter(word -> !word.isEmpty())
                .map(WindowTablesTest::record)
                .toArray(Tuple2[]::new);
    }

    private static Tuple2<String, Integer> record(String word) {
        return pair(word.substring(0, 1), Integer.valueOf(word.substring(1)));
    }

    @ParameterizedTest
    @EnumSource
    void aGroupOfAWindowHasTheValuesOfItsBatches(StatePlace place) {
        Expectations<Tuple2<String, List<Object>>> groups = place.batches().words(BIG.toArray(String[]::new)).stream(
                words -> words.mapToPair(WindowTablesTest::record)
                        .groupByKeyAndWindow(seconds(2), seconds(1))
                        .mapValues(Values::sorted));
        for (int first : new int[] {1, 7}) {
            groups.expect(at(first), ones("a", 1))
                    .expect(at(first + 1), ones("a", 2), ones("b", 1))
                    .expect(at(first + 2), ones("a", 2), ones("b", 2), ones("c", 1))
                    .expect(at(first + 3), ones("a", 2), ones("b", 2), ones("c", 1))
                    .expect(at(first + 4), ones("a", 2), ones("b", 1))
                    .expect(at(first + 5), ones("a", 1));
        }
        groups.run();
    }

    private static Tuple2<String, List<Object>> ones(String key, int count) {
        return pair(key, Collections.nCopies(count, 1));
    }

    @ParameterizedTest
    @EnumSource
    void theRecordsOfAWindowAreReducedToOneWithAnInverse(StatePlace place) {
        place.batches().words("1 2 3", "4 5 6", "7 8 9", "", "").stream(
                        words -> words.map(Integer::valueOf).reduceByWindow(PLUS, MINUS, seconds(2), seconds(1)))
                .expect(at(1), 6)
                .expect(at(2), 21)
                .expect(at(3), 39)
                .expect(at(4), 24)
                .expect(at(5), 0)
                .run();
    }

    @ParameterizedTest
    @EnumSource
    void theRecordsOfAWindowAreCounted(StatePlace place) {
        place.batches().words("1", "1", "1 2", "0", "", "").stream(words -> words.countByWindow(seconds(2), seconds(1)))
                .expect(at(1), 1L)
                .expect(at(2), 2L)
                .expect(at(3), 3L)
                .expect(at(4), 3L)
                .expect(at(5), 1L)
                .expect(at(6), 0L)
                .run();
    }

    @ParameterizedTest
    @EnumSource
    void theValuesOfAWindowAreCounted(StatePlace place) {
        place.batches().words("a", "b b", "a b").stream(words -> words.countByValueAndWindow(seconds(2), seconds(1)))
                .expect(at(1), count("a", 1))
                .expect(at(2), count("a", 1), count("b", 2))
                .expect(at(3), count("a", 1), count("b", 3))
                .run();
    }
}

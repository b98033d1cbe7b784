package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.scenario.Row.batches;
import static io.millrace.testkit.Scenario.at;
import static io.millrace.testkit.Scenario.pair;
import static java.util.List.of;

import io.millrace.api.DStream;
import io.millrace.api.DStreamLike;
import io.millrace.api.PairDStream;
import io.millrace.api.PairRDD;
import io.millrace.api.State;
import io.millrace.api.StateSpec;
import io.millrace.api.Time;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Function3;
import io.millrace.testkit.Expectations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables of Spark's suites of {@code mapWithState} (behaviour spec 5.6): what comes out of each batch, and the states after it. */
class MapWithStateSuiteTest {
    private static final String[] RISE_AND_FALL = {"", "a", "a b", "a b c", "a b", "a", ""};
    private static final List<List<Tuple2<String, Integer>>> SUMS = batches(
            of(),
            of(pair("a", 1)),
            of(pair("a", 2), pair("b", 1)),
            of(pair("a", 3), pair("b", 2), pair("c", 1)),
            of(pair("a", 4), pair("b", 3), pair("c", 1)),
            of(pair("a", 5), pair("b", 3), pair("c", 1)),
            of(pair("a", 5), pair("b", 3), pair("c", 1)));

    /** A table of one program. */
    private static final class Table<M> {
        private final Function<DStream<String>, StateSpec<String, Integer, Integer, M>> spec;
        private final String[] words;

        /** @param spec makes the specification, for a program on that stream */
        Table(Function<DStream<String>, StateSpec<String, Integer, Integer, M>> spec, String... words) {
            this.spec = spec;
            this.words = words;
        }

        Table<M> gives(StatePlace place, List<List<M>> outputs) {
            play(place, (ones, given) -> ones.mapWithState(given), outputs);
            return this;
        }

        void keeps(StatePlace place, List<List<Tuple2<String, Integer>>> states) {
            play(place, (ones, given) -> ones.mapWithState(given).stateSnapshots(), states);
        }

        @SuppressWarnings("unchecked") // arrays that are only read
        private <U> void play(
                StatePlace place,
                BiFunction<PairDStream<String, Integer>, StateSpec<String, Integer, Integer, M>, DStreamLike<U, ?, ?>>
                        program,
                List<List<U>> expected) {
            Expectations<U> expectations = place.batches().words(words).stream(
                    stream -> program.apply(stream.mapToPair(word -> pair(word, 1)), spec.apply(stream)));
            for (int batch = 1; batch <= expected.size(); batch++) {
                expectations.expect(at(batch), (U[]) expected.get(batch - 1).toArray());
            }
            expectations.run();
        }
    }

    private static int sum(Optional<Integer> one, State<Integer> state) {
        int sum = one.orElse(0) + state.getOption().orElse(0);
        state.update(sum);
        return sum;
    }

    @ParameterizedTest
    @EnumSource
    void aRunningSumComesOutForEachRecord(StatePlace place) {
        Function3<String, Optional<Integer>, State<Integer>, Integer> running = (key, one, state) -> sum(one, state);
        new Table<>(stream -> StateSpec.function(running), RISE_AND_FALL)
                .gives(place, batches(of(), of(1), of(2, 1), of(3, 2, 1), of(4, 3), of(5), of()))
                .keeps(place, SUMS);
    }

    @ParameterizedTest
    @EnumSource
    void whatComesOutNeedNotBeTheState(StatePlace place) {
        new Table<String>(
                        stream -> StateSpec.function(
                                (Time time, String key, Optional<Integer> one, State<Integer> state) -> {
                                    sum(one, state);
                                    return Optional.of(key + key);
                                }),
                        RISE_AND_FALL)
                .gives(
                        place,
                        batches(of(), of("aa"), of("aa", "bb"), of("aa", "bb", "cc"), of("aa", "bb"), of("aa"), of()))
                .keeps(place, SUMS);
    }

    @ParameterizedTest
    @EnumSource
    void statesMayComeOutAsPairs(StatePlace place) {
        Function3<String, Optional<Integer>, State<Integer>, Tuple2<String, Integer>> running =
                (key, one, state) -> pair(key, sum(one, state));
        new Table<>(stream -> StateSpec.function(running), RISE_AND_FALL)
                .gives(
                        place,
                        batches(
                                of(),
                                of(pair("a", 1)),
                                of(pair("a", 2), pair("b", 1)),
                                of(pair("a", 3), pair("b", 2), pair("c", 1)),
                                of(pair("a", 4), pair("b", 3)),
                                of(pair("a", 5)),
                                of()))
                .keeps(place, SUMS);
    }

    @ParameterizedTest
    @EnumSource
    void statesToBeginWithAreAddedToByAFunctionThatGivesNothing(StatePlace place) {
        new Table<Integer>(
                        stream -> StateSpec.function(
                                        (Time time, String key, Optional<Integer> one, State<Integer> state) -> {
                                            sum(one, state);
                                            return Optional.<Integer>empty();
                                        })
                                .initialState(
                                        rdd(stream, of(pair("a", 5), pair("b", 10), pair("c", -20), pair("d", 0)))),
                        RISE_AND_FALL)
                .gives(place, Collections.nCopies(7, of()))
                .keeps(
                        place,
                        batches(
                                of(pair("a", 5), pair("b", 10), pair("c", -20), pair("d", 0)),
                                of(pair("a", 6), pair("b", 10), pair("c", -20), pair("d", 0)),
                                of(pair("a", 7), pair("b", 11), pair("c", -20), pair("d", 0)),
                                of(pair("a", 8), pair("b", 12), pair("c", -19), pair("d", 0)),
                                of(pair("a", 9), pair("b", 13), pair("c", -19), pair("d", 0)),
                                of(pair("a", 10), pair("b", 13), pair("c", -19), pair("d", 0)),
                                of(pair("a", 10), pair("b", 13), pair("c", -19), pair("d", 0))));
    }

    private static PairRDD<String, Integer> rdd(DStream<?> stream, List<Tuple2<String, Integer>> states) {
        return stream.context().millraceContext().parallelizePairs(states);
    }

    @ParameterizedTest
    @EnumSource
    void aStateThatIsRemovedIsSetAgainByTheNextRecord(StatePlace place) {
        new Table<String>(
                        stream -> StateSpec.function(
                                (Time time, String key, Optional<Integer> one, State<Integer> state) -> {
                                    if (state.exists()) {
                                        state.remove();
                                        return Optional.of(key);
                                    }
                                    state.update(one.get());
                                    return Optional.empty();
                                }),
                        "",
                        "a",
                        "a b",
                        "a b c",
                        "a b c",
                        "a b",
                        "a",
                        "")
                .gives(place, batches(of(), of(), of("a"), of("b"), of("a", "c"), of("b"), of("a"), of()))
                .keeps(
                        place,
                        batches(
                                of(),
                                of(pair("a", 1)),
                                of(pair("b", 1)),
                                of(pair("a", 1), pair("c", 1)),
                                of(pair("b", 1)),
                                of(pair("a", 1)),
                                of(),
                                of()));
    }

    @ParameterizedTest
    @EnumSource
    void eachKeyTimesOutOnceAndOneWithDataNever(StatePlace place) {
        String[] words = new String[26];
        Arrays.fill(words, "a");
        words[0] = "a b c";
        words[1] = "a b";
        words[3] = "";
        words[4] = "";
        List<List<String>> outputs = new ArrayList<>(Collections.nCopies(26, of()));
        outputs.set(4, of("c")); // Spark says no more than that it is in one of the batches
        outputs.set(5, of("b"));
        List<List<Tuple2<String, Integer>>> states = new ArrayList<>(Collections.nCopies(26, of(pair("a", 1))));
        Collections.fill(states.subList(0, 4), of(pair("a", 1), pair("b", 1), pair("c", 1)));
        states.set(4, of(pair("a", 1), pair("b", 1)));
        new Table<String>(
                        stream -> StateSpec.function(
                                        (Time time, String key, Optional<Integer> one, State<Integer> state) -> {
                                            if (state.isTimingOut()) {
                                                return Optional.of(key);
                                            }
                                            state.update(1);
                                            return Optional.<String>empty();
                                        })
                                .timeout(seconds(3)),
                        words)
                .gives(place, outputs)
                .keeps(place, states);
    }
}

package io.millrace.scenario;

import static io.millrace.api.Durations.milliseconds;
import static io.millrace.scenario.Row.batches;
import static io.millrace.testkit.Scenario.at;
import static io.millrace.testkit.Scenario.pair;
import static java.util.List.of;

import io.millrace.api.DStream;
import io.millrace.api.MapWithStateDStream;
import io.millrace.api.PairRDD;
import io.millrace.api.State;
import io.millrace.api.StateSpec;
import io.millrace.api.Time;
import io.millrace.api.Tuple2;
import io.millrace.testkit.Expectations;
import io.millrace.testkit.Story;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What one record, or a time-out, does to a state (behaviour spec 5.6, the suite of {@code MapWithStateRDD}). The batch of Spark's
 * table is the second one here, at 2000 ms: states to begin with are of the first one's time, 1000 ms.
 */
class OneStateTest {
    private static final int NO_TIMEOUT = 0;

    /**
     * A row of the table.
     *
     * @param initial state to begin with; null for none
     * @param data what the record of the second batch says; empty if there is none
     * @param idleMs time-out; its threshold is 2000 less that
     * @param after state after the second batch; null for none
     * @param given what came out of it; null for nothing
     */
    record OneRecord(Integer initial, String data, int idleMs, Integer after, String given) {}

    static Stream<OneRecord> table() {
        return Stream.of(
                new OneRecord(null, "", NO_TIMEOUT, null, null),
                new OneRecord(0, "", NO_TIMEOUT, 0, null),
                new OneRecord(0, "noop", NO_TIMEOUT, 0, null),
                new OneRecord(null, "noop", NO_TIMEOUT, null, null),
                new OneRecord(null, "get-state", NO_TIMEOUT, null, "-1"),
                new OneRecord(123, "get-state", NO_TIMEOUT, 123, "123"),
                new OneRecord(null, "update", NO_TIMEOUT, 0, null),
                new OneRecord(0, "update", NO_TIMEOUT, 1, null),
                new OneRecord(345, "remove", NO_TIMEOUT, null, "removed 345"),
                new OneRecord(123, "", 1000, 123, null),
                new OneRecord(123, "", 999, null, "timed out 123"),
                new OneRecord(123, "noop", 999, 123, null),
                new OneRecord(123, "remove", 999, null, "removed 123"),
                new OneRecord(null, "noop", 999, null, null));
    }

    private static Optional<String> call(Time time, String key, Optional<String> data, State<Integer> state) {
        if (state.isTimingOut()) {
            return Optional.of("timed out " + state.get());
        }
        switch (data.get()) {
            case "get-state":
                return Optional.of(state.getOption().orElse(-1).toString());
            case "update":
                state.update(state.exists() ? state.get() + 1 : 0);
                return Optional.empty();
            case "remove":
                int removed = state.get();
                state.remove();
                return Optional.of("removed " + removed);
            default:
                return Optional.empty();
        }
    }

    private static MapWithStateDStream<String, String, Integer, String> mapped(
            DStream<String> data, Integer initial, int idleMs) {
        List<Tuple2<String, Integer>> states = initial == null ? of() : of(pair("key", initial));
        StateSpec<String, String, Integer, String> spec = StateSpec.function(OneStateTest::call)
                .initialState(data.context().millraceContext().parallelizePairs(states));
        return data.mapToPair(word -> pair("key", word))
                .mapWithState(idleMs == NO_TIMEOUT ? spec : spec.timeout(milliseconds(idleMs)));
    }

    @ParameterizedTest
    @MethodSource("table")
    void aRecordOrATimeOutDoesToAStateWhatTheTableSays(OneRecord row) {
        for (StatePlace place : StatePlace.values()) {
            Story<String> story = place.batches().words("", row.data());
            Expectations<String> given = story.stream(data -> mapped(data, row.initial(), row.idleMs()));
            if (row.given() != null) {
                given.expect(at(2), row.given());
            }
            given.expectNothing(at(1)).run();
            expect(
                    story.stream(data -> mapped(data, row.initial(), row.idleMs())
                            .stateSnapshots()
                            .map(pair -> pair._2)),
                    row.initial(),
                    row.after());
        }
    }

    private static void expect(Expectations<Integer> states, Integer... expected) {
        for (int batch = 1; batch <= expected.length; batch++) {
            if (expected[batch - 1] != null) {
                states.expect(at(batch), expected[batch - 1]);
            }
        }
        states.run();
    }

    @ParameterizedTest
    @EnumSource
    void dataThatDoesNothingPutsTheTimeOutOff(StatePlace place) {
        place.batches().words("", "", "").stream(data -> mapped(data, 123, 1000))
                .expect(at(3), "timed out 123")
                .run();
        place.batches().words("", "noop", "", "").stream(data -> mapped(data, 123, 1000))
                .expect(at(4), "timed out 123")
                .run();
    }

    @ParameterizedTest
    @EnumSource
    void timeOutsComeAfterWhatIsMadeOfTheBatchsRecords(StatePlace place) {
        StateSpec<String, Integer, Integer, String> spec =
                StateSpec.function((Time time, String key, Optional<Integer> one, State<Integer> state) -> {
                    if (one.isPresent()) {
                        state.update(one.get());
                    }
                    return Optional.of(key + (state.isTimingOut() ? " timed out" : ""));
                });
        place.batches().words("a", "", "b").stream(words -> words.mapToPair(word -> pair(word, 1))
                        .mapWithState(spec.timeout(milliseconds(1500)).numPartitions(1)))
                .expectOrdered(at(1), "a")
                .expectOrdered(at(3), "b", "a timed out")
                .run();
    }

    /** States of k1 and k2 to begin with, and what the words do to them: "k1+" sets or increments, "k1-" removes, "k1" looks. */
    private static MapWithStateDStream<String, String, Integer, String> counted(DStream<String> words) {
        PairRDD<String, Integer> zeroes =
                words.context().millraceContext().parallelizePairs(of(pair("k1", 0), pair("k2", 0)));
        return words.mapToPair(word -> pair(word.substring(0, 2), word.substring(2)))
                .mapWithState(StateSpec.function((String key, Optional<String> what, State<Integer> state) -> {
                            if (what.get().equals("+")) {
                                state.update(state.exists() ? state.get() + 1 : 0);
                            } else if (what.get().equals("-")) {
                                state.remove();
                            }
                            return key;
                        })
                        .initialState(zeroes));
    }

    /** What the batches leave, and that the function is called for their keys alone. */
    private static void assertStates(
            StatePlace place, List<String> words, List<List<Tuple2<String, Integer>>> expected) {
        Story<String> story = place.batches().words(words.toArray(String[]::new));
        Expectations<Tuple2<String, Integer>> states =
                story.stream(stream -> counted(stream).stateSnapshots());
        Expectations<String> called = story.stream(OneStateTest::counted);
        for (int batch = 1; batch <= expected.size(); batch++) {
            states.expect(at(batch), array(expected.get(batch - 1)));
            called.expect(
                    at(batch),
                    words.get(batch - 1).replaceAll("[+-]", "").trim().split("\\s+"));
        }
        states.run();
        called.run();
    }

    @SuppressWarnings("unchecked") // only read
    private static Tuple2<String, Integer>[] array(List<Tuple2<String, Integer>> pairs) {
        return pairs.toArray(Tuple2[]::new);
    }

    @ParameterizedTest
    @EnumSource
    void aStateIsSetForAKeyWhoseFunctionSetsItAlone(StatePlace place) {
        assertStates(
                place,
                of("k1", "k3", "k3+", "k4+"),
                batches(
                        of(pair("k1", 0), pair("k2", 0)),
                        of(pair("k1", 0), pair("k2", 0)),
                        of(pair("k1", 0), pair("k2", 0), pair("k3", 0)),
                        of(pair("k1", 0), pair("k2", 0), pair("k3", 0), pair("k4", 0))));
    }

    @ParameterizedTest
    @EnumSource
    void eachRecordOfAKeySeesTheStateThatTheOneBeforeLeft(StatePlace place) {
        assertStates(
                place,
                of("k1+", "k0 k2+ k2+ k3+", "k3+"),
                batches(
                        of(pair("k1", 1), pair("k2", 0)),
                        of(pair("k1", 1), pair("k2", 2), pair("k3", 0)),
                        of(pair("k1", 1), pair("k2", 2), pair("k3", 1))));
    }

    @ParameterizedTest
    @EnumSource
    void aStateMayBeRemovedThatIsNotThere(StatePlace place) {
        assertStates(place, of("k1-", "k2- k0- k3+", "k3-"), batches(of(pair("k2", 0)), of(pair("k3", 0)), of()));
    }
}

package io.millrace.scenario;

import static io.millrace.api.Durations.milliseconds;
import static io.millrace.testkit.Scenario.at;
import static io.millrace.testkit.Scenario.pair;

import io.millrace.api.DStream;
import io.millrace.api.MapWithStateDStream;
import io.millrace.api.State;
import io.millrace.api.StateSpec;
import io.millrace.api.Time;
import io.millrace.api.UserFunctionException;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a function may not do with a {@code State} (behaviour spec 2.2, E40), and what it sees of it at each step (5.6). */
class StateMistakesTest {
    private static final String REMOVED_TWICE = "Cannot remove the state again: it has been removed in the same call";
    private static final String UPDATED_WHEN_REMOVED =
            "Cannot update the state after it has been removed in the same call";
    private static final String UPDATED_TOO_LATE =
            "Cannot update the state that is timing out; it is removed after this call";
    private static final String REMOVED_TOO_LATE =
            "Cannot remove the state that is timing out; it is removed after this call";
    private static final String NOT_SET = "State is not set: the key a has none; ask exists(), or take getOption()";

    /** A program that does something with the state of each record and time-out, and gives what it saw. */
    private static MapWithStateDStream<String, Integer, Integer, String> seen(
            DStream<String> words, Function<State<Integer>, String> doing) {
        return words.mapToPair(word -> pair(word, 1))
                .mapWithState(StateSpec.function((Time time, String key, Optional<Integer> one, State<Integer> state) ->
                                Optional.of(doing.apply(state)))
                        .timeout(milliseconds(1500)));
    }

    private static String refusal(Runnable mistake) {
        try {
            mistake.run();
            return "not refused";
        } catch (IllegalArgumentException | NoSuchElementException refused) {
            return refused.getClass().getSimpleName() + ": " + refused.getMessage();
        }
    }

    private static String look(State<Integer> state) {
        return state.exists() + " " + state.getOption() + " " + state.isTimingOut() + " " + state;
    }

    @ParameterizedTest
    @EnumSource
    void aStateThatIsNotSetSaysSoAndCannotBeGot(StatePlace place) {
        place.batches().words("a").stream(words -> seen(words, state -> look(state) + "; " + refusal(state::get)))
                .expect(at(1), "false Optional.empty false <state not set>; NoSuchElementException: " + NOT_SET)
                .run();
    }

    @ParameterizedTest
    @EnumSource
    void aStateThatIsUpdatedIsSeenInTheSameCall(StatePlace place) {
        place.batches().words("a").stream(words -> seen(words, state -> {
                    state.update(2);
                    return state.get() + ": " + look(state);
                }))
                .expect(at(1), "2: true Optional[2] false 2")
                .run();
    }

    @ParameterizedTest
    @EnumSource
    void aStateThatIsRemovedCanNeitherBeUpdatedNorRemovedAgainInTheSameCall(StatePlace place) {
        place.batches().words("a", "a").stream(words -> seen(words, state -> {
                    state.update(2);
                    state.remove();
                    return look(state) + "; " + refusal(() -> state.update(3)) + "; " + refusal(state::remove) + "; "
                            + refusal(state::get);
                }))
                .expect(at(1), removed())
                .expect(at(2), removed())
                .run();
    }

    private static String removed() {
        return "false Optional.empty false <state not set>; IllegalArgumentException: " + UPDATED_WHEN_REMOVED
                + "; IllegalArgumentException: " + REMOVED_TWICE + "; NoSuchElementException: " + NOT_SET;
    }

    @ParameterizedTest
    @EnumSource
    void aStateThatIsTimingOutIsSeenAndCanNeitherBeUpdatedNorRemoved(StatePlace place) {
        place.batches().words("a", "", "", "").stream(words -> seen(words, state -> {
                    if (!state.isTimingOut()) {
                        state.update(3);
                        return "set";
                    }
                    return look(state) + "; " + refusal(() -> state.update(4)) + "; " + refusal(state::remove);
                }))
                .expect(at(1), "set")
                .expect(
                        at(3),
                        "true Optional[3] true 3; IllegalArgumentException: " + UPDATED_TOO_LATE
                                + "; IllegalArgumentException: " + REMOVED_TOO_LATE)
                .run();
    }

    @ParameterizedTest
    @EnumSource
    void aMistakeThatTheFunctionDoesNotCatchFailsTheBatchAndIsTheCause(StatePlace place) {
        assertFails(place, State::get, "NoSuchElementException: " + NOT_SET);
        assertFails(place, removing(State::remove), "IllegalArgumentException: " + REMOVED_TWICE);
        assertFails(place, removing(state -> state.update(1)), "IllegalArgumentException: " + UPDATED_WHEN_REMOVED);
    }

    private static Consumer<State<Integer>> removing(Consumer<State<Integer>> next) {
        return state -> {
            state.remove();
            next.accept(state);
        };
    }

    /** The second of two batches fails, and its sum is not in the third. */
    private static void assertFails(StatePlace place, Consumer<State<Integer>> mistake, String cause) {
        place.batches().words("b", "b a", "b").stream(words -> words.mapToPair(word -> pair(word, 1))
                        .mapWithState(StateSpec.function((String key, Optional<Integer> one, State<Integer> state) -> {
                            if (key.equals("a")) {
                                mistake.accept(state);
                            }
                            state.update(state.getOption().orElse(0) + 1);
                            return state.get();
                        })))
                .expect(at(1), 1)
                .expectError(at(2), UserFunctionException.class, "mapWithState-", "(a, 1)", cause)
                .expect(at(3), 2)
                .run();
    }

    @ParameterizedTest
    @EnumSource
    void nullInPlaceOfAnOptionalFailsTheBatch(StatePlace place) {
        place.batches().words("a").stream(words -> words.mapToPair(word -> pair(word, 1))
                        .mapWithState(StateSpec.function(
                                (Time time, String key, Optional<Integer> one, State<Integer> state) ->
                                        (Optional<String>) null)))
                .expectError(at(1), UserFunctionException.class, "give Optional.empty() for no record")
                .run();
        place.batches().words("a").stream(words ->
                        words.mapToPair(word -> pair(word, 1)).<Integer>updateStateByKey((values, state) -> null))
                .expectError(at(1), UserFunctionException.class, "give Optional.empty() to forget the key")
                .run();
    }

    @ParameterizedTest
    @EnumSource
    void aNullThatAFunctionGivesIsARecord(StatePlace place) {
        place.batches().words("a b").stream(words -> words.mapToPair(word -> pair(word, 1))
                        .mapWithState(StateSpec.function(
                                (String key, Optional<Integer> one, State<Integer> state) -> (String) null)))
                .expect(at(1), null, null)
                .run();
    }

    @ParameterizedTest
    @EnumSource
    void aStateMayBeNull(StatePlace place) {
        place.batches().words("a", "a").stream(words -> words.mapToPair(word -> pair(word, 1))
                        .mapWithState(StateSpec.function((String key, Optional<Integer> one, State<Integer> state) -> {
                            String seen = look(state);
                            state.update(null);
                            return seen + " -> " + look(state);
                        })))
                .expect(at(1), "false Optional.empty false <state not set> -> true Optional.empty false null")
                .expect(at(2), "true Optional.empty false null -> true Optional.empty false null")
                .run();
    }
}

package io.millrace.scenario;

import static io.millrace.api.Durations.milliseconds;
import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.at;
import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.DStream;
import io.millrace.api.PairDStream;
import io.millrace.api.State;
import io.millrace.api.StateFullException;
import io.millrace.api.StateOptions;
import io.millrace.api.StateSpec;
import io.millrace.api.function.Reducers;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bounds that a program sets to a state: for how long, and of how many keys. */
class StateBoundsTest {
    private static final StateOptions TWO_SECONDS = StateOptions.none().withTtl(seconds(2));
    private static final StateOptions TWO_KEYS = StateOptions.none().withMaxKeys(2);

    private static PairDStream<String, Integer> ones(DStream<String> words) {
        return words.mapToPair(word -> pair(word, 1));
    }

    private static StateSpec<String, Integer, Integer, Integer> running() {
        return StateSpec.function((String key, Optional<Integer> one, State<Integer> state) -> {
            int sum = one.orElse(1000) + state.getOption().orElse(0);
            state.update(sum);
            return sum;
        });
    }

    private static void assertForgets(
            StatePlace place, Function<PairDStream<String, Integer>, PairDStream<String, Integer>> program) {
        place.batches().words("a b", "a", "a", "a", "a b").stream(words -> program.apply(ones(words)))
                .expect(at(1), pair("a", 1), pair("b", 1))
                .expect(at(2), pair("a", 2), pair("b", 1))
                .expect(at(3), pair("a", 3), pair("b", 1))
                .expect(at(4), pair("a", 4))
                .expect(at(5), pair("a", 5), pair("b", 1))
                .run();
    }

    @ParameterizedTest
    @EnumSource
    void aKeyWithoutDataIsForgottenAfterItsTimeToLiveWithoutACall(StatePlace place) {
        assertForgets(place, s -> s.mapWithState(running().options(TWO_SECONDS)).stateSnapshots());
        assertForgets(
                place,
                s -> s.mapWithState(StateSpec.<String, Integer>running(Reducers.sumInt())
                                .options(TWO_SECONDS))
                        .stateSnapshots());
        assertForgets(place, s -> s.updateStateByKey(Reducers.running(Reducers.sumInt()), TWO_SECONDS));
        assertForgets(
                place,
                s -> s.<Integer>updateStateByKey(
                        (values, state) -> Optional.of(state.orElse(0) + values.size()), TWO_SECONDS));
    }

    private static void assertFull(
            StatePlace place,
            String operator,
            Function<PairDStream<String, Integer>, PairDStream<String, Integer>> program) {
        place.batches().words("a b", "a c", "a").stream(words -> program.apply(ones(words)))
                .expect(at(1), pair("a", 1), pair("b", 1))
                .expectError(at(2), StateFullException.class, operator, "at most 2 are allowed")
                .expect(at(3), pair("a", 2), pair("b", 1))
                .run();
    }

    @ParameterizedTest
    @EnumSource
    void aBatchThatNeedsMoreKeysThanThereMayBeFailsAndChangesNothing(StatePlace place) {
        assertFull(
                place,
                "mapWithState-",
                s -> s.mapWithState(running().numPartitions(1).options(TWO_KEYS))
                        .stateSnapshots());
        assertFull(
                place,
                "mapWithState-",
                s -> s.mapWithState(StateSpec.<String, Integer>running(Reducers.sumInt())
                                .numPartitions(1)
                                .options(TWO_KEYS))
                        .stateSnapshots());
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatIsRemovedMakesRoomForAnother(StatePlace place) {
        place.batches().words("a b", "a-", "c", "d").stream(words -> words.mapToPair(
                                word -> pair(word.substring(0, 1), word))
                        .mapWithState(StateSpec.function((String key, Optional<String> word, State<String> state) -> {
                                    if (word.get().endsWith("-")) {
                                        state.remove();
                                    } else {
                                        state.update(key);
                                    }
                                    return key;
                                })
                                .numPartitions(1)
                                .options(TWO_KEYS)))
                .expect(at(1), "a", "b")
                .expect(at(2), "a")
                .expect(at(3), "c")
                .expectError(at(4), StateFullException.class, "at most 2 are allowed")
                .run();
    }

    @Test
    void aSpecificationThatIsChangedAfterItWasGivenIsNotChangedForTheStream() {
        StatePlace.MEMORY.batches().words("a", "", "", "").stream(words -> {
                    StateSpec<String, Integer, Integer, Integer> spec = running();
                    PairDStream<String, Integer> states =
                            ones(words).mapWithState(spec).stateSnapshots();
                    spec.options(TWO_SECONDS);
                    return states;
                })
                .expect(at(1), pair("a", 1))
                .expect(at(2), pair("a", 1))
                .expect(at(3), pair("a", 1))
                .expect(at(4), pair("a", 1))
                .run();
    }

    @Test
    void aTimeOutBesideATimeToLiveIsRefused() {
        try (Rig rig = new Rig(seconds(1), StatePlace.MEMORY::in)) {
            PairDStream<String, Integer> pairs = ones(rig.ssc.pushStream(String.class));
            StateSpec<String, Integer, Integer, Integer> both =
                    running().timeout(seconds(3)).options(TWO_SECONDS);
            String refusal = assertThrows(IllegalArgumentException.class, () -> pairs.mapWithState(both))
                    .getMessage();
            assertTrue(refusal.contains("time-out of 3000 ms and a time to live of 2000 ms"), refusal);
            pairs.print();
        }
    }

    @Test
    void boundsBelowOneAreRefused() {
        assertRefused(
                "StateSpec.timeout(0 ms): give 1 ms or more", () -> running().timeout(milliseconds(0)));
        assertRefused(
                "StateSpec.timeout(null): give 1 ms or more", () -> running().timeout(null));
        assertRefused(
                "state with a time to live of 0 ms; give 1 ms or more",
                () -> StateOptions.none().withTtl(milliseconds(0)));
        assertRefused(
                "state of at most 0 keys; give 1 or more",
                () -> StateOptions.none().withMaxKeys(0));
        assertRefused(
                "StateSpec.numPartitions: 0 partitions; give 1 to 65536, or no number for the default",
                () -> running().numPartitions(0));
    }

    private static void assertRefused(String message, Runnable mistake) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, mistake::run).getMessage());
    }

    @Test
    void whatIsMissingIsNamed() {
        assertNamed("function of a StateSpec", () -> StateSpec.running(null));
        assertNamed("options of a StateSpec", () -> running().options(null));
        assertNamed(
                "StateSpec.partitioner: the partitioner is null",
                () -> running().partitioner(null));
        assertNamed("time to live", () -> StateOptions.none().withTtl(null));
    }

    private static void assertNamed(String missing, Runnable mistake) {
        String refusal = assertThrows(NullPointerException.class, mistake::run).getMessage();
        assertTrue(refusal.contains(missing), refusal);
    }

    @Test
    void asManyKeysAsThereMayBeFitInWhateverPartitionTheyAre() {
        StatePlace.MEMORY.batches().words("a c").stream(words -> words.mapToPair(word -> pair(word, 1))
                        .mapWithState(StateSpec.<String, Integer>running(Reducers.sumInt())
                                .numPartitions(2)
                                .options(StateOptions.none().withMaxKeys(2))))
                .expect(at(1), pair("a", 1), pair("c", 1))
                .run();
    }

    @Test
    void moreKeysThanThereMayBeFail() {
        StatePlace.MEMORY.batches().words("a b").stream(words -> words.mapToPair(word -> pair(word, 1))
                        .mapWithState(StateSpec.<String, Integer>running(Reducers.sumInt())
                                .numPartitions(2)
                                .options(StateOptions.none().withMaxKeys(1))))
                .expectError(at(1), "would have 2 keys after the batch, at most 1 are allowed")
                .run();
    }
}

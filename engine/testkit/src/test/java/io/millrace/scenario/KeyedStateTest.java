package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.at;
import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.DStream;
import io.millrace.api.HashPartitioner;
import io.millrace.api.MapWithStateDStream;
import io.millrace.api.PairDStream;
import io.millrace.api.PushInputDStream;
import io.millrace.api.State;
import io.millrace.api.StateSpec;
import io.millrace.api.StateView;
import io.millrace.api.Time;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Function3;
import io.millrace.api.function.Reducers;
import io.millrace.testkit.Scenario;
import io.millrace.testkit.Story;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State by key, in memory and with next to none of it there; {@link MapWithStateSuiteTest} has the tables of Spark's suite. */
class KeyedStateTest {
    private static final Function3<String, Optional<Integer>, State<Integer>, Integer> RUNNING_SUM =
            (key, one, state) -> {
                int sum = one.orElse(0) + (state.exists() ? state.get() : 0);
                state.update(sum);
                return sum;
            };

    private static Story<String> story(String... batches) {
        return Scenario.batchesEvery(seconds(1)).words(batches);
    }

    private static List<Story<String>> inMemoryAndBehindIt(String... batches) {
        return Arrays.stream(StatePlace.values())
                .map(place -> place.batches().words(batches))
                .toList();
    }

    private static PairDStream<String, Integer> ones(DStream<String> words) {
        return words.mapToPair(word -> new Tuple2<>(word, 1));
    }

    @Test
    void aFunctionOfTimeKeyValueAndStateGivesARecordIfItWants() {
        story("", "a", "a b", "a").stream(words -> ones(words)
                        .mapWithState(StateSpec.function(
                                (Time time, String key, Optional<Integer> one, State<Integer> state) -> {
                                    int sum = one.orElse(0) + state.getOption().orElse(0);
                                    state.update(sum);
                                    return sum % 2 == 0 ? Optional.of(key + time.milliseconds()) : Optional.empty();
                                })))
                .expect(at(3), "a3000")
                .run();
    }

    @Test
    void aKeyTimesOutInTheFirstBatchThatIsMoreThanTheTimeOutAfterItsLastData() {
        for (Story<String> story : inMemoryAndBehindIt("a b c", "a b", "a", "", "", "a", "a", "a")) {
            story.stream(words -> ones(words)
                            .mapWithState(StateSpec.function(
                                            (Time time, String key, Optional<Integer> one, State<Integer> state) -> {
                                                if (state.isTimingOut()) {
                                                    return Optional.of(key + state.get());
                                                }
                                                state.update(1);
                                                return Optional.<String>empty();
                                            })
                                    .timeout(seconds(3))))
                    .expect(at(5), "c1")
                    .expect(at(6), "b1")
                    .run();
        }
    }

    @Test
    void aRunningReductionGivesTheNewStateOfEachRecord() {
        for (Story<String> story : inMemoryAndBehindIt("a a b a", "b a", "")) {
            story.stream(words -> ones(words).mapWithState(StateSpec.running(Reducers.sumInt())))
                    .expect(at(1), pair("a", 1), pair("a", 2), pair("b", 1), pair("a", 3))
                    .expect(at(2), pair("b", 2), pair("a", 4))
                    .run();
        }
    }

    @Test
    void updatesAreCalledForEveryKeyInEveryBatch() {
        for (Story<String> story : inMemoryAndBehindIt("a b", "a", "", "b")) {
            story.stream(words -> ones(words).<Integer>updateStateByKey((values, state) -> {
                        int sum = state.orElse(0) * 10 + values.size();
                        return sum >= 100 ? Optional.empty() : Optional.of(sum);
                    }))
                    .expect(at(1), pair("a", 1), pair("b", 1))
                    .expect(at(2), pair("a", 11), pair("b", 10))
                    .expect(at(3))
                    .expect(at(4), pair("b", 1))
                    .run();
        }
    }

    @Test
    void updatesMayKnowTimeAndKey() {
        story("a", "").stream(words -> ones(words)
                        .updateStateByKey((Time time, String key, List<Integer> values, Optional<String> state) ->
                                Optional.of(state.orElse("") + key + time.milliseconds())))
                .expect(at(1), pair("a", "a1000"))
                .expect(at(2), pair("a", "a1000a2000"))
                .run();
    }

    @Test
    void aRunningReductionIsAnUpdateThatVisitsTheBatchsKeysAlone() {
        for (Story<String> story : inMemoryAndBehindIt("a a b", "a", "")) {
            story.stream(words -> ones(words).updateStateByKey(Reducers.running(Reducers.sumInt())))
                    .expect(at(1), pair("a", 2), pair("b", 1))
                    .expect(at(2), pair("a", 3), pair("b", 1))
                    .expect(at(3), pair("a", 3), pair("b", 1))
                    .run();
        }
    }

    @Test
    void aKeyMayBeNull() {
        for (Story<String> story : inMemoryAndBehindIt("none b", "none")) {
            story.stream(words -> words.mapToPair(word -> pair(word.equals("none") ? null : word, 1))
                            .mapWithState(StateSpec.<String, Integer>running(Reducers.sumInt())))
                    .expect(at(1), pair(null, 1), pair("b", 1))
                    .expect(at(2), pair(null, 2))
                    .run();
        }
    }

    @Test
    void ofStatesToBeginWithThatHaveTheSameKeyTheLastOneCounts() {
        for (Story<String> story : inMemoryAndBehindIt("", "a")) {
            story.stream(words -> ones(words)
                            .<Integer>updateStateByKey(
                                    (values, state) -> Optional.of(state.get() + values.size()),
                                    new HashPartitioner(2),
                                    words.context()
                                            .millraceContext()
                                            .parallelizePairs(List.of(pair("a", 1), pair("b", 5), pair("a", 2)), 1)))
                    .expect(at(1), pair("a", 2), pair("b", 5))
                    .expect(at(2), pair("a", 3), pair("b", 5))
                    .run();
        }
    }

    @Test
    void aBatchWhoseFunctionThrowsLeavesTheStateAsItWas() {
        for (Story<String> story : inMemoryAndBehindIt("a b", "b bad a", "a")) {
            story.stream(words -> ones(words)
                            .mapWithState(
                                    StateSpec.function((String key, Optional<Integer> one, State<Integer> state) -> {
                                        if (key.equals("bad")) {
                                            throw new IllegalStateException("a bad key");
                                        }
                                        int sum = one.orElse(0) + (state.exists() ? state.get() : 0);
                                        state.update(sum);
                                        return key + sum;
                                    })))
                    .expect(at(1), "a1", "b1")
                    .expectError(at(2), "a bad key")
                    .expect(at(3), "a2")
                    .run();
        }
    }

    @Test
    void statesToBeginWithAreThereInTheFirstBatch() {
        try (Rig rig = new Rig(seconds(1), conf -> conf.set("millrace.state.store", "resident"))) {
            PushInputDStream<String> words = rig.ssc.pushStream(String.class);
            PairDStream<String, Integer> counts = ones(words)
                    .updateStateByKey(
                            (values, state) -> Optional.of(state.orElse(0) + values.size()),
                            new HashPartitioner(2),
                            rig.context.parallelizePairs(List.of(pair("a", 5), pair("b", 7))));
            MapWithStateDStream<String, Integer, Integer, Integer> mapped = ones(words)
                    .mapWithState(StateSpec.function(RUNNING_SUM)
                            .initialState(rig.context.parallelizePairs(List.of(pair("c", 9)))));
            Map<String, Integer> seen = new HashMap<>();
            counts.foreachRecord((pair, time) -> seen.put(pair._1, pair._2));
            mapped.stateSnapshots().foreachRecord((pair, time) -> seen.put(pair._1 + " mapped", pair._2));
            rig.ssc.start();
            words.offer("a");
            rig.toBatch(1);
            assertEquals(Map.of("a", 6, "b", 7, "c mapped", 9, "a mapped", 1), seen);
        }
    }

    @Test
    void whatFindsNoRoomInMemoryIsInFilesThatAreGoneAfterTheRun(@TempDir Path directory) throws IOException {
        try (Rig rig = new Rig(
                seconds(1), conf -> StatePlace.FILES.in(conf).set("millrace.state.directory", directory.toString()))) {
            PushInputDStream<String> words = rig.ssc.pushStream(String.class);
            ones(words).updateStateByKey(Reducers.running(Reducers.sumInt())).foreachRDD(rdd -> {});
            rig.ssc.start();
            words.offer("a");
            rig.toBatch(1);
            rig.toBatch(2);
            assertTrue(filesIn(directory) > 0, "no file is in the directory");
        }
        assertEquals(0, filesIn(directory));
    }

    private static long filesIn(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(path -> !path.equals(directory) && !Files.isDirectory(path))
                    .count();
        }
    }

    @Test
    void stateIsReadFromOutsideAsOfTheLastBatch() {
        try (Rig rig = new Rig(seconds(1), conf -> conf.set("millrace.state.store", "resident"))) {
            PushInputDStream<String> words = rig.ssc.pushStream(String.class);
            MapWithStateDStream<String, Integer, Integer, Integer> counts =
                    ones(words).mapWithState(StateSpec.function(RUNNING_SUM));
            counts.foreachRDD(rdd -> {});
            StateView<String, Integer> view = rig.ssc.stateOf(counts);
            rig.ssc.start();
            assertEquals(Optional.empty(), view.asOf());
            words.offer("a");
            words.offer("b");
            words.offer("a");
            rig.toBatch(1);
            Map<String, Integer> all = new HashMap<>();
            view.forEach(all::put);
            assertEquals(Map.of("a", 2, "b", 1), all);
            assertEquals(Optional.of(2), view.get("a"));
            assertEquals(Optional.empty(), view.get("z"));
            assertEquals(2, view.size());
            assertEquals(Optional.of(new Time(1000)), view.asOf());
        }
    }

    @Test
    void stateWithoutACheckpointDirectoryIsRefusedIfTheProgramWantsItSo() {
        try (Rig rig = new Rig(
                seconds(1),
                conf -> conf.set("millrace.state.store", "resident")
                        .set("millrace.streaming.requireCheckpointForState", "true"))) {
            ones(rig.ssc.pushStream(String.class))
                    .updateStateByKey(Reducers.running(Reducers.sumInt()))
                    .print();
            Throwable refused = assertThrows(IllegalArgumentException.class, rig.ssc::start);
            assertTrue(refused.getMessage().contains("checkpoint directory has not been set"), refused.getMessage());
        }
    }
}

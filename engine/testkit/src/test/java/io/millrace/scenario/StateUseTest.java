package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.at;
import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MapWithStateDStream;
import io.millrace.api.PairDStream;
import io.millrace.api.PushInputDStream;
import io.millrace.api.RDD;
import io.millrace.api.State;
import io.millrace.api.StateSpec;
import io.millrace.api.StateView;
import io.millrace.api.function.Function2;
import io.millrace.api.function.Reducers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What programs do with state besides computing it. */
class StateUseTest {
    /** An age that its owner changes in place. */
    public static final class Age {
        private int batches;

        @Override
        public String toString() {
            return "age " + batches;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStateThatUpdateStateByKeyChangesInPlaceAndGivesBackIsRememberedWhereverItIs(StatePlace place) {
        Function2<List<Integer>, Optional<Age>, Optional<Age>> grow = (ones, age) -> {
            Age grown = age.orElseGet(Age::new);
            grown.batches++;
            return Optional.of(grown);
        };
        try (Rig rig = new Rig(seconds(1), conf -> place.in(conf).registerKryoClasses(new Class<?>[] {Age.class}))) {
            PushInputDStream<String> words = rig.ssc.pushStream(String.class);
            List<String> ages = new ArrayList<>();
            words.mapToPair(word -> pair(word, 1)).updateStateByKey(grow).foreachRDD(rdd -> {
                ages.clear();
                rdd.collect().forEach(pair -> ages.add(pair._1 + " " + pair._2));
            });
            rig.ssc.start();
            words.offer("a");
            words.offer("b");
            for (int batch = 1; batch <= 5; batch++) {
                rig.toBatch(batch);
            }
            ages.sort(null);
            assertEquals(List.of("a age 5", "b age 5"), ages);
        }
    }

    @Test
    void initialStatesOfMapWithStateAreThereBeforeTheStreamHasADataset() {
        try (Rig rig = new Rig(seconds(1), StatePlace.MEMORY::in)) {
            Queue<RDD<String>> queue = new LinkedList<>();
            queue.add(null); // no dataset in the first batch
            PairDStream<String, Integer> ones = rig.ssc.queueStream(queue).mapToPair(word -> pair(word, 1));
            MapWithStateDStream<String, Integer, Integer, ?> sums =
                    ones.mapWithState(StateSpec.<String, Integer>running(Reducers.sumInt())
                            .initialState(rig.context.parallelizePairs(List.of(pair("i", 100)))));
            List<Object> snapshots = new ArrayList<>();
            sums.stateSnapshots().foreachRDD(rdd -> snapshots.add(rdd.collect()));
            rig.ssc.start();
            rig.toBatch(1);
            assertEquals(List.of(List.of(pair("i", 100))), snapshots);
        }
    }

    @Test
    void stateThatIsAskedForInsideAFunctionThatABatchRunsIsRefusedAndNotWaitedFor() {
        try (Rig rig = new Rig(seconds(1), StatePlace.MEMORY::in)) {
            PushInputDStream<String> words = rig.ssc.pushStream(String.class);
            AtomicReference<StateView<String, Integer>> view = new AtomicReference<>();
            AtomicReference<String> refusal = new AtomicReference<>();
            Function2<List<Integer>, Optional<Integer>, Optional<Integer>> function = (ones, sum) -> {
                refusal.set(assertThrows(
                                IllegalStateException.class, () -> view.get().get("a"))
                        .getMessage());
                return Optional.of(1);
            };
            PairDStream<String, Integer> sums =
                    words.mapToPair(word -> pair(word, 1)).updateStateByKey(function);
            sums.foreachRDD(rdd -> {});
            view.set(rig.ssc.stateOf(sums));
            rig.ssc.start();
            words.offer("a");
            rig.toBatch(1);
            assertTrue(refusal.get().contains("would wait for itself"), refusal.get());
            assertEquals(Optional.of(1), view.get().get("a"));
        }
    }

    @Test
    void stateOfAStreamThatRemembersNothingIsRefusedAtOnce() {
        try (Rig rig = new Rig(seconds(1), StatePlace.MEMORY::in)) {
            PairDStream<String, Integer> ones = rig.ssc.pushStream(String.class).mapToPair(word -> pair(word, 1));
            String refusal = assertThrows(IllegalArgumentException.class, () -> rig.ssc.stateOf(ones))
                    .getMessage();
            assertTrue(refusal.contains("'mapToPair-1'"), refusal);
            assertTrue(refusal.contains("remembers nothing by key"), refusal);
        }
    }

    @Test
    void aStateIsOfNoUseAfterItsCall() {
        List<State<Integer>> kept = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1), StatePlace.MEMORY::in)) {
            PushInputDStream<String> words = rig.ssc.pushStream(String.class);
            words.mapToPair(word -> pair(word, 1))
                    .mapWithState(StateSpec.function((String key, Optional<Integer> one, State<Integer> state) -> {
                        kept.add(state);
                        state.update(1);
                        return key;
                    }))
                    .foreachRDD(rdd -> {});
            rig.ssc.start();
            words.offer("a");
            rig.toBatch(1);
        }
        for (Runnable use : Arrays.<Runnable>asList(
                () -> kept.get(0).get(),
                () -> kept.get(0).update(2),
                () -> kept.get(0).remove())) {
            assertTrue(assertThrows(IllegalStateException.class, use::run)
                    .getMessage()
                    .contains("is of one call of the function, which is over"));
        }
    }

    @Test
    void aFilterThatGivesNullFailsTheBatchAndSaysSo() {
        StatePlace.MEMORY.batches().words("a").stream(words -> words.mapToPair(word -> pair(word, 1))
                        .reduceByKeyAndWindow(
                                Reducers.sumInt(), Reducers.subtractInt(), seconds(2), seconds(1), 1, pair -> null))
                .expectError(at(1), "the filter gave null")
                .run();
    }
}

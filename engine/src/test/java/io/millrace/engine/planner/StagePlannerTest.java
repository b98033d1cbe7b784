package io.millrace.engine.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.DStream;
import io.millrace.api.Durations;
import io.millrace.api.HashPartitioner;
import io.millrace.api.MillraceConf;
import io.millrace.api.PairDStream;
import io.millrace.api.StreamingContext;
import io.millrace.api.function.Reducers;
import io.millrace.api.function.Text;
import io.millrace.engine.physical.ExchangeSpec;
import io.millrace.engine.physical.OutputStage;
import io.millrace.engine.physical.PhysicalPlan;
import io.millrace.engine.physical.Redistribution;
import io.millrace.engine.physical.Stage;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StagePlannerTest {
    private static PhysicalPlan planOf(Consumer<StreamingContext> program) {
        try (StreamingContext ssc = new StreamingContext(
                new MillraceConf(false).setMaster("local[0]").setAppName("plan"), Durations.seconds(1))) {
            program.accept(ssc);
            return StagePlanner.plan(ssc.plan(), 5, 1000);
        }
    }

    private static List<String> stepsOf(Stage stage) {
        if (!(stage instanceof Stage.Narrow narrow)) {
            return List.of();
        }
        return narrow.steps().nodes().stream()
                .map(step -> step.id().text().replaceAll("[^A-Za-z].*", ""))
                .toList();
    }

    private static Stage inputOf(Stage stage) {
        return stage instanceof Stage.Narrow narrow ? narrow.input() : stage;
    }

    @Test
    void narrowOperatorsStandInOneStageUpToAnExchange() {
        PhysicalPlan plan = planOf(ssc -> ssc.pushStream(String.class)
                .flatMap(Text.words())
                .filter(word -> true)
                .mapToPair(Text.pairWith(1))
                .reduceByKey(Reducers.sumInt())
                .mapValues(count -> count + 1)
                .print());
        assertEquals(1, plan.exchanges().size());
        ExchangeSpec exchange = plan.exchanges().get(0);
        assertEquals(5, exchange.how().partitions());
        Stage before = exchange.input();
        assertEquals(List.of("flatMap", "filter", "mapToPair"), stepsOf(before));
        assertEquals(new Stage.Source(0), inputOf(before));
        Stage after = plan.outputs().get(0).stage();
        assertEquals(List.of("mapValues"), stepsOf(after));
        assertEquals(new Stage.Exchanged(0), inputOf(after));
    }

    @Test
    void anExchangeIsPlannedOnceForAllWhoReadIt() {
        PhysicalPlan plan = planOf(ssc -> {
            PairDStream<String, Long> counts = ssc.pushStream(String.class).countByValue(2);
            counts.print();
            counts.map(counted -> counted._1).print();
            counts.foreachRDD(rdd -> {});
        });
        assertEquals(1, plan.exchanges().size());
        assertEquals(2, plan.exchanges().get(0).how().partitions());
        for (OutputStage output : plan.outputs()) {
            assertEquals(new Stage.Exchanged(0), inputOf(output.stage()));
        }
        assertSame(plan.outputs().get(0).stage(), plan.outputs().get(2).stage());
    }

    @Test
    void whatFollowsAUnionIsPutBehindEachOfItsParts() {
        PhysicalPlan plan = planOf(ssc -> {
            DStream<String> left = ssc.pushStream(String.class);
            DStream<String> right = ssc.pushStream(String.class).filter(word -> true);
            left.union(right).union(left).map(word -> word).print();
        });
        List<Stage> parts = ((Stage.Union) plan.outputs().get(0).stage()).parts();
        assertEquals(
                List.of(List.of("map"), List.of("filter", "map"), List.of("map")),
                parts.stream().map(StagePlannerTest::stepsOf).toList());
        assertEquals(new Stage.Source(1), inputOf(parts.get(1)));
    }

    @Test
    void countAndReduceTakeAWholeBatchToOnePartition() {
        PhysicalPlan plan = planOf(ssc -> {
            DStream<Integer> numbers = ssc.pushStream(Integer.class);
            numbers.count().print();
            numbers.reduce((a, b) -> a + b).print();
        });
        for (ExchangeSpec exchange : plan.exchanges()) {
            assertTrue(exchange.how() instanceof Redistribution.FoldAll);
            assertEquals(1, exchange.how().partitions());
        }
    }

    @Test
    void whatNoOutputReadsIsNotPlanned() {
        PhysicalPlan plan = planOf(ssc -> {
            DStream<String> words = ssc.pushStream(String.class);
            words.countByValue();
            words.print();
        });
        assertEquals(List.of(), plan.exchanges());
        assertEquals(1, plan.outputs().size());
        assertEquals(1, plan.sources().size());
    }

    @Test
    void keyedInputsThatThePartitionerHasSpreadAlreadyAreJoinedWithoutAnExchange() {
        PhysicalPlan plan = planOf(ssc -> {
            PairDStream<String, Long> counts = ssc.pushStream(String.class)
                    .mapToPair(Text.pairWith(1L))
                    .reduceByKey(Reducers.sumLong(), new HashPartitioner(3));
            counts.mapValues(count -> 2 * count)
                    .join(counts.filter(counted -> true), new HashPartitioner(3))
                    .print();
        });
        assertEquals(1, plan.exchanges().size());
        Stage.Matched joined = (Stage.Matched) plan.outputs().get(0).stage();
        assertEquals(new Stage.Exchanged(0), inputOf(joined.left()));
        assertEquals(new Stage.Exchanged(0), inputOf(joined.right()));
    }

    @Test
    void otherKeyedInputsAreExchangedOncePerSide() {
        PhysicalPlan plan = planOf(ssc -> {
            PairDStream<String, Integer> pairs = ssc.pushStream(String.class).mapToPair(Text.pairWith(1));
            pairs.join(pairs, 4).print();
        });
        assertEquals(
                List.of(new Redistribution.ShuffleByKey(4, null), new Redistribution.ShuffleByKey(4, null)),
                plan.exchanges().stream().map(ExchangeSpec::how).toList());
    }

    @Test
    void aPersistedStreamIsReadOnceByAllWhoReadIt() {
        PhysicalPlan plan = planOf(ssc -> {
            DStream<String> upper =
                    ssc.pushStream(String.class).map(word -> word.toUpperCase()).cache();
            upper.print();
            upper.filter(word -> true).print();
        });
        assertEquals(1, plan.persistedCount());
        Stage kept = plan.outputs().get(0).stage();
        assertTrue(kept instanceof Stage.Persisted);
        assertSame(kept, inputOf(plan.outputs().get(1).stage()));
    }
}

package io.millrace.engine.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.DStream;
import io.millrace.api.Durations;
import io.millrace.api.MillraceConf;
import io.millrace.api.PairDStream;
import io.millrace.api.StreamingContext;
import io.millrace.api.function.Reducers;
import io.millrace.api.function.Text;
import io.millrace.engine.physical.Branch;
import io.millrace.engine.physical.ExchangeSpec;
import io.millrace.engine.physical.OutputStage;
import io.millrace.engine.physical.PhysicalPlan;
import io.millrace.engine.physical.StageInput;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StagePlannerTest {
    private static PhysicalPlan planOf(Consumer<StreamingContext> program) {
        try (StreamingContext ssc = new StreamingContext(
                new MillraceConf(false).setMaster("local[0]").setAppName("plan"), Durations.seconds(1))) {
            program.accept(ssc);
            return StagePlanner.plan(ssc.plan(), 5);
        }
    }

    private static List<String> stepsOf(Branch branch) {
        return branch.steps().stream()
                .map(step -> step.id().text().replaceAll("[^A-Za-z].*", ""))
                .toList();
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
        assertEquals(5, exchange.partitions());
        Branch before = exchange.input().branches().get(0);
        assertEquals(List.of("flatMap", "filter", "mapToPair"), stepsOf(before));
        assertEquals(new StageInput.FromSource(0), before.input());
        Branch after = plan.outputs().get(0).stage().branches().get(0);
        assertEquals(List.of("mapValues"), stepsOf(after));
        assertEquals(new StageInput.FromExchange(0), after.input());
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
        assertEquals(2, plan.exchanges().get(0).partitions());
        for (OutputStage output : plan.outputs()) {
            assertEquals(
                    new StageInput.FromExchange(0),
                    output.stage().branches().get(0).input());
        }
        assertSame(plan.outputs().get(0).stage(), plan.outputs().get(2).stage());
    }

    @Test
    void aUnionIsSeveralBranchesAndWhatFollowsIsPutBehindEach() {
        PhysicalPlan plan = planOf(ssc -> {
            DStream<String> left = ssc.pushStream(String.class);
            DStream<String> right = ssc.pushStream(String.class).filter(word -> true);
            left.union(right).union(left).map(word -> word).print();
        });
        List<Branch> branches = plan.outputs().get(0).stage().branches();
        assertEquals(
                List.of(List.of("map"), List.of("filter", "map"), List.of("map")),
                branches.stream().map(StagePlannerTest::stepsOf).toList());
        assertEquals(new StageInput.FromSource(1), branches.get(1).input());
    }

    @Test
    void countAndReduceTakeAWholeBatchToOnePartition() {
        PhysicalPlan plan = planOf(ssc -> {
            DStream<Integer> numbers = ssc.pushStream(Integer.class);
            numbers.count().print();
            numbers.reduce((a, b) -> a + b).print();
        });
        for (ExchangeSpec exchange : plan.exchanges()) {
            assertTrue(exchange.wholeBatch());
            assertEquals(1, exchange.partitions());
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
}

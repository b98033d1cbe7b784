package io.millrace.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.PlanException;
import io.millrace.api.StorageLevel;
import io.millrace.api.function.Reducers;
import io.millrace.api.function.Text;
import io.millrace.plan.PlanNode.Shape;
import io.millrace.plan.sink.PrintSpec;
import io.millrace.plan.source.SocketTextSpec;
import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PlanTest {
    private final PlanBuilder builder = new PlanBuilder();

    private OperatorId wordCount() {
        OperatorId lines = builder.add(
                "source",
                id -> new PlanNode.Source(id, 0, new SocketTextSpec("localhost", 9999, StorageLevel.MEMORY_ONLY)));
        OperatorId words = builder.add(
                "flatMap", id -> new PlanNode.RowFlatMap(id, lines, Shape.ROW, (Serializable) Text.split(' ')));
        OperatorId pairs = builder.add(
                "mapToPair", id -> new PlanNode.RowMap(id, words, Shape.PAIR, (Serializable) Text.pairWith(1)));
        return builder.add(
                "reduceByKey",
                id -> new PlanNode.Aggregate(
                        id, pairs, new Aggregator.Reduce(Reducers.sumInt()), Partitioning.DEFAULT));
    }

    private Function<OperatorId, PlanNode> printOf(OperatorId input) {
        return id -> new PlanNode.Output(id, input, true, new PrintSpec(10));
    }

    @Test
    void operatorsAreNamedByKindAndPlaceInCreationOrder() {
        OperatorId counts = wordCount();
        builder.add("print", printOf(counts));
        builder.add("print", printOf(counts));
        assertEquals(
                List.of("source-1", "flatMap-1", "mapToPair-1", "reduceByKey-1", "print-1", "print-2"),
                builder.build().nodes().stream().map(node -> node.id().text()).toList());
    }

    @Test
    void aPlanPrintsOneOperatorALineWithWhatItReads() {
        OperatorId counts = wordCount();
        builder.add("print", printOf(counts));
        List<String> lines = builder.build().toString().lines().toList();
        assertEquals("source-1: source socket localhost:9999 of UTF8", lines.get(0));
        assertTrue(lines.get(1).startsWith("flatMap-1 <- [source-1]: flatMap "), lines.get(1));
        assertTrue(lines.get(3).startsWith("reduceByKey-1 <- [mapToPair-1]: by key reduce "), lines.get(3));
        assertEquals("print-1 <- [reduceByKey-1]: output print(10)", lines.get(4));
    }

    @Test
    void anOperatorKeepsTheNameItIsGiven() {
        OperatorId counts = builder.rename(wordCount(), "counts");
        builder.add("print", printOf(counts));
        Plan plan = builder.build();
        assertEquals("counts", plan.node(counts).id().text());
        assertEquals(List.of(counts), plan.outputs().get(0).inputs());
    }

    @Test
    void aNameIsRefusedWhenItIsTaken() {
        OperatorId counts = wordCount();
        PlanException refused = assertThrows(PlanException.class, () -> builder.rename(counts, "flatMap-1"));
        assertTrue(refused.getMessage().contains("'flatMap-1' is taken"), refused.getMessage());
    }

    @Test
    void aNameIsRefusedOnceAnotherOperatorReadsTheStream() {
        OperatorId counts = wordCount();
        builder.add("print", printOf(counts));
        PlanException refused = assertThrows(PlanException.class, () -> builder.rename(counts, "counts"));
        assertTrue(refused.getMessage().contains("already read by 'print-1'"), refused.getMessage());
    }

    @Test
    void aBuiltPlanDoesNotSeeLaterAdditions() {
        OperatorId counts = wordCount();
        Plan before = builder.build();
        builder.add("print", printOf(counts));
        assertTrue(before.outputs().isEmpty());
        assertEquals(1, builder.build().outputs().size());
    }

    @Test
    void anUnknownOperatorIsRefusedByName() {
        wordCount();
        Plan plan = builder.build();
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> plan.node(new OperatorId("joins")));
        assertTrue(refused.getMessage().contains("no operator 'joins'"), refused.getMessage());
    }

    @Test
    void portsAndCountsOutOfRangeAreRefusedWithTheValue() {
        StorageLevel level = StorageLevel.MEMORY_ONLY;
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new SocketTextSpec("h", 70_000, level))
                .getMessage()
                .contains("70000"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new PrintSpec(-1))
                .getMessage()
                .contains("-1"));
    }
}

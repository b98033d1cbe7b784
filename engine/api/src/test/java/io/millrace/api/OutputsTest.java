package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.plan.PlanNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What outputs wait for, and what they tell other systems (behaviour spec 1.11; reliability 2.4). */
class OutputsTest {
    private static final Delivery DELIVERY = new Delivery("foreachRDD-2", new Time(1_357_008_430_000L), true);

    private final StreamingContext ssc = new FakeBackend().context();
    private final DStream<String> lines = ssc.socketTextStream("host", 1);

    private List<OutputGate> gates() {
        return ssc.plan().outputs().stream().map(PlanNode.Output::gate).toList();
    }

    @Test
    void whatTheProgramDoesWaitsForThePlanAndFilesForTheCommit() {
        lines.print();
        lines.foreachRDD(rdd -> {});
        lines.foreachRDD((rdd, time) -> {});
        lines.foreachRDD((rdd, time, delivery) -> {});
        lines.foreachRecord((line, time) -> {});
        lines.saveAsTextFiles("text");
        lines.saveAsObjectFiles("objects");
        OutputGate planned = OutputGate.PLANNED;
        OutputGate committed = OutputGate.COMMITTED;
        assertEquals(List.of(planned, planned, planned, planned, planned, committed, committed), gates());
    }

    @Test
    void aBodyMayBeEager() {
        lines.foreachRDD(OutputGate.EAGER, (rdd, time) -> {});
        lines.mapToPair(line -> new Tuple2<>(line, 1)).foreachRecord(OutputGate.EAGER, (pair, time) -> {});
        assertEquals(List.of(OutputGate.EAGER, OutputGate.EAGER), gates());
    }

    @Test
    void aBodyCannotWaitForTheCommit() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> lines.foreachRDD(OutputGate.COMMITTED, (rdd, time) -> {}));
        assertTrue(refused.getMessage().startsWith("foreachRDD with the gate COMMITTED"), refused.getMessage());
        refused = assertThrows(
                IllegalArgumentException.class, () -> lines.foreachRecord(OutputGate.COMMITTED, (line, time) -> {}));
        assertTrue(refused.getMessage().startsWith("foreachRecord with the gate COMMITTED"), refused.getMessage());
    }

    @Test
    void aDeliveryNamesItsBatchAndEachPartitionOfIt() {
        assertEquals("foreachRDD-2/1357008430000", DELIVERY.idempotencyKey());
        assertEquals("foreachRDD-2/1357008430000/0", DELIVERY.idempotencyKey(0));
        assertEquals("foreachRDD-2/1357008430000/17", DELIVERY.idempotencyKey(17));
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> DELIVERY.idempotencyKey(-1));
        assertTrue(refused.getMessage().contains("partition -1"), refused.getMessage());
    }

    @Test
    void aDeliveryGoesWithTheFunctionsThatUseIt() {
        assertEquals(DELIVERY, Serialized.copyOf(DELIVERY));
    }
}

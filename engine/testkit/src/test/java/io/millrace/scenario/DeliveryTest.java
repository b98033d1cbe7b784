package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.api.Delivery;
import io.millrace.api.PushInputDStream;
import io.millrace.api.TaskContext;
import io.millrace.api.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What an output's body is told of the batch it gets (reliability 2.4, P4). */
class DeliveryTest {
    private static void run(Consumer<PushInputDStream<String>> program) {
        try (Rig rig = new Rig(seconds(1))) {
            PushInputDStream<String> words = rig.ssc.pushStream(String.class);
            program.accept(words);
            rig.ssc.start();
            for (int batch = 1; batch <= 2; batch++) {
                List.of("a", "b", "c" + batch).forEach(words::offer);
                rig.toBatch(batch);
            }
        }
    }

    @Test
    void eachOutputOfEachBatchHasANameOfItsOwn() {
        List<Delivery> seen = new ArrayList<>();
        run(words -> {
            words.foreachRDD((rdd, time, delivery) -> {
                assertEquals(time, delivery.batchTime());
                seen.add(delivery);
            });
            words.foreachRecord((word, time) -> {});
            words.mapToPair(word -> pair(word, 1)).foreachRDD((rdd, time, delivery) -> seen.add(delivery));
        });
        assertEquals(
                List.of(
                        new Delivery("foreachRDD-1", new Time(1000), false),
                        new Delivery("foreachRDD-2", new Time(1000), false),
                        new Delivery("foreachRDD-1", new Time(2000), false),
                        new Delivery("foreachRDD-2", new Time(2000), false)),
                seen);
    }

    @Test
    void aWorkerKnowsThePartitionThatTheKeyNames() {
        Map<String, List<String>> store = new ConcurrentHashMap<>();
        run(words -> words.repartition(2)
                .foreachRDD((rdd, time, delivery) -> rdd.foreachPartition(partition -> {
                    List<String> records = new ArrayList<>();
                    partition.forEachRemaining(records::add);
                    store.put(delivery.idempotencyKey(TaskContext.get().partitionId()), records);
                })));
        assertEquals(
                "{foreachRDD-1/1000/0=[a, c1], foreachRDD-1/1000/1=[b], foreachRDD-1/2000/0=[a, c2],"
                        + " foreachRDD-1/2000/1=[b]}",
                new TreeMap<>(store).toString());
    }
}

package io.millrace.rdd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.Broadcast;
import io.millrace.api.MillraceException;
import io.millrace.api.RDD;
import io.millrace.api.TaskContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a function can learn of the task that calls it (behaviour spec 1.13, 1.14). */
class TaskContextTest {
    @TestFactory
    List<DynamicTest> aFunctionKnowsItsPartition() {
        return Engines.onEach(sc -> {
            RDD<Integer> numbers = sc.parallelize(List.of(1, 2, 3, 4), 4);
            assertEquals(
                    List.of(0, 1, 2, 3),
                    numbers.map(n -> TaskContext.getPartitionId()).collect());
            assertEquals(
                    2,
                    numbers.map(n -> TaskContext.get().partitionId())
                            .collectPartitions(new int[] {2})[0]
                            .get(0));
            assertNull(TaskContext.get());
            assertEquals(0, TaskContext.getPartitionId());
        });
    }

    @TestFactory
    List<DynamicTest> tasksHaveNumbersOfTheirOwnAndRunsGrow() {
        return Engines.onEach(sc -> {
            RDD<Long> ids = sc.parallelize(List.of(1, 2, 3), 3)
                    .map(n -> TaskContext.get().taskAttemptId());
            List<Long> all = new ArrayList<>(ids.collect());
            all.addAll(ids.collect());
            assertEquals(6, new HashSet<>(all).size());
            RDD<Integer> stages =
                    sc.parallelize(List.of(1), 1).map(n -> TaskContext.get().stageId());
            assertTrue(stages.first() < stages.first());
            assertEquals(
                    List.of("0 0 false"),
                    sc.parallelize(List.of(1), 1)
                            .map(n -> TaskContext.get().attemptNumber() + " "
                                    + TaskContext.get().stageAttemptNumber() + " "
                                    + TaskContext.get().isCompleted())
                            .collect());
        });
    }

    @TestFactory
    List<DynamicTest> tasksSeeThePropertiesOfTheThreadThatAsked() {
        return Engines.onEach(sc -> {
            RDD<String> pools =
                    sc.parallelize(List.of(1, 2), 2).map(n -> TaskContext.get().getLocalProperty("pool"));
            assertNull(pools.first());
            sc.setLocalProperty("pool", "fast");
            assertEquals(List.of("fast", "fast"), pools.collect());
            assertEquals(List.of("fast", "fast"), pools.collectAsync().get());
            sc.setLocalProperty("pool", null);
            assertNull(pools.first());
            sc.setJobGroup("nightly", "all of it");
            assertEquals(
                    "nightly",
                    pools.map(pool -> TaskContext.get().getLocalProperty("spark.jobGroup.id"))
                            .first());
        });
    }

    @TestFactory
    List<DynamicTest> listenersAreToldWhenATaskEnds() {
        return Engines.onEach(sc -> {
            List<String> told = Collections.synchronizedList(new ArrayList<>());
            RDD<Integer> watched = sc.parallelize(List.of(1, 0), 1).map(n -> {
                TaskContext.get()
                        .addTaskCompletionListener(task -> told.add(n + " ended " + task.isCompleted()))
                        .addTaskFailureListener((task, reason) -> told.add(n + " failed"));
                return 1 / n;
            });
            assertThrows(RuntimeException.class, watched::collect);
            assertEquals(List.of("0 failed", "1 failed", "0 ended true", "1 ended true"), told);
            told.clear();
            assertEquals(
                    1,
                    sc.parallelize(List.of(1), 1)
                            .map(n -> {
                                TaskContext.get().addTaskCompletionListener(task -> told.add("ended"));
                                return n;
                            })
                            .count());
            assertEquals(List.of("ended"), told);
        });
    }

    @TestFactory
    List<DynamicTest> aBroadcastIsReadUntilItIsDestroyed() {
        return Engines.onEach(sc -> {
            Broadcast<List<String>> names = sc.broadcast(List.of("zero", "one"));
            RDD<String> named =
                    sc.parallelize(List.of(1, 0), 2).map(n -> names.value().get(n));
            assertEquals(List.of("one", "zero"), named.collect());
            names.unpersist();
            assertEquals(List.of("one", "zero"), named.collect());
            assertEquals("Broadcast(" + names.id() + ")", names.toString());
            names.destroy();
            assertThrows(MillraceException.class, names::value);
            assertThrows(RuntimeException.class, named::collect);
        });
    }
}

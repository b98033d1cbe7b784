package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.DStream;
import io.millrace.api.DStreamLike;
import io.millrace.api.MillraceException;
import io.millrace.api.RDD;
import io.millrace.api.RDDActions;
import io.millrace.testkit.Expectations;
import io.millrace.testkit.Scenario;
import io.millrace.testkit.Story;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;

/**
 * A row of a table of tests: what comes in batch by batch, what is done, what comes out. Batches are a second apart.
 *
 * <p>A row is played as a {@link Scenario}, in all its ways. If it says how many partitions its batches have, or if a batch is null,
 * which is a batch without a dataset, it is played from a queue of datasets, with no, one and two workers.
 *
 * @param <U> record type of what comes out
 */
final class Row<U> {
    private final String name;
    private final List<List<List<Object>>> inputs;
    private final int partitionsIn;
    private final Function<List<DStream<Object>>, ? extends DStreamLike<U, ?, ?>> program;
    private int partitionsOut;

    private Row(
            String name,
            List<List<List<Object>>> inputs,
            int partitionsIn,
            Function<List<DStream<Object>>, ? extends DStreamLike<U, ?, ?>> program) {
        this.name = name;
        this.inputs = inputs;
        this.partitionsIn = partitionsIn;
        this.program = program;
    }

    /** Begin a row. */
    static <T> One<T> row(String name, List<List<T>> input) {
        return new One<>(name, input, 0);
    }

    /** Batches; a null one has no dataset. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    static <T> List<List<T>> batches(List<T>... batches) {
        return Arrays.asList(batches);
    }

    /** A row with one input. */
    record One<T>(String name, List<List<T>> input, int partitions) {
        One<T> inPartitions(int wanted) {
            return new One<>(name, input, wanted);
        }

        <V> Two<T, V> beside(List<List<V>> other) {
            return new Two<>(this, other);
        }

        <U> Row<U> by(Function<DStream<T>, ? extends DStreamLike<U, ?, ?>> operation) {
            Function<DStream<Object>, ? extends DStreamLike<U, ?, ?>> erased = Erased.function(operation);
            return new Row<>(
                    name,
                    List.of(Erased.<List<List<Object>>>function(input)),
                    partitions,
                    inputs -> erased.apply(inputs.get(0)));
        }
    }

    /** A row with two inputs. */
    record Two<T, V>(One<T> first, List<List<V>> second) {
        <U> Row<U> by(BiFunction<DStream<T>, DStream<V>, ? extends DStreamLike<U, ?, ?>> operation) {
            BiFunction<DStream<Object>, DStream<Object>, ? extends DStreamLike<U, ?, ?>> erased =
                    Erased.function(operation);
            return new Row<>(
                    first.name,
                    List.of(
                            Erased.<List<List<Object>>>function(first.input),
                            Erased.<List<List<Object>>>function(second)),
                    first.partitions,
                    inputs -> erased.apply(inputs.get(0), inputs.get(1)));
        }
    }

    /** Every batch that comes out has so many partitions. */
    Row<U> inPartitions(int wanted) {
        partitionsOut = wanted;
        return this;
    }

    /** The batches that come out, their records in this order. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    final DynamicTest gives(List<U>... expected) {
        return test(Arrays.asList(expected), true);
    }

    /** The batches that come out, their records in any order. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    final DynamicTest givesInAnyOrder(List<U>... expected) {
        return test(Arrays.asList(expected), false);
    }

    private DynamicTest test(List<List<U>> expected, boolean ordered) {
        boolean fromQueue = partitionsIn > 0
                || inputs.stream().anyMatch(input -> input.stream().anyMatch(Objects::isNull));
        return DynamicTest.dynamicTest(name, () -> {
            if (fromQueue) {
                playFromQueues(expected, ordered);
            } else {
                playAsScenario(expected, ordered);
            }
        });
    }

    @SuppressWarnings("unchecked") // arrays that are only read
    private void playAsScenario(List<List<U>> expected, boolean ordered) {
        Story<Object> story =
                Scenario.batchesEvery(seconds(1)).records(inputs.get(0).toArray(List[]::new));
        Expectations<U> expectations = inputs.size() == 1
                ? story.stream(input -> program.apply(List.of(input)))
                : story.beside((List<Object>[]) inputs.get(1).toArray(List[]::new))
                        .streams((left, right) -> program.apply(List.of(left, right)));
        for (int batch = 1; batch <= expected.size(); batch++) {
            U[] records = (U[]) expected.get(batch - 1).toArray();
            if (ordered) {
                expectations.expectOrdered(at(batch), records);
            } else {
                expectations.expect(at(batch), records);
            }
        }
        expectations.run();
    }

    private void playFromQueues(List<List<U>> expected, boolean ordered) throws Exception {
        for (int workers = 0; workers <= 2; workers++) {
            Map<Long, List<?>> given = new TreeMap<>();
            try (Rig rig = rig(workers, expected.size(), given)) {
                assertFalse(rig.ssc.awaitTerminationOrTimeout(0));
            }
            for (int batch = 1; batch <= expected.size(); batch++) {
                List<U> wanted = expected.get(batch - 1);
                List<?> records = given.get(batch * 1000L);
                String where = name + ", batch " + batch + ", " + workers + " workers";
                if (ordered || wanted == null) {
                    assertEquals(wanted, records, where);
                } else {
                    assertEquals(Values.sorted(wanted), Values.sorted(records), where);
                }
            }
        }
    }

    /** The batch of that number fails before its outputs run; the message says the words. */
    DynamicTest fails(int batch, String... words) {
        return DynamicTest.dynamicTest(name, () -> {
            for (int workers = 0; workers <= 2; workers++) {
                Map<Long, List<?>> given = new TreeMap<>();
                try (Rig rig = rig(workers, batch, given)) {
                    String message = assertThrows(MillraceException.class, rig.ssc::awaitTermination)
                            .getMessage();
                    for (String word : words) {
                        assertTrue(message.contains(word), message);
                    }
                }
                assertEquals(batch - 1, given.size(), "batches whose outputs ran: " + given);
            }
        });
    }

    /** An engine that has run so many batches. */
    private Rig rig(int workers, int batches, Map<Long, List<?>> given) {
        Rig rig = new Rig(seconds(1), conf -> conf.setMaster("local[" + workers + "]"));
        List<DStream<Object>> streams = new ArrayList<>();
        for (List<List<Object>> input : inputs) {
            Queue<RDD<Object>> queue = new LinkedList<>();
            for (List<Object> batch : input) {
                queue.add(batch == null ? null : rig.context.parallelize(batch, Math.max(1, partitionsIn)));
            }
            streams.add(rig.ssc.queueStream(queue));
        }
        program.apply(streams).foreachRDD((rdd, time) -> {
            RDDActions<?> batch = (RDDActions<?>) rdd;
            given.put(time.milliseconds(), batch.collect());
            if (partitionsOut > 0) {
                assertEquals(partitionsOut, batch.getNumPartitions());
            }
        });
        rig.ssc.start();
        rig.toBatch(batches);
        return rig;
    }
}

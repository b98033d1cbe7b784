package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.DStream;
import io.millrace.api.InputDStream;
import io.millrace.api.LongAccumulator;
import io.millrace.api.MillraceException;
import io.millrace.api.PairDStream;
import io.millrace.api.PairRDD;
import io.millrace.api.RDD;
import io.millrace.api.ReceiverInputDStream;
import io.millrace.api.Time;
import io.millrace.api.Tuple2;
import io.millrace.api.UserFunctionException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Rows of Spark's suites that are programs and no tables (behaviour spec 5.1, 5.4, 5.5, 5.11). */
class SuiteProgramsTest {
    private static <T> Queue<RDD<T>> queue(Rig rig, List<List<T>> batches) {
        Queue<RDD<T>> queue = new ArrayDeque<>();
        batches.forEach(batch -> queue.add(rig.context.parallelize(batch, 2)));
        return queue;
    }

    @Test
    void allFormsOfTransformTakeLambdas() {
        try (Rig rig = new Rig(seconds(1))) {
            DStream<Integer> plain = rig.ssc.queueStream(new ArrayDeque<>());
            PairDStream<String, Integer> keyed = plain.mapToPair(x -> pair("k", x));
            List<Object> streams = new ArrayList<>();

            DStream<Integer> plainToPlain = plain.transform(in -> null);
            DStream<Integer> plainToPlainAtTime = plain.transform((in, time) -> null);
            PairDStream<String, Integer> plainToPair = plain.transformToPair(in -> null);
            PairDStream<String, Integer> plainToPairAtTime = plain.transformToPair((in, time) -> null);
            DStream<Integer> pairToPlain = keyed.transform(in -> null);
            DStream<Integer> pairToPlainAtTime = keyed.transform((in, time) -> null);
            PairDStream<String, Integer> pairToPair = keyed.transformToPair(in -> null);
            PairDStream<String, String> pairToPairAtTime = keyed.transformToPair((in, time) -> null);
            streams.addAll(List.of(plainToPlain, plainToPlainAtTime, plainToPair, plainToPairAtTime));
            streams.addAll(List.of(pairToPlain, pairToPlainAtTime, pairToPair, pairToPairAtTime));
            assertEquals(8, streams.size());
        }
    }

    @Test
    void allFormsOfTransformWithTakeLambdas() {
        try (Rig rig = new Rig(seconds(1))) {
            DStream<Integer> plain = rig.ssc.queueStream(new ArrayDeque<>());
            PairDStream<String, Integer> keyed = plain.mapToPair(x -> pair("k", x));
            List<Object> streams = new ArrayList<>();

            DStream<Double> ofPlains = plain.transformWith(plain, (one, other, time) -> null);
            DStream<Double> ofPlainAndPair = plain.transformWith(keyed, (one, other, time) -> null);
            PairDStream<Double, Double> ofPlainsToPair = plain.transformWithToPair(plain, (one, other, time) -> null);
            PairDStream<Double, Double> ofPlainAndPairToPair =
                    plain.transformWithToPair(keyed, (one, other, time) -> null);
            DStream<Double> ofPairAndPlain = keyed.transformWith(plain, (one, other, time) -> null);
            DStream<Double> ofPairs = keyed.transformWith(keyed, (one, other, time) -> null);
            PairDStream<Double, Double> ofPairAndPlainToPair =
                    keyed.transformWithToPair(plain, (one, other, time) -> null);
            PairDStream<Double, Double> ofPairsToPair = keyed.transformWithToPair(keyed, (one, other, time) -> null);
            streams.addAll(List.of(ofPlains, ofPlainAndPair, ofPlainsToPair, ofPlainAndPairToPair));
            streams.addAll(List.of(ofPairAndPlain, ofPairs, ofPairAndPlainToPair, ofPairsToPair));
            assertEquals(8, streams.size());
        }
    }

    @Test
    @SuppressWarnings("unchecked") // the RDDs of the streams of the list
    void theContextsTransformSeesTheDatasetsOfAllStreamsInTheOrderOfTheList() {
        List<Object> given = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            DStream<Integer> one = rig.ssc.queueStream(queue(rig, List.of(List.of(1), List.of(2))));
            DStream<Integer> two = rig.ssc.queueStream(queue(rig, List.of(List.of(3), List.of(4))));
            DStream<Tuple2<Integer, String>> three =
                    rig.ssc.queueStream(queue(rig, List.of(List.of(pair(1, "x")), List.of(pair(2, "y")))));
            rig.ssc
                    .<Integer>transform(List.of(one, two), (rdds, time) -> {
                        sizes.add(rdds.size());
                        return ((RDD<Integer>) rdds.get(0)).union((RDD<Integer>) rdds.get(1));
                    })
                    .foreachRDD(rdd -> given.add(rdd.collect()));
            rig.ssc
                    .<Integer, Tuple2<Integer, String>>transformToPair(List.of(one, two, three), (rdds, time) -> {
                        sizes.add(rdds.size());
                        PairRDD<Integer, Integer> numbers = ((RDD<Integer>) rdds.get(0))
                                .union((RDD<Integer>) rdds.get(1))
                                .mapToPair(x -> pair(x, x));
                        return numbers.join(PairRDD.fromJavaRDD((RDD<Tuple2<Integer, String>>) rdds.get(2)));
                    })
                    .foreachRDD(rdd -> given.add(rdd.collect()));
            rig.ssc.start();
            rig.toBatch(2);
        }
        assertEquals(List.of(2, 3, 2, 3), sizes);
        assertEquals(
                List.of(List.of(1, 3), List.of(pair(1, pair(1, "x"))), List.of(2, 4), List.of(pair(2, pair(2, "y")))),
                given);
    }

    @Test
    void bodiesOfForeachRddAddToAccumulators() {
        try (Rig rig = new Rig(seconds(1))) {
            LongAccumulator rdds = rig.context.sc().longAccumulator();
            LongAccumulator elements = rig.context.sc().longAccumulator();
            DStream<Integer> ones = rig.ssc.queueStream(queue(rig, List.of(List.of(1, 1, 1), List.of(1, 1, 1))));
            ones.foreachRDD(rdd -> {
                rdds.add(1);
                rdd.foreach(elements::add);
            });
            ones.foreachRDD((rdd, time) -> {});
            rig.ssc.start();
            rig.toBatch(2);
            assertEquals(2, rdds.value());
            assertEquals(6, elements.value());
        }
    }

    @Test
    void aSliceHasTheDatasetsFromOneBatchTimeToAnother() {
        List<List<Integer>> seen = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            DStream<Integer> numbers =
                    rig.ssc.queueStream(queue(rig, List.of(List.of(1), List.of(2), List.of(3), List.of(4))));
            DStream<Integer> same = numbers.map(x -> x);
            same.foreachRDD(rdd -> rdd.count());
            rig.ssc.remember(seconds(10));
            rig.ssc.start();
            rig.toBatch(4);
            for (long[] range : new long[][] {{0, 1000}, {0, 2000}, {1000, 2000}, {2000, 4000}}) {
                List<Integer> records = new ArrayList<>();
                same.slice(new Time(range[0]), new Time(range[1])).forEach(rdd -> records.addAll(rdd.collect()));
                seen.add(records);
            }
        }
        assertEquals(List.of(List.of(1), List.of(1, 2), List.of(1, 2), List.of(2, 3, 4)), seen);
    }

    @Test
    void aSliceBeforeTheStartIsRefused() {
        try (Rig rig = new Rig(seconds(1))) {
            DStream<Integer> numbers = rig.ssc.queueStream(new ArrayDeque<>());
            numbers.print();
            String refusal = assertThrows(MillraceException.class, () -> numbers.slice(new Time(0), new Time(1000)))
                    .getMessage();
            assertTrue(refusal.contains("has not been initialized"), refusal);
        }
    }

    @Test
    void whatIsRememberedIsKeptForThatLongAndNoLonger() {
        try (Rig rig = new Rig(seconds(1))) {
            DStream<Integer> numbers = rig.ssc.pushStream(Integer.class);
            DStream<Integer> mapped = numbers.map(x -> x + 1).persist();
            mapped.foreachRDD(rdd -> rdd.count());
            rig.ssc.remember(seconds(3));
            rig.ssc.start();
            rig.toBatch(10);
            List<Long> kept = new ArrayList<>();
            for (long second = 1; second <= 10; second++) {
                if (mapped.compute(new Time(second * 1000)) != null) {
                    kept.add(second);
                }
            }
            assertEquals(List.of(8L, 9L, 10L), kept);
        }
    }

    @Test
    void whatAFunctionOfTransformThrowsReachesWhoeverWaits() {
        List<Object> given = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            DStream<Integer> numbers = rig.ssc.pushStream(Integer.class);
            DStream<Integer> transformed = numbers.transform((RDD<Integer> rdd) -> {
                throw new IllegalStateException("not in this transform");
            });
            transformed.foreachRDD(rdd -> given.add(rdd));
            numbers.foreachRDD(rdd -> given.add(rdd));
            rig.ssc.start();
            rig.toBatch(1);
            String message = assertThrows(UserFunctionException.class, rig.ssc::awaitTermination)
                    .getMessage();
            assertTrue(message.contains("transform-1") && message.contains("batch 1000 ms"), message);
        }
        assertEquals(List.of(), given);
    }

    @Test
    void anInputThatNobodyReadsDisturbsNothing() throws Exception {
        List<List<Integer>> given = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            DStream<Integer> read = rig.ssc.queueStream(queue(rig, List.of(List.of(1), List.of(2))));
            rig.ssc.queueStream(queue(rig, List.of(List.of(3))));
            rig.ssc.pushStream(String.class);
            read.foreachRDD(rdd -> given.add(rdd.collect()));
            rig.ssc.start();
            rig.toBatch(2);
            assertFalse(rig.ssc.awaitTerminationOrTimeout(0));
        }
        assertEquals(List.of(List.of(1), List.of(2)), given);
    }

    @Test
    void inputsAreNumberedInTheOrderOfTheirCreation() {
        try (Rig rig = new Rig(seconds(1))) {
            List<InputDStream<?>> inputs = List.of(
                    rig.ssc.socketTextStream("localhost", 1),
                    rig.ssc.rawSocketStream("localhost", 2),
                    rig.ssc.queueStream(new ArrayDeque<>()),
                    rig.ssc.pushStream(String.class),
                    rig.ssc.queueStream(new ArrayDeque<>()));
            assertEquals(
                    List.of(0, 1, 2, 3, 4),
                    inputs.stream().map(InputDStream::streamId).toList());
            assertEquals(
                    2,
                    inputs.stream()
                            .filter(ReceiverInputDStream.class::isInstance)
                            .count());
        }
    }

    @Test
    void aQueueGivesOneDatasetABatchOrAllThatWait() {
        assertEquals(
                List.of(List.of("1"), List.of("2"), List.of("3"), List.of("4"), List.of("5")), batchesOfAQueue(true));
        assertEquals(List.of(List.of("1", "2", "3"), List.of("4", "5")), batchesOfAQueue(false));
    }

    private static List<List<String>> batchesOfAQueue(boolean oneAtATime) {
        List<List<String>> given = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            Queue<RDD<String>> queue = new ArrayDeque<>();
            rig.ssc.queueStream(queue, oneAtATime).foreachRDD(rdd -> {
                if (!rdd.isEmpty()) {
                    given.add(rdd.collect());
                }
            });
            rig.ssc.start();
            List.of("1", "2", "3").forEach(number -> queue.add(rig.context.parallelize(List.of(number))));
            rig.toBatch(1);
            List.of("4", "5").forEach(number -> queue.add(rig.context.parallelize(List.of(number))));
            rig.toBatch(6);
        }
        return given;
    }
}

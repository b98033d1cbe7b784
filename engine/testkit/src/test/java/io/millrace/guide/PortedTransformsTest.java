package io.millrace.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.api.*;
import io.millrace.scenario.Rig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Spark's guide, "Transform Operation", "Stream-stream joins" and "Stream-dataset joins", without windows. */
class PortedTransformsTest {
    private final Rig rig = new Rig(Durations.seconds(1));

    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    private <V> PairDStream<String, V> batch(Tuple2<String, V>... records) {
        RDD<Tuple2<String, V>> rdd = rig.context.parallelize(Arrays.asList(records));
        return PairDStream.fromJavaDStream(rig.ssc.queueStream(new ArrayDeque<>(List.of(rdd))));
    }

    /** The records of the first batch, sorted as texts. */
    private String firstBatch(DStreamLike<?, ?, ?> stream) {
        List<String> records = new ArrayList<>();
        stream.foreachRecord((record, time) -> records.add(record.toString()));
        try (rig) {
            rig.ssc.start();
            rig.toBatch(1);
        }
        assertEquals(records.size(), new TreeSet<>(records).size(), "no record twice");
        return new TreeSet<>(records).toString();
    }

    @Test
    void aBatchIsCleanedByJoiningItWithADataset() {
        StreamingContext jssc = rig.ssc;
        PairDStream<String, Integer> wordCounts = batch(new Tuple2<>("prize", 3), new Tuple2<>("mill", 2));

        PairRDD<String, Double> spamInfoRDD =
                jssc.sparkContext().parallelizePairs(List.of(new Tuple2<>("prize", 0.9), new Tuple2<>("mill", 0.1)));

        PairDStream<String, Integer> cleanedDStream = wordCounts.transform(rdd -> {
            return rdd.join(spamInfoRDD)
                    .filter(record -> record._2()._2() < 0.5)
                    .mapValues(countAndScore -> countAndScore._1());
        });
        assertEquals("[(mill,2)]", firstBatch(cleanedDStream));
    }

    @Test
    void transformGivesAKeyedStreamWithoutSayingSo() {
        PairDStream<String, String> stream = batch(new Tuple2<>("a", "x"), new Tuple2<>("b", "y"));
        PairRDD<String, String> dataset =
                rig.context.parallelizePairs(List.of(new Tuple2<>("a", "1"), new Tuple2<>("a", "2")));

        PairDStream<String, Tuple2<String, String>> joinedStream = stream.transform(rdd -> rdd.join(dataset));
        assertEquals("[(a,(x,1)), (a,(x,2))]", firstBatch(joinedStream));
    }

    @Test
    void transformToPairMeansTheSame() {
        PairDStream<String, String> stream = batch(new Tuple2<>("a", "x"), new Tuple2<>("b", "y"));
        PairRDD<String, String> dataset = rig.context.parallelizePairs(List.of(new Tuple2<>("b", "1")));

        PairDStream<String, Tuple2<String, String>> joinedStream = stream.transformToPair(rdd -> rdd.join(dataset));
        assertEquals("[(b,(y,1))]", firstBatch(joinedStream));
    }

    @Test
    void theDatasetOfTheJoinMayChangeFromBatchToBatch() {
        List<PairRDD<String, String>> current = new ArrayList<>();
        current.add(rig.context.parallelizePairs(List.of(new Tuple2<>("a", "old"))));
        PairDStream<String, String> stream = batch(new Tuple2<>("a", "x"));
        PairDStream<String, Tuple2<String, String>> joinedStream = stream.transform(rdd -> rdd.join(current.get(0)));
        current.set(0, rig.context.parallelizePairs(List.of(new Tuple2<>("a", "new"))));
        assertEquals("[(a,(x,new))]", firstBatch(joinedStream));
    }

    private <V> void assertJoined(
            String expected, Function<PairDStream<String, String>, Function<PairDStream<String, String>, V>> join) {
        PairDStream<String, String> stream1 = batch(new Tuple2<>("a", "1"), new Tuple2<>("b", "2"));
        PairDStream<String, String> stream2 = batch(new Tuple2<>("b", "3"), new Tuple2<>("c", "4"));
        assertEquals(
                expected, firstBatch((DStreamLike<?, ?, ?>) join.apply(stream1).apply(stream2)));
    }

    @Test
    void streamsJoinBatchByBatch() {
        assertJoined("[(b,(2,3))]", stream1 -> stream2 -> {
            PairDStream<String, Tuple2<String, String>> joinedStream = stream1.join(stream2);
            return joinedStream;
        });
    }

    @Test
    void aLeftOuterJoinKeepsWhatIsLeft() {
        assertJoined("[(a,(1,Optional.empty)), (b,(2,Optional[3]))]", stream1 -> stream2 -> {
            PairDStream<String, Tuple2<String, Optional<String>>> joinedStream = stream1.leftOuterJoin(stream2);
            return joinedStream;
        });
    }

    @Test
    void aRightOuterJoinKeepsWhatIsRight() {
        assertJoined("[(b,(Optional[2],3)), (c,(Optional.empty,4))]", stream1 -> stream2 -> {
            PairDStream<String, Tuple2<Optional<String>, String>> joinedStream = stream1.rightOuterJoin(stream2);
            return joinedStream;
        });
    }

    @Test
    void aFullOuterJoinKeepsBoth() {
        assertJoined(
                "[(a,(Optional[1],Optional.empty)), (b,(Optional[2],Optional[3])), (c,(Optional.empty,Optional[4]))]",
                stream1 -> stream2 -> {
                    PairDStream<String, Tuple2<Optional<String>, Optional<String>>> joinedStream =
                            stream1.fullOuterJoin(stream2);
                    return joinedStream;
                });
    }
}

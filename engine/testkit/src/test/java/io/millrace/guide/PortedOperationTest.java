package io.millrace.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.*;
import io.millrace.api.listener.StreamingListener;
import io.millrace.api.listener.StreamingListenerBatchCompleted;
import io.millrace.scenario.Rig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Spark's guide, "Caching / Persistence", "Monitoring Applications", "Memory Tuning", and what it says of stopping. */
class PortedOperationTest {
    private final List<String> seen = new ArrayList<>();

    @Test
    void aStreamThatSeveralOutputsReadIsPersisted() {
        try (Rig rig = new Rig(Durations.seconds(1))) {
            PushInputDStream<String> lines = rig.ssc.pushStream(String.class);
            DStream<String> words = lines.flatMap(x -> {
                seen.add("split");
                return Arrays.asList(x.split(" ")).iterator();
            });
            words.persist();
            words.persist(StorageLevel.MEMORY_AND_DISK_SER);
            words.count().foreachRecord((count, time) -> seen.add(count + " words"));
            words.foreachRDD(rdd -> seen.add(rdd.first()));
            rig.ssc.start();
            lines.offer("to be");
            rig.toBatch(1);
        }
        assertEquals(List.of("split", "2 words", "to"), seen);
    }

    @Test
    void aLevelOfASocketStreamIsAccepted() {
        try (Rig rig = new Rig(Durations.seconds(1))) {
            ReceiverInputDStream<String> lines =
                    rig.ssc.socketTextStream("localhost", 9999, StorageLevel.MEMORY_AND_DISK_SER);
            lines.print();
            assertTrue(rig.ssc.plan().toString().contains("9999"));
        }
    }

    @Test
    void rememberedBatchesAreReadLater() {
        try (Rig rig = new Rig(Durations.seconds(1))) {
            PushInputDStream<String> words = rig.ssc.pushStream(String.class);
            rig.ssc.remember(Durations.minutes(5));
            words.foreachRDD(rdd -> {});
            rig.ssc.start();
            words.offer("mill");
            rig.toBatch(1);
            rig.toBatch(2);
            RDD<String> lastMinute = words.compute(new Time(1000));
            assertEquals(List.of("mill"), lastMinute.collect());
        }
    }

    @Test
    void aListenerIsToldTheDelaysOfABatch() {
        try (Rig rig = new Rig(Durations.seconds(1))) {
            rig.ssc.addStreamingListener(new StreamingListener() {
                @Override
                public void onBatchCompleted(StreamingListenerBatchCompleted batchCompleted) {
                    seen.add(batchCompleted.batchInfo().batchTime() + ": processing "
                            + batchCompleted.batchInfo().processingDelay() + " ms, scheduling "
                            + batchCompleted.batchInfo().schedulingDelay() + " ms");
                }
            });
            rig.ssc.pushStream(String.class).foreachRDD(rdd -> rig.clock.advanceMs(20));
            rig.ssc.start();
            rig.toBatch(1);
        }
        assertEquals(List.of("1000 ms: processing 20 ms, scheduling 0 ms"), seen.subList(0, 1));
    }

    @Test
    void aGracefulStopProcessesWhatWasReceived() {
        try (Rig rig = new Rig(Durations.seconds(1))) {
            PushInputDStream<String> words = rig.ssc.pushStream(String.class);
            words.foreachRecord((word, time) -> seen.add(word));
            rig.ssc.start();
            words.offer("mill");
            rig.ssc.stop(true, true);
        }
        assertEquals(List.of("mill"), seen);
    }

    /** A bean, as datasets are made of for tables. */
    public static final class Row implements java.io.Serializable {
        private static final long serialVersionUID = 1L;

        private String word;

        /** The word. */
        public String getWord() {
            return word;
        }

        /** Sets the word. */
        public void setWord(String word) {
            this.word = word;
        }
    }

    @Test
    void aBatchOfWordsBecomesOneOfBeansAndKnowsItsConfiguration() {
        try (Rig rig = new Rig(Durations.seconds(1))) {
            PushInputDStream<String> words = rig.ssc.pushStream(String.class);
            words.foreachRDD((rdd, time) -> {
                RDD<Row> rowRDD = rdd.map(word -> {
                    Row record = new Row();
                    record.setWord(word);
                    return record;
                });
                seen.add(rdd.sparkContext().getConf().get("spark.app.name"));
                rowRDD.collect().forEach(row -> seen.add(row.getWord()));
            });
            rig.ssc.start();
            words.offer("mill");
            rig.toBatch(1);
        }
        assertEquals(List.of("rig", "mill"), seen);
    }
}

package io.millrace.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.*;
import io.millrace.api.receiver.Receiver;
import io.millrace.scenario.Rig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Queue;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark's guide, "Basic Sources", "Custom Sources" and "Level of Parallelism in Data Receiving". */
class PortedSourcesTest {
    private final List<Object> seen = new ArrayList<>();

    @TempDir
    Path directory;

    @Test
    void aTextFileThatIsMovedIntoTheDirectoryIsReadOnce() throws Exception {
        String dataDirectory = Files.createDirectory(directory.resolve("data")).toString();
        try (Rig rig = new Rig(Durations.seconds(1))) {
            StreamingContext streamingContext = rig.ssc;
            DStream<String> lines = streamingContext.textFileStream(dataDirectory);
            lines.foreachRecord((line, time) -> seen.add(line));
            rig.clock.advanceTo(System.currentTimeMillis()); // files have times of the day
            streamingContext.start();
            Path written = Files.writeString(directory.resolve("written"), "one\ntwo\n");
            Files.move(written, Path.of(dataDirectory, "a.txt"));
            for (int batch = 0; batch < 5; batch++) {
                rig.clock.advanceMs(1000);
                rig.work();
            }
        }
        assertEquals(List.of("one", "two"), seen);
    }

    @Test
    void whatAFunctionReadsFromAFileIsItsRecords() throws Exception {
        try (Rig rig = new Rig(Durations.seconds(1))) {
            rig.ssc
                    .fileStream(
                            directory.toString(),
                            path -> Files.readAllLines(path).iterator())
                    .foreachRecord((line, time) -> seen.add(line));
            rig.clock.advanceTo(System.currentTimeMillis());
            rig.ssc.start();
            Files.writeString(directory.resolve("b.txt"), "three\n");
            for (int batch = 0; batch < 5; batch++) {
                rig.clock.advanceMs(1000);
                rig.work();
            }
        }
        assertEquals(List.of("three"), seen);
    }

    @Test
    void eachDatasetOfAQueueIsABatch() {
        try (Rig rig = new Rig(Durations.seconds(1))) {
            Queue<RDD<Integer>> queueOfRDDs = new LinkedList<>();
            for (int i = 1; i <= 3; i++) {
                queueOfRDDs.add(rig.ssc.sparkContext().parallelize(List.of(i, 10 * i)));
            }
            rig.ssc.queueStream(queueOfRDDs).foreachRDD((rdd, time) -> seen.add(time + " " + rdd.collect()));
            rig.ssc.start();
            rig.toBatch(1);
            rig.toBatch(2);
            rig.toBatch(3);
        }
        assertEquals(List.of("1000 ms [1, 10]", "2000 ms [2, 20]", "3000 ms [3, 30]"), seen);
    }

    /** Stores its own few records, as soon as it is started. */
    private static final class Parts extends Receiver<Tuple2<String, String>> {
        private static final long serialVersionUID = 1L;

        private final int part;

        Parts(int part) {
            super(StorageLevel.MEMORY_AND_DISK_2());
            this.part = part;
        }

        @Override
        public void onStart() {
            store(new Tuple2<>("topic" + part, "a"));
            store(List.of(new Tuple2<>("topic" + part, "b")).iterator());
        }

        @Override
        public void onStop() {}
    }

    @Test
    void severalReceiversInParallelAreOneStreamAgain() {
        try (PrintedLines printed = new PrintedLines();
                Rig rig = new Rig(Durations.seconds(1))) {
            StreamingContext streamingContext = rig.ssc;
            int numStreams = 5;
            List<PairDStream<String, String>> streams = new ArrayList<>(numStreams);
            for (int i = 0; i < numStreams; i++) {
                streams.add(PairDStream.fromJavaDStream(streamingContext.receiverStream(new Parts(i))));
            }
            PairDStream<String, String> unifiedStream =
                    streamingContext.union(streams.get(0), streams.subList(1, streams.size()));
            unifiedStream.print();
            unifiedStream.foreachRecord((record, time) -> seen.add(record._1() + record._2()));

            streamingContext.start();
            rig.toBatch(1);
            assertTrue(printed.text().contains("(topic4,b)"), printed.text());
        }
        assertEquals(10, seen.size());
        assertEquals(
                "[topic0a, topic0b, topic1a, topic1b, topic2a, topic2b, topic3a, topic3b, topic4a, topic4b]",
                new TreeSet<>(seen).toString());
    }

    @Test
    void aStreamIsSpreadOverMorePartitions() {
        try (Rig rig = new Rig(Durations.seconds(1))) {
            PushInputDStream<Integer> inputStream = rig.ssc.pushStream(Integer.class);
            inputStream.repartition(4).foreachRDD(rdd -> {
                seen.add(rdd.getNumPartitions());
                seen.add(rdd.count());
            });
            rig.ssc.start();
            for (int i = 0; i < 100; i++) {
                inputStream.offer(i);
            }
            rig.toBatch(1);
        }
        assertEquals(List.of(4, 100L), seen);
    }
}

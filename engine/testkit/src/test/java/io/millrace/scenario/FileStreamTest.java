package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.DStream;
import io.millrace.api.InputDStream;
import io.millrace.api.PushInputDStream;
import io.millrace.api.Time;
import io.millrace.api.function.Reducers;
import io.millrace.api.function.Text;
import io.millrace.api.listener.StreamInputInfo;
import io.millrace.api.listener.StreamingListener;
import io.millrace.api.listener.StreamingListenerBatchCompleted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that appear while a program runs, on a stepped clock (behaviour spec 3.10, 5.5, 5.11). */
class FileStreamTest {
    @TempDir
    Path directory;

    private final Map<Long, List<Object>> batches = new TreeMap<>();

    private Path put(String name, String content, long modifiedMs) {
        return put(name, content.getBytes(UTF_8), modifiedMs);
    }

    private Path put(String name, byte[] content, long modifiedMs) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.setLastModifiedTime(Files.write(file, content), FileTime.fromMillis(modifiedMs));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void collect(DStream<?> stream) {
        stream.foreachRDD((rdd, time) -> batches.put(time.milliseconds(), new ArrayList<>(rdd.collect())));
    }

    private List<Object> at(long timeMs) {
        return batches.getOrDefault(timeMs, List.of("no batch"));
    }

    @Test
    void aFileModifiedAtTheBatchTimeBelongsToThatBatch() {
        put("0", "0\n", 1000);
        try (Rig rig = new Rig(seconds(1))) {
            collect(rig.ssc.textFileStream(directory.toString()));
            rig.ssc.start();
            rig.toBatch(1);
            rig.toBatch(2);
            assertEquals(List.of("0"), at(1000));
            assertEquals(List.of(), at(2000));
        }
    }

    @Test
    void newFilesAreReadAsTheyComeAndTheOldOneIsNot() {
        put("0", "0\n", 10_000);
        try (Rig rig = new Rig(seconds(2))) {
            rig.clock.advanceTo(12_000);
            InputDStream<String> files = rig.ssc.textFileStream(directory.toString());
            collect(files);
            rig.ssc.start();
            for (int i = 1; i <= 5; i++) {
                put("" + i, i + "\n", rig.clock.time() + 1000);
                rig.toBatch(6 + i);
                assertEquals(List.of("" + i), at(12_000 + 2000 * i));
            }
            assertEquals("{files=5, bytes=10, errors=0}", files.counters().toString());
        }
    }

    @Test
    void withoutNewFilesOnlyTheOldOneIsReadToo() {
        put("0", "0\n", 10_000);
        try (Rig rig = new Rig(seconds(2))) {
            rig.clock.advanceTo(12_000);
            collect(rig.ssc.fileStream(
                    directory.toString(), file -> Files.readAllLines(file).iterator(), null, false));
            rig.ssc.start();
            put("1", "1\n", 13_000);
            rig.toBatch(7);
            assertEquals(List.of("0", "1"), at(14_000));
        }
    }

    @Test
    void aGlobOfDirectoriesIsReadAndNotTheirParent() {
        put("a/x", "x\n", 500);
        put("above", "no\n", 500);
        try (Rig rig = new Rig(seconds(1))) {
            collect(rig.ssc.textFileStream(directory + "/*/"));
            rig.ssc.start();
            rig.toBatch(1);
            put("b/y", "y\n", 1500);
            rig.toBatch(2);
            assertEquals(List.of("x"), at(1000));
            assertEquals(List.of("y"), at(2000));
        }
    }

    @Test
    void renamedFilesAreReadHoweverOldAndByTheWindowOnlyFreshOnes() throws Exception {
        for (String selection : List.of("identity", "window")) {
            try (Rig rig =
                    new Rig(seconds(2), conf -> conf.set("millrace.streaming.fileStream.selection", selection))) {
                rig.clock.advanceTo(100_000);
                String target = selection + "/streaming";
                Files.createDirectories(directory.resolve(target));
                collect(rig.ssc.textFileStream(directory + "/" + target + "/sub*"));
                rig.ssc.start();
                rig.toBatch(51);
                put(selection + "/generated/subdir/existing", "existing\n", 99_000);
                put(selection + "/generated/subdir/renamed", "renamed\n", 103_000);
                Files.move(directory.resolve(selection + "/generated/subdir"), directory.resolve(target + "/subdir"));
                rig.toBatch(52);
            }
            assertEquals(selection.equals("window") ? List.of("renamed") : List.of("existing", "renamed"), at(104_000));
        }
    }

    @Test
    void fixedLengthRecordsOfOneFileEach() {
        try (Rig rig = new Rig(seconds(2))) {
            collect(rig.ssc.binaryRecordsStream(directory.toString(), 1));
            rig.ssc.start();
            for (int i = 0; i < 3; i++) {
                put("" + i, new byte[] {(byte) (1 + i), (byte) (5 + i)}, rig.clock.time() + 1000);
                rig.toBatch(i + 1);
                List<Object> records = at(2000 * (i + 1));
                assertEquals(2, records.size());
                assertArrayEquals(new byte[] {(byte) (1 + i)}, (byte[]) records.get(0));
                assertArrayEquals(new byte[] {(byte) (5 + i)}, (byte[]) records.get(1));
            }
        }
    }

    @Test
    void aFileThatDoesNotConsistOfWholeRecordsFailsItsBatchAndIsNamed() {
        put("odd", new byte[] {1, 2, 3}, 500);
        try (Rig rig = new Rig(seconds(1))) {
            collect(rig.ssc.binaryRecordsStream(directory.toString(), 2));
            rig.ssc.start();
            rig.toBatch(1);
            Exception e = assertThrows(Exception.class, () -> rig.ssc.awaitTerminationOrTimeout(0));
            assertTrue(e.toString().contains("odd has 3 bytes"), e.toString());
            put("even", new byte[] {4, 5}, 1500);
            rig.toBatch(2);
            assertEquals(1, at(2000).size());
        }
    }

    @Test
    void aFileThatChangesBetweenBeingChosenAndBeingReadFailsItsBatchAndIsNamed() {
        Path file = put("growing", "one\n", 500);
        try (Rig rig = new Rig(seconds(1))) {
            DStream<String> lines = rig.ssc.textFileStream(directory.toString());
            lines.foreachRDD((rdd, time) -> {
                Files.writeString(file, "two\n", StandardOpenOption.APPEND);
                rdd.collect();
            });
            rig.ssc.start();
            rig.toBatch(1);
            Exception e = assertThrows(Exception.class, () -> rig.ssc.awaitTerminationOrTimeout(0));
            assertTrue(e.toString().contains(file.toString()), e.toString());
            assertTrue(e.toString().contains("rename them into place"), e.toString());
        }
    }

    @Test
    void oneBigFileIsReadByAllWorkersAndItsWordsAreCountedOverItsBytes() {
        StringBuilder text = new StringBuilder();
        SplittableRandom random = new SplittableRandom(3);
        Map<String, Long> expected = new TreeMap<>();
        for (int line = 0; line < 50_000; line++) {
            String word = "wört" + random.nextInt(100);
            expected.merge(word, 1L, Long::sum);
            expected.merge("line", 1L, Long::sum);
            text.append("line ").append(word).append(line % 3 == 0 ? "\r\n" : "\n");
        }
        Map<String, Long> counted = new TreeMap<>();
        List<Integer> partitions = new ArrayList<>();
        put("big", text.toString(), 500);
        try (Rig rig = new Rig(seconds(1), conf -> conf.set("millrace.files.maxPartitionBytes", "64k"))) {
            DStream<String> lines = rig.ssc.textFileStream(directory.toString());
            lines.foreachRDD(rdd -> {
                partitions.add(rdd.getNumPartitions());
                assertEquals("line", rdd.first().substring(0, 4)); // reading stops early: memory is given back
            });
            lines.flatMap(Text.words())
                    .mapToPair(Text.pairWith(1L))
                    .reduceByKey(Reducers.sumLong())
                    .foreachRecord((word, time) -> counted.put(word._1, word._2));
            rig.ssc.start();
            rig.toBatch(1);
            assertEquals(expected, counted);
            assertTrue(partitions.get(0) > 8, partitions + " partitions");
        }
    }

    @Test
    void filesThatAreRenamedIntoPlaceWhileBatchesRunAreEachReadOnce() throws Exception {
        List<String> read = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            Path watched = Files.createDirectory(directory.resolve("watched"));
            rig.ssc.textFileStream(watched.toString()).foreachRecord((line, time) -> read.add(line));
            rig.ssc.start();
            SplittableRandom random = new SplittableRandom(11);
            int files = 0;
            for (int batch = 1; batch <= 100; batch++) {
                for (int i = random.nextInt(4); i > 0; i--) {
                    // As old as they like: what counts is that they are new here.
                    Path file = put("elsewhere", "record " + files + "\n", random.nextInt(batch * 1000));
                    Files.move(file, watched.resolve("file" + files++), StandardCopyOption.ATOMIC_MOVE);
                }
                rig.toBatch(batch);
            }
            assertEquals(files, read.size());
            assertEquals(files, read.stream().distinct().count());
        }
    }

    @Test
    void anEmptyBatchIsOneWithoutPartitionsAndIsKnownToBeEmpty() {
        List<Integer> partitions = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            rig.ssc.textFileStream(directory.toString()).foreachRDD((rdd, time) -> {
                assertTrue(rdd.isEmpty());
                assertEquals(new Time(1000), time);
                partitions.add(rdd.getNumPartitions());
            });
            rig.ssc.start();
            rig.toBatch(1);
            assertEquals(List.of(0), partitions);
        }
    }

    @Test
    void listenersAreToldTheFilesOfABatchAndNoNumberOfRecords() {
        List<String> told = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            collect(rig.ssc.textFileStream(directory.toString()));
            rig.ssc.addStreamingListener(new StreamingListener() {
                @Override
                public void onBatchCompleted(StreamingListenerBatchCompleted completed) {
                    completed
                            .batchInfo()
                            .streamIdToInputInfo()
                            .values()
                            .forEach(info -> told.add(info.numRecords() + " records of "
                                    + info.metadata().get(StreamInputInfo.FILES)));
                }
            });
            rig.ssc.start();
            Path first = put("1", "one\ntwo\n", 500);
            Path second = put("2", "three\n", 600);
            rig.toBatch(1);
            rig.work();
            assertEquals(List.of("0 records of [" + first + ", " + second + "]"), told);
        }
    }

    @Test
    void afterTheStopAFileStreamCannotBeDefined() {
        Rig rig = new Rig(seconds(1));
        rig.close();
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> rig.ssc.textFileStream(directory.toString()));
        assertTrue(e.getMessage().contains("after stopping"), e.getMessage());
    }

    @Test
    void anErrorInAFilterIsReportedAndTheOtherInputsAndTheNextBatchesGoOn() throws Exception {
        AssertionError trouble = new AssertionError("in the filter");
        AtomicBoolean isTroubled = new AtomicBoolean();
        try (Rig rig = new Rig(seconds(1))) {
            PushInputDStream<String> pushed = rig.ssc.pushStream(String.class);
            DStream<String> names = rig.ssc.fileStream(
                    directory.toString(),
                    file -> List.of(file.getFileName().toString()).iterator(),
                    file -> {
                        if (isTroubled.get()) {
                            throw trouble;
                        }
                        return true;
                    },
                    true);
            collect(pushed.union(names));
            rig.ssc.start();
            put("late", "1", 500);
            pushed.offer("pushed");
            isTroubled.set(true);
            rig.toBatch(1);
            isTroubled.set(false);
            rig.toBatch(2);

            assertEquals(List.of("pushed"), at(1000));
            assertEquals(List.of("late"), at(2000));
            assertSame(trouble, assertThrows(AssertionError.class, rig.ssc::awaitTermination));
        }
    }
}

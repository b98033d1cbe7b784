package io.millrace.rdd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MillraceException;
import io.millrace.api.PairRDD;
import io.millrace.api.RDD;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Reducers;
import io.millrace.api.function.Text;
import java.io.DataInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Datasets from files, and into files (behaviour spec 1.11.1, 1.12). */
class FilesTest {
    @TempDir
    Path dir;

    private final AtomicInteger outputs = new AtomicInteger();

    private String output() {
        return dir.resolve("out-" + outputs.incrementAndGet()).toString();
    }

    private String file(String name, String text) throws Exception {
        return Files.writeString(dir.resolve(name), text).toString();
    }

    @TestFactory
    List<DynamicTest> linesOfATextFileAreCounted() {
        return Engines.onEach(sc -> {
            String file = file("lines.txt", "to be\nor not\r\nto be\n");
            RDD<String> lines = sc.textFile(file, 3);
            assertEquals(List.of("to be", "or not", "to be"), lines.collect());
            assertEquals(3, lines.count());
            assertEquals("to be", lines.first());
            assertEquals(
                    "[(be,2), (not,1), (or,1), (to,2)]",
                    Engines.sorted(lines.flatMap(Text.split(' '))
                            .mapToPair(Text.pairWith(1))
                            .reduceByKey(Reducers.sumInt())
                            .collect()));
        });
    }

    @TestFactory
    List<DynamicTest> manyLinesComeWholeWhateverThePartitions() {
        return Engines.onEach(sc -> {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                lines.add("line " + i + " ünï".repeat(i % 5));
            }
            String file = file("many.txt", String.join("\n", lines));
            for (int partitions : new int[] {1, 3, 16}) {
                assertEquals(lines, sc.textFile(file, partitions).collect());
            }
            RDD<String> kept = sc.textFile(file, 4).cache();
            assertEquals(lines, kept.collect());
            assertEquals(lines, kept.collect());
        });
    }

    @TestFactory
    List<DynamicTest> wholeFilesAndBytes() {
        return Engines.onEach(sc -> {
            Path folder = Files.createTempDirectory(dir, "whole");
            Files.writeString(folder.resolve("a"), "one\ntwo");
            Files.writeString(folder.resolve("b"), "three");
            Files.writeString(folder.resolve("_hidden"), "not me");
            PairRDD<String, String> texts = sc.wholeTextFiles(folder.toString());
            assertEquals(List.of("one\ntwo", "three"), texts.values().collect());
            assertTrue(texts.keys().first().endsWith("a"));
            assertEquals(
                    List.of(7, 5),
                    sc.binaryFiles(folder.toString())
                            .values()
                            .map(file -> {
                                try (DataInputStream in = file.open()) {
                                    return in.readAllBytes().length;
                                }
                            })
                            .collect());
            Files.write(folder.resolve("records"), new byte[] {1, 2, 3, 4, 5, 6});
            List<byte[]> records =
                    sc.binaryRecords(folder.resolve("records").toString(), 2).collect();
            assertEquals(3, records.size());
            assertArrayEquals(new byte[] {5, 6}, records.get(2));
        });
    }

    @TestFactory
    List<DynamicTest> aPathThatLeadsNowhereIsToldByTheFirstAction() {
        return Engines.onEach(sc -> {
            RDD<String> nowhere = sc.textFile(dir.resolve("nowhere").toString()).filter(line -> true);
            String message =
                    assertThrows(MillraceException.class, nowhere::count).getMessage();
            assertTrue(message.contains("nowhere"), message);
        });
    }

    @TestFactory
    List<DynamicTest> whatIsSavedAsTextIsReadAgain() {
        return Engines.onEach(sc -> {
            String path = output();
            sc.parallelize(List.of(1, 2, 3), 2).saveAsTextFile(path);
            assertEquals(
                    "[_SUCCESS, part-00000, part-00001]",
                    Engines.sorted(Arrays.asList(Path.of(path).toFile().list())));
            assertEquals(List.of("1", "2", "3"), sc.textFile(path).collect());
            RDD<Integer> again = sc.parallelize(List.of(4), 1);
            String message = assertThrows(MillraceException.class, () -> again.saveAsTextFile(path))
                    .getMessage();
            assertTrue(message.contains("exists"), message);
            assertEquals("1\n", Files.readString(Path.of(path, "part-00000"), StandardCharsets.UTF_8));
        });
    }

    @TestFactory
    List<DynamicTest> whatIsSavedAsObjectsIsReadAgain() {
        return Engines.onEach(sc -> {
            String path = output();
            List<Object> records = Arrays.asList("a", 1, 2L, null, 0.5, new Tuple2<>("k", 3));
            sc.parallelize(records, 3).saveAsObjectFile(path);
            assertEquals(records, sc.objectFile(path).collect());
        });
    }
}

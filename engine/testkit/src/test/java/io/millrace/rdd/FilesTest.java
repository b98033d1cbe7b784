package io.millrace.rdd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MillraceException;
import io.millrace.api.PairRDD;
import io.millrace.api.PortableDataStream;
import io.millrace.api.RDD;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Reducers;
import io.millrace.api.function.Text;
import java.io.DataInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Datasets from files (behaviour spec 1.12). */
class FilesTest {
    @TempDir
    Path dir;

    private final AtomicInteger folders = new AtomicInteger();

    /** A new one for each engine. */
    private Path folder() throws Exception {
        return Files.createDirectory(dir.resolve("folder-" + folders.incrementAndGet()));
    }

    private String file(String text) throws Exception {
        return Files.writeString(folder().resolve("file"), text).toString();
    }

    private static String messageOf(RDD<?> unreadable) {
        return assertThrows(MillraceException.class, unreadable::count).getMessage();
    }

    @TestFactory
    List<DynamicTest> linesOfATextFileAreCounted() {
        return Engines.onEach(sc -> {
            RDD<String> lines = sc.textFile(file("to be\nor not\r\nto be\n"), 3);
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
    List<DynamicTest> manyLinesComeWholeAndInOrderWhateverThePartitions() {
        return Engines.onEach(sc -> {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                lines.add("line " + i + " ünï".repeat(i % 5));
            }
            String file = file(String.join("\n", lines));
            for (int partitions : new int[] {1, 3, 16}) {
                RDD<String> cut = sc.textFile(file, partitions);
                assertEquals(partitions, cut.getNumPartitions());
                assertEquals(lines, cut.collect());
                assertEquals(lines.subList(0, 3), cut.take(3));
            }
            RDD<String> kept = sc.textFile(file, 4).cache();
            assertEquals(lines, kept.collect());
            assertEquals(lines, kept.collect());
        });
    }

    @TestFactory
    List<DynamicTest> recognisedFunctionsAndOthersRunOverTheLines() {
        return Engines.onEach(sc -> assertEquals(
                List.of("199", "1099"),
                sc.textFile(file("99\n199\nx 1099\n1099\n1999\n"))
                        .filter(Text.endsWith("99"))
                        .filter(Text.startsWith("1"))
                        .filter(line -> !line.startsWith("19") || line.length() == 3)
                        .collect()));
    }

    @TestFactory
    List<DynamicTest> aDirectoryAndAGlobOfFilesAreRead() {
        return Engines.onEach(sc -> {
            Path folder = folder();
            Files.writeString(folder.resolve("b.txt"), "2\n");
            Files.writeString(folder.resolve("a.txt"), "1\n");
            Files.writeString(folder.resolve("_SUCCESS"), "no\n");
            Files.writeString(folder.resolve("c.log"), "3\n");
            assertEquals(List.of("1", "2", "3"), sc.textFile(folder.toString()).collect());
            assertEquals(List.of("1", "2"), sc.textFile(folder + "/*.txt").collect());
        });
    }

    @TestFactory
    List<DynamicTest> wholeFilesAndFilesToBeOpenedAreKeyedByTheirPaths() {
        return Engines.onEach(sc -> {
            Path folder = folder();
            String a = Files.writeString(folder.resolve("a"), "one\ntwo\n").toString();
            String b = Files.writeString(folder.resolve("b"), "grüße").toString();
            Files.writeString(folder.resolve("_hidden"), "not me");
            PairRDD<String, String> texts = sc.wholeTextFiles(folder.toString());
            assertEquals(List.of(new Tuple2<>(a, "one\ntwo\n"), new Tuple2<>(b, "grüße")), texts.collect());
            PairRDD<String, PortableDataStream> files = sc.binaryFiles(folder.toString());
            assertEquals(List.of(a, b), files.keys().collect());
            assertArrayEquals(
                    "grüße".getBytes(UTF_8),
                    files.values().map(PortableDataStream::toArray).collect().get(1));
            assertEquals(
                    List.of(8, 7),
                    files.values()
                            .map(file -> {
                                try (DataInputStream in = file.open()) {
                                    return in.readAllBytes().length;
                                }
                            })
                            .collect());
        });
    }

    @TestFactory
    List<DynamicTest> binaryRecordsHaveOneLength() {
        return Engines.onEach(sc -> {
            String file = file("abcdef");
            List<byte[]> records = sc.binaryRecords(file, 2).collect();
            assertEquals(
                    List.of("ab", "cd", "ef"),
                    records.stream().map(record -> new String(record, UTF_8)).toList());
            RDD<byte[]> uneven = sc.binaryRecords(file, 4);
            String told = assertThrows(Exception.class, uneven::count).toString();
            assertTrue(told.contains("6 bytes"), told);
        });
    }

    @TestFactory
    List<DynamicTest> aMissingPathIsToldByTheActionAndNotByTheCall() {
        return Engines.onEach(sc -> {
            Path later = folder().resolve("later");
            RDD<Integer> lengths = sc.textFile(later.toString()).map(String::length);
            String told = messageOf(lengths);
            assertTrue(told.contains("input path does not exist: '" + later + "'"), told);
            Files.writeString(later, "four\n");
            assertEquals(List.of(4), lengths.collect());
        });
    }

    @TestFactory
    List<DynamicTest> aFileThatChangedSinceItWasFirstReadIsReportedByName() {
        return Engines.onEach(sc -> {
            String file = file("one\n");
            RDD<String> text = sc.textFile(file);
            assertEquals(List.of("one"), text.collect());
            Files.writeString(Path.of(file), "two\n", StandardOpenOption.APPEND);
            String told = assertThrows(Exception.class, text::collect).toString();
            assertTrue(told.contains("file " + file + " changed"), told);
            assertEquals(List.of("one", "two"), sc.textFile(file).collect());
        });
    }

    @TestFactory
    List<DynamicTest> whatIsNoObjectFileIsToldByTheAction() {
        return Engines.onEach(sc -> {
            String text = file("a text of some length, long enough for a header and for an end");
            for (String notOurs : List.of(text, file("short"))) {
                String told = messageOf(sc.objectFile(notOurs));
                assertTrue(told.contains(notOurs), told);
                assertTrue(told.contains("not an object file"), told);
                assertTrue(told.contains("MROF"), told);
            }
            String missing = messageOf(sc.objectFile(text + "-absent"));
            assertTrue(missing.contains(text + "-absent"), missing);
        });
    }
}

package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.PairRDD;
import io.millrace.api.RDD;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as datasets of the context (behaviour spec 1.12); each test ends with no memory held. */
class FileDatasetsTest {
    @TempDir
    Path directory;

    private String put(String name, String content) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, content).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aTextFileIsCutIntoPartitionsAndItsLinesKeepTheirOrder() {
        List<String> lines =
                IntStream.range(0, 10_000).mapToObj(i -> "line " + i).toList();
        String file = put("lines", String.join("\n", lines));
        try (Rig rig = new Rig(seconds(1))) {
            RDD<String> text = rig.context.textFile(file, 7);
            assertEquals(7, text.getNumPartitions());
            assertEquals(lines, text.collect());
            assertEquals(10_000, text.count());
            assertEquals(lines.subList(0, 3), text.take(3));
            assertEquals(
                    10,
                    text.filter(Text.endsWith("99"))
                            .filter(Text.contains(" 1"))
                            .filter(line -> line.length() == 9)
                            .count());
        }
    }

    @Test
    void aDirectoryAndAGlobOfFilesAreRead() {
        put("in/b.txt", "2\n");
        put("in/a.txt", "1\n");
        put("in/_SUCCESS", "no\n");
        put("in/c.log", "3\n");
        try (Rig rig = new Rig(seconds(1))) {
            assertEquals(
                    List.of("1", "2", "3"),
                    rig.context.textFile(directory + "/in").collect());
            assertEquals(
                    List.of("1", "2"),
                    rig.context.textFile(directory + "/in/*.txt").collect());
        }
    }

    @Test
    void aMissingPathIsToldByTheActionAndNotByTheCall() {
        try (Rig rig = new Rig(seconds(1))) {
            RDD<Integer> lengths = rig.context.textFile(directory + "/later").map(String::length);
            Exception e = assertThrows(Exception.class, lengths::collect);
            assertTrue(e.getMessage().contains("input path does not exist: '" + directory + "/later'"), e.getMessage());
            put("later", "four\n");
            assertEquals(List.of(4), lengths.collect());
        }
    }

    @Test
    void wholeFilesAndFilesToBeOpenedAreKeyedByTheirPaths() throws Exception {
        String a = put("a", "one\ntwo\n");
        String b = put("b", "grüße");
        try (Rig rig = new Rig(seconds(1))) {
            PairRDD<String, String> texts = rig.context.wholeTextFiles(directory.toString());
            assertEquals(List.of(new Tuple2<>(a, "one\ntwo\n"), new Tuple2<>(b, "grüße")), texts.collect());
            List<byte[]> bytes = rig.context
                    .binaryFiles(directory.toString())
                    .map(file -> file._2.toArray())
                    .collect();
            assertArrayEquals("grüße".getBytes(UTF_8), bytes.get(1));
        }
    }

    @Test
    void binaryRecordsHaveOneLength() {
        String file = put("records", "abcdef");
        try (Rig rig = new Rig(seconds(1))) {
            List<byte[]> records = rig.context.binaryRecords(file, 2).collect();
            assertEquals(
                    List.of("ab", "cd", "ef"), records.stream().map(String::new).toList());
            Exception e = assertThrows(
                    Exception.class, () -> rig.context.binaryRecords(file, 4).count());
            assertTrue(e.toString().contains("6 bytes"), e.toString());
        }
    }

    @Test
    void aFileThatChangedSinceItWasFirstReadIsReportedByName() throws Exception {
        String file = put("growing", "one\n");
        try (Rig rig = new Rig(seconds(1))) {
            RDD<String> text = rig.context.textFile(file);
            assertEquals(List.of("one"), text.collect());
            Files.writeString(Path.of(file), "two\n", StandardOpenOption.APPEND);
            Exception e = assertThrows(Exception.class, text::collect);
            assertTrue(e.toString().contains("file " + file + " changed"), e.toString());
            assertEquals(List.of("one", "two"), rig.context.textFile(file).collect());
        }
    }

    @Test
    void aFileIsJoinedWithAStream() {
        String file = put("names", "1 one\n2 two\n");
        List<Object> joined = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            PairRDD<String, String> names =
                    rig.context.textFile(file).mapToPair(line -> new Tuple2<>(line.split(" ")[0], line.split(" ")[1]));
            Queue<RDD<String>> queue = new ArrayDeque<>();
            queue.add(rig.context.parallelize(List.of("2", "3", "1")));
            queue.add(rig.context.parallelize(List.of("2")));
            rig.ssc
                    .queueStream(queue)
                    .mapToPair(Text.pairWith(true))
                    .transform(batch -> batch.join(names).mapToPair(found -> found._2.swap()))
                    .foreachRecord((found, time) -> joined.add(time.milliseconds() + " " + found._1));
            rig.ssc.start();
            rig.toBatch(1);
            rig.toBatch(2);
            assertEquals(
                    List.of("1000 one", "1000 two", "2000 two"),
                    joined.stream().sorted().toList());
        }
    }
}

package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceException;
import io.millrace.api.PlanException;
import io.millrace.api.PushInputDStream;
import io.millrace.api.UserFunctionException;
import io.millrace.api.function.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code saveAsTextFiles} leaves on the disk (behaviour spec 1.11.1, 3.11). */
class SaveAsTextFilesTest {
    @TempDir
    Path dir;

    private String prefix() {
        return dir.resolve("out").toString();
    }

    /** Runs a program over these batches, and throws what an output threw. */
    private static void run(
            UnaryOperator<MillraceConf> settings, Consumer<PushInputDStream<Object>> program, List<?>... batches) {
        try (Rig rig = new Rig(seconds(1), settings)) {
            PushInputDStream<Object> records = rig.ssc.pushStream(Object.class);
            program.accept(records);
            rig.ssc.start();
            for (int batch = 1; batch <= batches.length; batch++) {
                batches[batch - 1].forEach(records::offer);
                rig.toBatch(batch);
            }
            rig.ssc.awaitTerminationOrTimeout(0);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static void run(Consumer<PushInputDStream<Object>> program, List<?>... batches) {
        run(conf -> conf, program, batches);
    }

    @Test
    void eachBatchIsADirectoryOfPartsAndAMarker() {
        run(words -> words.saveAsTextFiles(prefix(), "txt"), List.of("to", "be"), List.of(), List.of("or"));
        assertEquals(List.of("out-1000.txt", "out-2000.txt", "out-3000.txt"), Saved.names(dir));
        assertEquals(List.of("_SUCCESS", "part-00000"), Saved.names(dir.resolve("out-1000.txt")));
        assertEquals(List.of("_SUCCESS"), Saved.names(dir.resolve("out-2000.txt")));
        assertEquals(List.of("to", "be"), Saved.lines(dir.resolve("out-1000.txt")));
        assertEquals(List.of("or"), Saved.lines(dir.resolve("out-3000.txt")));
    }

    @Test
    void everyRecordIsALineOfItsText() throws Exception {
        run(
                records -> {
                    records.saveAsTextFiles(prefix());
                    records.mapToPair(record -> pair(record, 1)).saveAsTextFiles(prefix() + "-pairs");
                },
                Arrays.asList(
                        "grüß \ud83d\ude00", "", 7, Long.MIN_VALUE, 2.5, 0.1f, true, List.of("a", "b"), pair(1, "x")));
        String expected = "grüß \ud83d\ude00\n\n7\n-9223372036854775808\n2.5\n0.1\ntrue\n[a, b]\n(1,x)\n";
        assertEquals(expected, Files.readString(dir.resolve("out-1000/part-00000")));
        assertEquals(
                List.of(
                        "(grüß \ud83d\ude00,1)",
                        "(,1)",
                        "(7,1)",
                        "(-9223372036854775808,1)",
                        "(2.5,1)",
                        "(0.1,1)",
                        "(true,1)",
                        "([a, b],1)",
                        "((1,x),1)"),
                Saved.lines(dir.resolve("out-pairs-1000")));
    }

    @Test
    void textThatLivesAsBytesIsWrittenAsItIs() {
        String longWord = "ä".repeat(100_000);
        run(
                records -> records.map(Object::toString)
                        .flatMap(Text.split(' '))
                        .mapToPair(Text.pairWith(1))
                        .reduceByKey((a, b) -> a + b)
                        .saveAsTextFiles(prefix()),
                List.of("a b a", longWord));
        List<String> lines = new ArrayList<>(Saved.lines(dir.resolve("out-1000")));
        lines.sort(null);
        assertEquals(
                List.of("(" + longWord + ",1)", "(a,2)", "(b,1)").stream()
                        .sorted()
                        .toList(),
                lines);
        assertEquals(
                List.of("_SUCCESS", "part-00000", "part-00001"), Saved.names(dir.resolve("out-1000")), "two workers");
    }

    @Test
    void aBatchThatIsRunAgainReplacesWhatItWrote() {
        run(words -> words.saveAsTextFiles(prefix()), List.of("to", "be"));
        run(words -> words.saveAsTextFiles(prefix()), List.of("or"));
        assertEquals(List.of("out-1000"), Saved.names(dir));
        assertEquals(List.of("or"), Saved.lines(dir.resolve("out-1000")));
    }

    @Test
    void leftOversOfACrashAreClearedByTheNextWriteOfTheBatch() throws Exception {
        Files.createDirectories(dir.resolve(".out-1000.millrace-batch"));
        Files.writeString(dir.resolve(".out-1000.millrace-batch/part-00007"), "half a li");
        Files.createDirectories(dir.resolve(".out-1000.millrace-old"));
        Files.writeString(dir.resolve(".out-1000.millrace-old/part-00000"), "old\n");
        run(words -> words.saveAsTextFiles(prefix()), List.of("new"));
        assertEquals(List.of("out-1000"), Saved.names(dir));
        assertEquals(List.of("new"), Saved.lines(dir.resolve("out-1000")));
        assertEquals(List.of("_SUCCESS", "part-00000"), Saved.names(dir.resolve("out-1000")));
    }

    @Test
    void aDirectoryThatSavingDidNotMakeIsNotReplaced() throws Exception {
        Files.createDirectories(dir.resolve("out-1000"));
        Files.writeString(dir.resolve("out-1000/thesis.tex"), "dear to somebody");
        MillraceException refused = assertThrows(
                MillraceException.class, () -> run(words -> words.saveAsTextFiles(prefix()), List.of("new")));
        assertTrue(refused.getMessage().contains("thesis.tex"), refused.getMessage());
        assertEquals(List.of("out-1000"), Saved.names(dir));
        assertEquals("dear to somebody", Files.readString(dir.resolve("out-1000/thesis.tex")));
    }

    @Test
    void emptyBatchesAreLeftOutIfSoIsSet() {
        UnaryOperator<MillraceConf> skipping = conf -> conf.set("spark.streaming.skipEmptyBatches", "true");
        Consumer<PushInputDStream<Object>> program =
                words -> words.filter(word -> !word.equals("")).saveAsTextFiles(prefix());
        run(skipping, program, List.of("a"), List.of(), List.of(""), List.of("b"));
        assertEquals(List.of("out-1000", "out-4000"), Saved.names(dir));
        run(skipping, program, List.of(), List.of("c"));
        assertEquals(List.of("out-2000", "out-4000"), Saved.names(dir), "what an earlier run of the batch wrote");
    }

    @Test
    void aNullRecordFailsTheBatchAndLeavesNothing() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> run(
                        words -> words.map(word -> word.equals("null") ? null : word)
                                .saveAsTextFiles(prefix()),
                        List.of("a", "null", "b"),
                        List.of("c")));
        assertTrue(
                refused.getMessage().startsWith("'saveAsTextFiles-1' cannot save record 1 of partition 0"),
                refused.getMessage());
        assertEquals(List.of("out-2000"), Saved.names(dir), "the batch after it is saved");
    }

    @Test
    void aNullInAPairIsWritten() {
        run(words -> words.mapToPair(word -> pair(word, null)).saveAsTextFiles(prefix()), List.of("a"));
        assertEquals(List.of("(a,null)"), Saved.lines(dir.resolve("out-1000")));
    }

    /** Has no text. */
    private static final class Textless {
        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }
    }

    @Test
    void aRecordWithoutATextFailsTheBatchByTheNameOfTheOutput() {
        UserFunctionException failed = assertThrows(
                UserFunctionException.class,
                () -> run(words -> words.map(word -> new Textless()).saveAsTextFiles(prefix()), List.of("a")));
        assertTrue(failed.getMessage().contains("saveAsTextFiles-1"), failed.getMessage());
        assertEquals(List.of(), Saved.names(dir));
    }

    @Test
    void aPlaceThatIsNoDirectoryIsTold() throws Exception {
        Files.writeString(dir.resolve("out"), "a file");
        MillraceException failed = assertThrows(
                MillraceException.class, () -> run(words -> words.saveAsTextFiles(prefix() + "/x"), List.of("a")));
        assertTrue(failed.getMessage().contains(prefix()), failed.getMessage());
        assertTrue(failed.getMessage().contains("save elsewhere"), failed.getMessage());
    }

    @Test
    void aPlaceOfAnotherKindIsRefusedAtTheStart() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> run(words -> words.saveAsTextFiles("hdfs://host/out")));
        assertTrue(refused.getMessage().contains("hdfs://host/out-0"), refused.getMessage());
        run(words -> words.saveAsTextFiles("file://" + prefix()), List.of("a"));
        assertEquals(List.of("out-1000"), Saved.names(dir));
    }

    @Test
    void twoOutputsToOneDirectoryAreRefusedAtTheStart() {
        PlanException refused = assertThrows(
                PlanException.class,
                () -> run(words -> {
                    words.saveAsTextFiles(prefix(), "txt");
                    words.saveAsTextFiles(prefix());
                    words.saveAsObjectFiles(prefix(), "txt");
                }));
        assertTrue(
                refused.getMessage().startsWith("'saveAsTextFiles-1' and 'saveAsObjectFiles-1' would both write"),
                refused.getMessage());
    }

    @Test
    void whoListsTheDirectoryNeverSeesPartOfABatch() throws Exception {
        int lines = 20_000;
        AtomicBoolean done = new AtomicBoolean();
        List<String> wrong = new ArrayList<>();
        Thread reader = new Thread(() -> {
            while (!done.get()) {
                for (String name : Saved.names(dir)) {
                    Path batch = dir.resolve(name);
                    if (!name.startsWith(".")
                            && Files.isDirectory(batch)
                            && !(Files.exists(batch.resolve("_SUCCESS"))
                                    && Saved.lines(batch).size() == lines)) {
                        wrong.add(name + " " + Saved.names(batch));
                    }
                }
            }
        });
        List<Object> batch = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            batch.add("line " + i);
        }
        reader.start();
        run(words -> words.saveAsTextFiles(prefix()), batch, batch, batch, batch, batch, batch);
        done.set(true);
        reader.join();
        assertEquals(List.of(), wrong);
        assertEquals(6, Saved.names(dir).size());
        assertFalse(Saved.names(dir).get(0).startsWith("."));
    }
}

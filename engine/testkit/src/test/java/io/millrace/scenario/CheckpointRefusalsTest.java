package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.DStream;
import io.millrace.api.MillraceException;
import io.millrace.api.function.Reducers;
import io.millrace.checkpoint.file.FileHeader;
import io.millrace.checkpoint.file.StoreFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With what a program does not go on, and what it says then: the code, the file, and what to do (reliability spec 3.12, 3.13). {@link
 * RecoveryTest} and {@link CheckpointOnDiskTest} have an operator that is gone, another interval, a used directory without {@code
 * getOrCreate}, and damaged manifests.
 */
class CheckpointRefusalsTest {
    private static final Function<DStream<String>, DStream<?>> COUNTS = words -> words.mapToPair(word -> pair(word, 1))
            .updateStateByKey(Reducers.running(Reducers.sumInt()))
            .named("counts")
            .toJavaDStream();

    @TempDir
    private Path directory;

    /** A process that runs some batches of the program, and is stopped or killed. */
    private Lives after(Lives.Input input, Lives.End end) {
        Lives lives = new Lives(seconds(1), input, directory);
        Lives.Life life = lives.start(COUNTS);
        life.batch("a", "b");
        life.batch("a");
        life.batch("c");
        life.end(end);
        return lives;
    }

    private static void assertRefused(Lives lives, Function<DStream<String>, DStream<?>> program, String... parts) {
        List<String> before = files(lives, "");
        String refusal = assertThrows(
                        MillraceException.class, () -> lives.start(program).close())
                .getMessage();
        for (String part : parts) {
            assertTrue(refusal.contains(part), () -> "'" + part + "' is not in: " + refusal);
        }
        assertTrue(lives.disk.files().containsAll(before), () -> before + " became " + lives.disk.files());
    }

    /** The whole files whose names begin so. */
    private static List<String> files(Lives lives, String beginning) {
        return lives.disk.files().stream()
                .filter(name -> name.startsWith(beginning) && !name.endsWith(".tmp"))
                .toList();
    }

    private static String first(Lives lives, String folder) {
        return files(lives, folder).get(0);
    }

    private static String last(Lives lives, String folder) {
        List<String> names = files(lives, folder);
        return names.get(names.size() - 1);
    }

    /** MR-1001. */
    @Test
    void aDirectoryThatAnotherProcessUsesIsRefusedAndTheOtherGoesOn() {
        Lives lives = new Lives(seconds(1), Lives.Input.FILES, directory);
        String several = "millrace.streaming.allowMultipleContexts";
        try (Lives.Life first = lives.start(COUNTS, several, "true")) {
            first.batch("a");
            String refusal = assertThrows(
                            MillraceException.class,
                            () -> lives.start(COUNTS, several, "true").close())
                    .getMessage();
            assertTrue(refusal.contains("MR-1001"), refusal);
            assertTrue(refusal.contains("is used by process"), refusal);
            assertTrue(refusal.contains("stop that context, or name another directory"), refusal);
            first.batch("a");
        }
        assertEquals(List.of("1: (a,1)", "2: (a,2)"), lives.given());
    }

    /** MR-1003. */
    @ParameterizedTest
    @ValueSource(strings = {"FORMAT", "meta/", "batch/"})
    void filesOfANewerFormatAreRefusedAndLeftAsTheyAre(String file) throws IOException {
        Lives lives = after(Lives.Input.FILES, Lives.End.KILLED);
        if (file.equals("meta/")) {
            lives = after(Lives.Input.FILES, Lives.End.STOPPED);
        }
        String name = first(lives, file);
        byte[] header = makeNewer(lives, name);
        assertRefused(lives, COUNTS, "MR-1003", name, "format 2");
        byte[] left = lives.disk.bytes(name);
        assertEquals(ByteBuffer.wrap(header), ByteBuffer.wrap(left, 0, header.length));
    }

    private static byte[] makeNewer(Lives lives, String name) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(lives.disk.bytes(name), 0, FileHeader.USED_BYTES)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
        header.putShort(8, (short) 2);
        CRC32C checksum = new CRC32C();
        checksum.update(header.duplicate().limit(120));
        header.putInt(120, (int) checksum.getValue()).putInt(124, ~(int) checksum.getValue());
        write(lives, name, 0, header.duplicate());
        byte[] bytes = new byte[header.capacity()];
        header.get(0, bytes);
        return bytes;
    }

    private static void write(Lives lives, String name, long offset, ByteBuffer bytes) throws IOException {
        try (StoreFile file = lives.disk.open(name)) {
            file.write(offset, bytes);
        }
    }

    /** MR-1102. */
    @Test
    void aDamagedBatchLogIsRefusedWithFileOffsetAndBothChecksums() {
        Lives lives = after(Lives.Input.FILES, Lives.End.KILLED);
        String name = first(lives, "batch/");
        lives.disk.flipBit(name, FileHeader.LENGTH + 50, 3);
        assertRefused(lives, COUNTS, "MR-1102", name, "offset " + FileHeader.LENGTH, "expected", "checksum");
    }

    /** MR-1101. */
    @Test
    void aDamagedLogOfWhatWasReceivedIsRefusedWithFileOffsetAndBothChecksums() {
        Lives lives = after(Lives.Input.RECEIVED, Lives.End.KILLED);
        String name = first(lives, "wal/");
        lives.disk.flipBit(name, FileHeader.LENGTH + 50, 3);
        assertRefused(lives, COUNTS, "MR-1101", name, "offset " + FileHeader.LENGTH, "expected", "checksum");
    }

    /** MR-1104. */
    @Test
    void aDamagedFileOfStateIsRefusedWithFileOffsetAndBothChecksums() {
        Lives lives = after(Lives.Input.FILES, Lives.End.STOPPED);
        String name = last(lives, "state/");
        lives.disk.flipBit(name, FileHeader.LENGTH + 50, 3);
        assertRefused(lives, COUNTS, "MR-1104", name, "offset " + FileHeader.LENGTH, "expected", "checksum");
    }

    /** MR-1103. */
    @Test
    void damagedManifestsAreRefusedEachByItsName() {
        Lives lives = after(Lives.Input.FILES, Lives.End.STOPPED);
        List<String> manifests = files(lives, "meta/");
        manifests.forEach(name -> lives.disk.flipBit(name, FileHeader.LENGTH + 50, 3));
        assertRefused(
                lives, COUNTS, "MR-1103", String.join("", manifests.subList(0, 1)), "move it aside and start anew");
    }

    /** MR-1105. */
    @ParameterizedTest
    @CsvSource({"FORMAT, KILLED", "batch/, KILLED", "wal/, KILLED", "state/, STOPPED"})
    void filesThatAreMissingAreNamed(String beginning, Lives.End end) throws IOException {
        Lives lives = after(Lives.Input.RECEIVED, end);
        List<String> names = files(lives, beginning);
        for (String name : names) {
            lives.disk.delete(name);
        }
        assertRefused(lives, COUNTS, "MR-1105", names.get(0));
    }

    /** MR-1106. */
    @Test
    void aFileOfAnotherDirectoryIsRefused() throws IOException {
        Lives lives = after(Lives.Input.FILES, Lives.End.STOPPED);
        Lives other = new Lives(seconds(1), Lives.Input.FILES, directory);
        other.clock.advance(seconds(1)); // what is random comes from it
        other.start(COUNTS).end(Lives.End.STOPPED);
        for (String name : files(lives, "meta/")) {
            write(lives, name, 0, ByteBuffer.wrap(other.disk.bytes(first(other, "meta/"))));
        }
        assertRefused(lives, COUNTS, "MR-1106", last(lives, "meta/"), "it belongs to directory");
    }

    /** MR-1402. */
    @Test
    void anOperatorThatKeepsSomethingElseUnderTheNameIsRefusedByName() {
        Lives lives = after(Lives.Input.FILES, Lives.End.KILLED);
        assertRefused(
                lives,
                words -> words.window(seconds(3)).named("counts"),
                "MR-1402",
                "a state for each key of 'counts'",
                "give the operator another name and leave the state behind by context.dropState(\"counts\"), or use another directory");
    }

    /** MR-1402. */
    @Test
    void aWindowWhoseNameHasAnOperatorWithoutRowsIsRefusedByName() {
        Lives lives = new Lives(seconds(1), Lives.Input.FILES, directory);
        Lives.Life first = lives.start(words -> words.window(seconds(3)).named("counts"));
        first.batch("a");
        first.kill();
        assertRefused(
                lives,
                COUNTS,
                "MR-1402",
                "the rows of a window of 'counts'",
                "give the operator another name and leave the state behind by context.dropState(\"counts\"), or use another directory");
    }

    /** MR-1401. */
    @Test
    void severalOperatorsThatAreGoneAreAllNamed() {
        Lives lives = new Lives(seconds(1), Lives.Input.FILES, directory);
        Lives.Life first = lives.start(words -> COUNTS.apply(words)
                .map(String::valueOf)
                .union(words.window(seconds(2)).named("recent")));
        first.batch("a");
        first.kill();
        assertRefused(lives, words -> words, "MR-1401", "[counts, recent]", "stream.named(...)", "another directory");
    }

    @Test
    void aSourceIsNotTakenOutWhileABatchWaitsForItsRecords() {
        Lives lives = new Lives(seconds(1), Lives.Input.RECEIVED, directory);
        Lives.Life first =
                lives.start(words -> COUNTS.apply(words.named("received")), "millrace.checkpoint.commitInterval", "1h");
        first.batch("a");
        first.kill();
        lives.read(Lives.Input.FILES);
        assertRefused(
                lives,
                words -> COUNTS.apply(words.named("files")),
                "the batch of 1000 ms",
                "has no such source any more",
                "start once with it");
    }

    /** MR-1402. */
    @Test
    void aStateOfAnotherTypeIsRefusedByName() {
        Lives lives = after(Lives.Input.FILES, Lives.End.STOPPED);
        assertRefused(
                lives,
                words -> words.mapToPair(word -> pair(word, 1L))
                        .updateStateByKey(Reducers.running(Reducers.sumLong()))
                        .named("counts")
                        .toJavaDStream(),
                "MR-1402",
                "counts");
    }

    @Test
    void aSourceInWhosePlaceThereIsOneOfAnotherKindIsRefusedByName() {
        Lives lives = after(Lives.Input.RECEIVED, Lives.End.KILLED);
        lives.read(Lives.Input.FILES);
        assertRefused(lives, COUNTS, "source", "named(...)");
    }
}

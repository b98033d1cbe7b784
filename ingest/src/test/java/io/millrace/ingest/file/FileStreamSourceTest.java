package io.millrace.ingest.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.function.Function;
import io.millrace.ingest.IngestRoom;
import io.millrace.ingest.source.PulledRange;
import io.millrace.plan.source.FileContent;
import io.millrace.plan.source.FilesSpec;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.agrona.concurrent.NanoClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Which files belong to which batch (behaviour spec 3.10 and 5.5). Batches of 2 s; the stream is defined at 12 s. */
class FileStreamSourceTest {
    private static final long DEFINED_MS = 12_000;
    private static final FileStreamConfig IDENTITY = new FileStreamConfig(false, 60_000, false, 2_000);
    private static final FileStreamConfig WINDOW = new FileStreamConfig(true, 60_000, false, 2_000);

    @RegisterExtension
    final IngestRoom ingest = new IngestRoom();

    @TempDir
    Path directory;

    private FileRoom room;

    @BeforeEach
    void open() {
        room = new FileRoom(directory, ingest.ledger());
    }

    private FileStreamSource source(String path, boolean newFilesOnly, FileStreamConfig config) {
        return source(path, null, newFilesOnly, config, ingest.clock());
    }

    private FileStreamSource source(
            String path,
            Function<Path, Boolean> filter,
            boolean newFilesOnly,
            FileStreamConfig config,
            NanoClock clock) {
        FilesSpec spec = new FilesSpec(path, new FileContent.Lines(), filter, newFilesOnly, DEFINED_MS);
        FileStreamSource source = new FileStreamSource(
                spec, 0, config, room.reading(), clock, ingest.ports().events());
        source.start();
        return source;
    }

    private FileStreamSource started() {
        return source(directory.toString(), true, IDENTITY);
    }

    private static List<Object> pull(FileStreamSource source, long batchTimeMs) throws Exception {
        return FileRoom.rowsOf(source.pull(batchTimeMs));
    }

    /** The story of Spark's file input stream tests: a file that was there, then one file a batch, modified before its tick. */
    private List<Object> storyOfSpark(boolean newFilesOnly, FileStreamConfig config) throws Exception {
        room.put("0", "0\n", 10_000);
        FileStreamSource source = source(directory.toString(), newFilesOnly, config);
        List<Object> read = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            room.put("" + i, i + "\n", DEFINED_MS + 2_000 * i - 1_000);
            read.addAll(pull(source, DEFINED_MS + 2_000 * i));
        }
        return read;
    }

    @Test
    void newFilesOnlyLeavesOutWhatWasThere() throws Exception {
        assertEquals(List.of("1", "2", "3", "4", "5"), storyOfSpark(true, IDENTITY));
    }

    @Test
    void newFilesOnlyLeavesOutWhatWasThereByTheWindowToo() throws Exception {
        assertEquals(List.of("1", "2", "3", "4", "5"), storyOfSpark(true, WINDOW));
    }

    @Test
    void withoutNewFilesOnlyWhatWasThereIsReadFirst() throws Exception {
        assertEquals(List.of("0", "1", "2", "3", "4", "5"), storyOfSpark(false, IDENTITY));
    }

    @Test
    void withoutNewFilesOnlyWhatWasThereIsReadFirstByTheWindowToo() throws Exception {
        assertEquals(List.of("0", "1", "2", "3", "4", "5"), storyOfSpark(false, WINDOW));
    }

    @Test
    void aFileBelongsToTheFirstBatchThatIsNotBeforeItsModification() throws Exception {
        room.put("present", "present\n", 14_000);
        FileStreamSource source = started();
        room.put("later", "later\n", 16_001);
        assertEquals(List.of("present"), pull(source, 14_000));
        assertEquals(List.of(), pull(source, 16_000));
        assertEquals(List.of("later"), pull(source, 18_000));
        assertEquals(List.of(), pull(source, 20_000));
    }

    @Test
    void aGlobOfDirectoriesLooksIntoEachAndNotAboveThem() throws Exception {
        room.put("a/1", "1\n", 13_000);
        room.put("0", "no\n", 13_000);
        FileStreamSource source = source(directory + "/*/", true, IDENTITY);
        assertEquals(List.of("1"), pull(source, 14_000));
        room.put("b/2", "2\n", 13_500);
        room.put(".c/3", "no\n", 13_500);
        room.put("b/deep/4", "no\n", 13_500);
        assertEquals(List.of("2"), pull(source, 16_000));
    }

    @Test
    void recursiveLooksIntoSubDirectories() throws Exception {
        FileStreamSource source = source(directory.toString(), true, new FileStreamConfig(false, 60_000, true, 2_000));
        room.put("a/b/1", "1\n", 13_000);
        room.put("2", "2\n", 13_500);
        room.put("a/.tmp/3", "no\n", 13_500);
        Files.createSymbolicLink(directory.resolve("a/round"), directory);
        assertEquals(List.of("1", "2"), pull(source, 14_000));
        assertEquals(List.of(), ingest.told());
    }

    @Test
    void filesInADirectoryThatIsRenamedIntoPlaceAreReadHoweverOldTheyAre() throws Exception {
        room.put("generated/subdir/existing", "existing\n", 11_000);
        Files.createDirectory(directory.resolve("streaming"));
        FileStreamSource source = source(directory + "/streaming/sub*", true, IDENTITY);
        assertEquals(List.of(), pull(source, 14_000));
        room.put("generated/subdir/renamed", "renamed\n", 15_000);
        Files.move(directory.resolve("generated/subdir"), directory.resolve("streaming/subdir"));
        assertEquals(List.of("existing", "renamed"), pull(source, 16_000));
    }

    @Test
    void byTheWindowOnlyTheFreshFileOfARenamedDirectoryIsRead() throws Exception {
        room.put("generated/subdir/existing", "existing\n", 11_000);
        Files.createDirectory(directory.resolve("streaming"));
        FileStreamSource source = source(directory + "/streaming/sub*", true, WINDOW);
        assertEquals(List.of(), pull(source, 14_000));
        room.put("generated/subdir/renamed", "renamed\n", 15_000);
        Files.move(directory.resolve("generated/subdir"), directory.resolve("streaming/subdir"));
        assertEquals(List.of("renamed"), pull(source, 16_000));
    }

    @Test
    void hiddenFilesAndFilesBeingCopiedWaitForTheirName() throws Exception {
        FileStreamSource source = started();
        Path hidden = room.put(".1.tmp", "1\n", 13_000);
        Path copied = room.put("2._COPYING_", "2\n", 13_001);
        room.put("_3", "3\n", 13_002);
        assertEquals(List.of("3"), pull(source, 14_000), "an underscore hides nothing, as in Spark");
        Files.move(hidden, directory.resolve("1"));
        Files.move(copied, directory.resolve("2"));
        assertEquals(List.of("1", "2"), pull(source, 16_000));
    }

    @Test
    void aFilterOfTheProgramsReplacesTheUsualOne() throws Exception {
        FileStreamSource source =
                source(directory.toString(), path -> path.toString().endsWith(".log"), true, IDENTITY, ingest.clock());
        room.put(".1.log", "1\n", 13_000);
        room.put("2", "2\n", 13_001);
        assertEquals(List.of("1"), pull(source, 14_000));
    }

    @Test
    void anOldFileThatIsMovedInLateIsReadOnce() throws Exception {
        Path old = room.put(".elsewhere/old", "old\n", 1);
        FileStreamSource source = started();
        assertEquals(List.of(), pull(source, 14_000));
        Files.move(old, directory.resolve("old"));
        assertEquals(List.of("old"), pull(source, 500_000));
        assertEquals(List.of(), pull(source, 502_000));
    }

    @Test
    void anotherFileInThePlaceOfOneThatWasReadIsRead() throws Exception {
        FileStreamSource source = started();
        Path file = room.put("file", "one\n", 13_000);
        assertEquals(List.of("one"), pull(source, 14_000));
        replace(room.put(".new", "two\n", 13_000), file);
        assertEquals(List.of("two"), pull(source, 16_000), "the same name, size and time, but another file");
        Files.delete(file);
        room.put("file", "six\n", 15_500);
        assertEquals(List.of("six"), pull(source, 18_000), "even where it got the inode of the one deleted");
        Files.delete(file);
        assertEquals(List.of(), pull(source, 20_000));
        room.put("file", "six\n", 15_500);
        assertEquals(List.of("six"), pull(source, 22_000), "names that are gone are forgotten");
        assertEquals(List.of(), ingest.told());
    }

    private static void replace(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Test
    void aFileThatOnlyGrewOrWasTouchedIsNotReadTwiceAndToldOnce() throws Exception {
        FileStreamSource source = started();
        Path file = room.put("file", "one\n", 13_000);
        assertEquals(List.of("one"), pull(source, 14_000));
        FileRoom.modified(Files.writeString(file, "two\n", StandardOpenOption.APPEND), 15_000);
        assertEquals(List.of(), pull(source, 16_000));
        FileRoom.modified(file, 17_000);
        assertEquals(List.of(), pull(source, 18_000));
        assertEquals(1, ingest.told().size(), ingest.told()::toString);
        String told = ingest.told().get(0);
        assertTrue(told.contains("file " + file + " changed after it was read and is not read again"), told);
        assertTrue(told.contains("rename it into place"), told);
    }

    @Test
    void aFileThatIsWrittenAnewIsRead() throws Exception {
        FileStreamSource source = started();
        Path file = room.put("file", "one\ntwo\n", 13_000);
        assertEquals(List.of("one", "two"), pull(source, 14_000));
        FileRoom.modified(Files.writeString(file, "six\n"), 15_000);
        assertEquals(List.of("six"), pull(source, 16_000), "other bytes at its beginning");
        FileRoom.modified(Files.writeString(file, "si"), 17_000);
        assertEquals(List.of("si"), pull(source, 18_000), "shorter");
        assertEquals(List.of(), ingest.told());
    }

    @Test
    void aFileThatWasThereAndIsChangedAfterTheStartIsNew() throws Exception {
        Path file = room.put("file", "one\n", 11_000);
        FileStreamSource source = started();
        assertEquals(List.of(), pull(source, 14_000));
        FileRoom.modified(Files.writeString(file, "two\n", StandardOpenOption.APPEND), 15_000);
        assertEquals(List.of("one", "two"), pull(source, 16_000));
    }

    @Test
    void anEmptyFileWaitsForItsFirstBytes() throws Exception {
        FileStreamSource source = started();
        Path file = room.put("file", "", 13_000);
        assertEquals(List.of(), pull(source, 14_000));
        FileRoom.modified(Files.writeString(file, "one\n"), 14_500);
        assertEquals(List.of("one"), pull(source, 16_000));
    }

    @Test
    void byTheWindowOldFilesAreOverlookedAndPathsForgotten() throws Exception {
        FileStreamSource source = source(directory.toString(), false, WINDOW);
        Path file = room.put("file", "one\n", 20_000);
        room.put("old", "old\n", 19_999);
        assertEquals(List.of("one"), pull(source, 79_999));
        FileRoom.modified(file, 100_000);
        assertEquals(List.of(), pull(source, 100_000), "the same path within the window");
        FileRoom.modified(file, 140_000);
        assertEquals(List.of("one"), pull(source, 140_000), "60 s later its batch is forgotten");
    }

    @Test
    void aDirectoryThatIsNotThereYetIsToldOnceAndReadOnceItIs() throws Exception {
        FileStreamSource source = source(directory + "/later", true, IDENTITY);
        assertEquals(List.of(), pull(source, 14_000));
        assertEquals(
                List.of("warning 0 there is no directory " + directory + "/later yet; files are read once there is"),
                ingest.told());
        room.put("later/file", "one\n", 11_000);
        assertEquals(List.of("one"), pull(source, 16_000));
    }

    @Test
    void whenLookingFailsTheShareIsEmptyAndTheFilesComeWithTheNextBatch() throws Exception {
        boolean[] isBroken = {false};
        Function<Path, Boolean> filter = path -> {
            if (isBroken[0]) {
                throw new IOException("disk is on fire");
            }
            return true;
        };
        FileStreamSource source = source(directory.toString(), filter, true, IDENTITY, ingest.clock());
        room.put("file", "one\n", 13_000);
        isBroken[0] = true;
        assertEquals(List.of(), pull(source, 14_000));
        assertEquals(List.of(), pull(source, 16_000));
        assertEquals(
                List.of("warning 0 cannot look for new files in " + directory
                        + ": java.io.IOException: disk is on fire; trying again at each batch"),
                ingest.told());
        isBroken[0] = false;
        assertEquals(List.of("one"), pull(source, 18_000));
        assertEquals("{files=1, bytes=4, errors=2}", source.counts().toString());
    }

    @Test
    void lookingLongerThanABatchIsToldOnce() throws Exception {
        NanoClock slow = () -> {
            ingest.stepMs(1_001);
            return ingest.nowNanos();
        };
        FileStreamSource source = source(directory.toString(), null, true, IDENTITY, slow);
        assertEquals(List.of(), ingest.told());
        FileStreamSource slower =
                source(directory.toString(), null, true, new FileStreamConfig(false, 60_000, false, 1_000), slow);
        pull(source, 14_000);
        pull(slower, 14_000);
        assertEquals(1, ingest.told().size(), ingest.told()::toString);
        assertTrue(
                ingest.told().get(0).contains("took 1001 ms, longer than the batch interval of 1000 ms"),
                ingest.told()::toString);
    }

    @Test
    void aFunctionOfTheProgramsReadsFilesAndItsIteratorIsClosed() throws Exception {
        List<String> closed = new ArrayList<>();
        final class Letters implements Iterator<Character>, AutoCloseable {
            private final String text;
            private int next;

            Letters(String text) {
                this.text = text;
            }

            @Override
            public boolean hasNext() {
                return next < text.length();
            }

            @Override
            public Character next() {
                return text.charAt(next++);
            }

            @Override
            public void close() {
                closed.add(text);
            }
        }
        Function<Path, Iterator<Character>> letters = path -> new Letters(Files.readString(path));
        FileStreamSource source = new FileStreamSource(
                new FilesSpec(directory.toString(), new FileContent.Read(letters), null, true, DEFINED_MS),
                0,
                IDENTITY,
                room.reading(),
                ingest.clock(),
                ingest.ports().events());
        source.start();
        room.put("1", "ab", 13_000);
        room.put("2", "c", 13_001);
        PulledRange range = source.pull(14_000);
        assertEquals(2, range.partitionCount());
        assertEquals(List.of('a', 'b', 'c'), FileRoom.rowsOf(range));
        assertEquals(List.of("ab", "ab", "c", "c"), closed);
    }

    @Test
    void aFunctionThatReturnsNullIsNamedWithItsFile() throws Exception {
        FileStreamSource source = new FileStreamSource(
                new FilesSpec(directory.toString(), new FileContent.Read(path -> null), null, true, DEFINED_MS),
                0,
                IDENTITY,
                room.reading(),
                ingest.clock(),
                ingest.ports().events());
        source.start();
        room.put("1", "ab", 13_000);
        PulledRange range = source.pull(14_000);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> FileRoom.rowsOf(range, 0));
        assertTrue(e.getMessage().contains("returned null for " + directory + "/1"), e.getMessage());
    }
}

package io.millrace.ingest.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.FileChangedException;
import io.millrace.api.MillraceException;
import io.millrace.api.PortableDataStream;
import io.millrace.api.Tuple2;
import io.millrace.ingest.source.PulledRange;
import io.millrace.ingest.source.RangeReader;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.memory.LeakCheck;
import java.io.DataInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files as datasets: which paths mean which files, and what is in them. */
class FileRangesTest {
    @RegisterExtension
    final LeakCheck memory = new LeakCheck();

    @TempDir
    Path directory;

    private FileRoom room;
    private FileRanges ranges;

    @BeforeEach
    void open() {
        room = new FileRoom(directory, memory.ledger());
        ranges = new FileRanges(room.reading());
    }

    private List<Object> lines(String paths) throws Exception {
        return FileRoom.rowsOf(ranges.text(paths, 1));
    }

    @Test
    void aPathMayBeAFileADirectoryAGlobOrSeveralOfThese() throws Exception {
        room.put("a/part-00000", "1\n2\n");
        room.put("a/part-00001", "3\n");
        room.put("a/_SUCCESS", "no");
        room.put("a/.part-00002.tmp", "no");
        room.put("a/sub/deeper", "no");
        room.put("b/x.txt", "4\n");
        room.put("b/y.log", "5\n");
        room.put(".hidden/z", "6\n");
        assertEquals(List.of("1", "2"), lines(directory + "/a/part-00000"));
        assertEquals(List.of("1", "2", "3"), lines(directory + "/a"));
        assertEquals(List.of("4"), lines(directory + "/*/*.txt"));
        assertEquals(List.of("1", "2", "3", "4", "5"), lines(directory + "/{a,b}"));
        assertEquals(List.of("5", "1", "2"), lines(directory + "/b/y.log, " + directory + "/a/part-0000[0]"));
        assertEquals(List.of("3"), lines("file:" + directory + "/a/part-00001"));
        assertEquals(List.of("3"), lines("file://" + directory + "/a/part-00001"));
        assertEquals(List.of("6"), lines(directory + "/.hidden"));
        assertEquals(List.of("no"), lines(directory + "/a/_SUCCESS"));
    }

    @Test
    void aFileWithACommaOrABracketInItsNameIsMeantByItsName() throws Exception {
        room.put("a,b", "1\n");
        room.put("c[d]", "2\n");
        assertEquals(List.of("1"), lines(directory + "/a,b"));
        assertEquals(List.of("2"), lines(directory + "/c[d]"));
    }

    @Test
    void whatIsNoDataOrLeadsNowhereIsLeftOutOfADirectoryAndOfAGlob() throws Exception {
        room.put("in/a", "1\n");
        for (String name : List.of("_tmp", ".part", "gone")) {
            Files.createSymbolicLink(directory.resolve("in/" + name), directory.resolve("nowhere"));
        }
        assertEquals(List.of("1"), lines(directory + "/in"));
        assertEquals(List.of("1"), lines(directory + "/in/*"));
        PulledRange named = ranges.text(directory + "/in/gone", 1);
        String message = assertThrows(MillraceException.class, named::weight).getMessage();
        assertTrue(message.contains("does not exist"), message);
    }

    @Test
    void aPathThatIsNotThereIsAnErrorWhenItIsFirstReadAndNotBefore() throws Exception {
        PulledRange range = ranges.text(directory + "/later", 1);
        PulledRange glob = ranges.text(directory + "/lat*", 1);
        MillraceException e = assertThrows(MillraceException.class, range::partitionCount);
        assertTrue(e.getMessage().contains("input path does not exist: '" + directory + "/later'"), e.getMessage());
        assertTrue(
                assertThrows(MillraceException.class, glob::weight).getMessage().contains("matches nothing"));
        room.put("later", "here\n");
        assertEquals(List.of("here"), FileRoom.rowsOf(range));
        assertEquals(List.of("here"), FileRoom.rowsOf(glob));
    }

    @Test
    void anotherMachinesFileSystemIsRefusedByName() {
        PulledRange range = ranges.text("hdfs://host:8020/data", 1);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, range::partitionCount);
        assertTrue(e.getMessage().contains("file system hdfs"), e.getMessage());
    }

    @Test
    void anEmptyDirectoryAndAnEmptyFileHaveNoPartitions() throws Exception {
        Files.createDirectories(directory.resolve("empty"));
        room.put("nothing/file", "");
        for (String path : List.of("/empty", "/nothing")) {
            PulledRange range = ranges.text(directory + path, 3);
            assertEquals(0, range.partitionCount());
            assertEquals(0, range.weight());
        }
    }

    @Test
    void filesAreCutIntoAtLeastTheWantedPartitions() throws Exception {
        room.put("a", "line\n".repeat(1_000));
        room.put("b", "line\n".repeat(100));
        PulledRange range = ranges.text(directory.toString(), 11);
        assertTrue(range.partitionCount() >= 11, range.partitionCount() + " partitions");
        assertEquals(1_100, FileRoom.rowsOf(range).size());
        assertEquals(List.of(directory + "/a", directory + "/b"), range.names());
        assertEquals(1, ranges.text(directory + "/b", 1).partitionCount());
    }

    @Test
    void fixedLengthRecordsAreSplitBetweenRecords() throws Exception {
        byte[] bytes = new byte[3 * 1_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i / 3);
        }
        room.put("records", bytes);
        for (long partitionBytes : new long[] {1, 7, 1_000, 1 << 20}) {
            FileRanges split = new FileRanges(room.reading(partitionBytes, 64, 100));
            PulledRange range = split.fixedLength(directory + "/records", 3);
            List<Object> records = FileRoom.rowsOf(range);
            assertEquals(1_000, records.size());
            assertEquals(1_000, range.weight());
            for (int i = 0; i < 1_000; i++) {
                byte b = (byte) i;
                assertArrayEquals(new byte[] {b, b, b}, (byte[]) records.get(i));
            }
        }
    }

    @Test
    void aTrailingPartOfARecordIsAnErrorThatNamesFileLengthAndRecordLength() throws Exception {
        String file = room.put("odd", "1234567").toString();
        PulledRange range = ranges.fixedLength(file, 3);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> range.open(0));
        assertTrue(e.getMessage().contains("file " + file + " has 7 bytes"), e.getMessage());
        assertTrue(e.getMessage().contains("records of 3 bytes"), e.getMessage());
    }

    @Test
    void aRecordLengthThatNoRecordHasIsRefusedAtOnce() {
        assertThrows(IllegalArgumentException.class, () -> ranges.fixedLength("x", 0));
        assertThrows(IllegalArgumentException.class, () -> ranges.fixedLength("x", (1 << 20) + 1));
    }

    @Test
    void wholeFilesArePairsOfPathAndContent() throws Exception {
        room.put("b", "two\nlines\n");
        room.put("a", "gr\u00fc\u00dfe".getBytes(ISO_8859_1));
        room.put("c", "");
        PulledRange texts = ranges.wholeTexts(directory.toString(), 1);
        assertEquals(1, texts.partitionCount());
        assertEquals(
                List.of(
                        new Tuple2<>(directory + "/a", "gr\ufffd\ufffde"),
                        new Tuple2<>(directory + "/b", "two\nlines\n"),
                        new Tuple2<>(directory + "/c", "")),
                FileRoom.rowsOf(texts));
        PulledRange bytes = ranges.wholeFiles(directory.toString(), 3);
        assertTrue(bytes.partitionCount() >= 2);
        List<Object> rows = FileRoom.rowsOf(bytes);
        assertEquals(3, rows.size());
        PortableDataStream first = (PortableDataStream) ((Tuple2<?, ?>) rows.get(0))._2;
        assertEquals(directory + "/a", first.getPath());
        assertArrayEquals("gr\u00fc\u00dfe".getBytes(ISO_8859_1), first.toArray());
        try (DataInputStream in = first.open()) {
            assertEquals('g', in.readByte());
        }
        room.put("a", "other");
        assertThrows(FileChangedException.class, first::open);
    }

    @Test
    void aFileThatChangesBetweenBeingChosenAndBeingReadIsReportedByName() throws Exception {
        Path file = room.put("growing", "one\n", 1_000);
        PulledRange range = ranges.text(file.toString(), 1);
        assertEquals(List.of("one"), FileRoom.rowsOf(range));
        Files.writeString(file, "two\n", StandardOpenOption.APPEND);
        FileChangedException e = assertThrows(FileChangedException.class, () -> range.open(0));
        assertEquals(file, e.file());
        assertTrue(
                e.getMessage().contains("it was 4 bytes, modified 1970-01-01T00:00:01Z and is 8 bytes, modified"),
                e.getMessage());
        assertTrue(e.getMessage().contains("write files elsewhere and rename them"), e.getMessage());
    }

    @Test
    void aFileThatGrowsWhileItIsReadIsReportedAtItsEnd() throws Exception {
        Path file = room.put("growing", "one\n", 1_000);
        PulledRange range = ranges.text(file.toString(), 1);
        Chunk chunk = new Chunk();
        try (RangeReader reader = range.open(0)) {
            assertTrue(reader.next(chunk));
            Files.writeString(file, "two\n", StandardOpenOption.APPEND);
            assertThrows(FileChangedException.class, () -> {
                while (reader.next(chunk)) {
                    assertEquals(1, chunk.rows());
                }
            });
        }
    }

    @Test
    void aFileThatIsReplacedWithTheSameSizeAndTimeIsReported() throws Exception {
        Path file = room.put("file", "one\n", 1_000);
        PulledRange range = ranges.text(file.toString(), 1);
        range.partitionCount();
        Files.move(room.put("other", "two\n", 1_000), file, StandardCopyOption.REPLACE_EXISTING);
        FileChangedException e = assertThrows(FileChangedException.class, () -> range.open(0));
        assertTrue(e.getMessage().contains("another file"), e.getMessage());
    }

    @Test
    void aFileThatIsGoneIsReportedUnlessItWasReadAlready() throws Exception {
        Path file = room.put("file", "one\n");
        PulledRange range = ranges.text(file.toString(), 1);
        Chunk chunk = new Chunk();
        try (RangeReader reader = range.open(0)) {
            Files.delete(file);
            List<Object> rows = new ArrayList<>();
            while (reader.next(chunk)) {
                rows.add(chunk.first().get(0));
            }
            assertEquals(List.of("one"), rows);
        }
        FileChangedException e = assertThrows(FileChangedException.class, () -> range.open(0));
        assertTrue(e.getMessage().contains("is gone"), e.getMessage());
        assertFalse(Files.exists(file));
    }
}

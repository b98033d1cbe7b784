package io.millrace.ingest.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.ingest.source.PulledRange;
import io.millrace.ingest.source.RangeReader;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.memory.LeakCheck;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryUse;
import io.millrace.offheap.memory.Seeds;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Lines of files, however the files are split and however small the window is. The judge is {@link BufferedReader#readLine}. */
class LineReaderTest {
    @RegisterExtension
    final LeakCheck memory = new LeakCheck();

    @TempDir
    Path directory;

    private FileRoom room() {
        return new FileRoom(directory, memory.ledger());
    }

    private static List<Object> linesOf(byte[] bytes) {
        return List.copyOf(new BufferedReader(new StringReader(new String(bytes, UTF_8)))
                .lines()
                .toList());
    }

    private List<Object> read(byte[] bytes, long partitionBytes, int windowBytes) throws Exception {
        FileRoom room = room();
        String file = room.put("lines", bytes).toString();
        PulledRange range = new FileRanges(room.reading(partitionBytes, windowBytes, 1 << 20)).text(file, 1);
        assertEquals((bytes.length + partitionBytes - 1) / partitionBytes, range.partitionCount());
        List<Object> lines = FileRoom.rowsOf(range);
        assertEquals(List.of(), room.warnings);
        return lines;
    }

    @Test
    void everyWayToSplitAFileGivesItsLinesOnceAndInOrder() throws Exception {
        byte[] bytes = "to be\nor not\r\nto\rbe\n\n\r\n\r\rthat \u000b is\fthe\n question, grüße\nend".getBytes(UTF_8);
        for (int partitionBytes = 1; partitionBytes <= bytes.length; partitionBytes++) {
            assertEquals(linesOf(bytes), read(bytes, partitionBytes, 64), "partitions of " + partitionBytes);
        }
    }

    @Test
    void randomBytesAreReadAsTheJdkReadsThem() {
        byte[] alphabet = "ab\n\r\n\r\u00fc\u20ac".getBytes(UTF_8);
        Seeds.play(300, random -> {
            byte[] bytes = new byte[1 + random.nextInt(3_000)];
            for (int i = 0; i < bytes.length; i++) {
                byte letter = alphabet[random.nextInt(alphabet.length)];
                boolean isEnd = letter == '\n' || letter == '\r';
                bytes[i] = isEnd && random.nextInt(3) > 0 ? (byte) 'x' : letter;
                bytes[i] = random.nextInt(20) == 0 ? (byte) random.nextInt(256) : bytes[i];
            }
            int partitionBytes = 1 + random.nextInt(bytes.length);
            int windowBytes = 64 + random.nextInt(200);
            List<Object> lines = read(bytes, partitionBytes, windowBytes);
            assertEquals(linesOf(bytes), lines, "partitions of " + partitionBytes + ", window of " + windowBytes);
        });
    }

    @Test
    void moreLinesThanAChunkHolds() throws Exception {
        byte[] bytes = "short\n".repeat(5_000).getBytes(UTF_8);
        assertEquals(Collections.nCopies(5_000, "short"), read(bytes, bytes.length, 1 << 16));
    }

    @Test
    void aLineLongerThanTheWindowIsReadWhole() throws Exception {
        String lines = "a\n" + "b".repeat(10_000) + "\nc\n" + "d".repeat(70_000);
        assertEquals(
                List.of("a", "b".repeat(10_000), "c", "d".repeat(70_000)), read(lines.getBytes(UTF_8), 1 << 20, 64));
    }

    @Test
    void aLineThatIsTooLongIsToldAndLeftOutWhereverTheSplitsAre() throws Exception {
        String lines =
                "first\n" + "x".repeat(3_000) + "\nmiddle\n" + "y".repeat(101) + "\n" + "z".repeat(100) + "\nlast";
        for (int partitionBytes : new int[] {17, 100, 1_000, 1 << 20}) {
            FileRoom room = room();
            String file = room.put("long", lines).toString();
            PulledRange range = new FileRanges(room.reading(partitionBytes, 64, 100)).text(file, 1);
            for (int partition = 0; partition < range.partitionCount(); partition++) {
                FileRoom.rowsOf(range, partition);
            }
            assertEquals(2, room.warnings.size(), () -> room.warnings.toString());
            assertTrue(room.warnings.get(1).contains("101 bytes at 3014 in " + file), room.warnings.get(1));
            assertTrue(room.warnings.get(1).contains("millrace.maxRecordBytes = 100"), room.warnings.get(1));
            assertEquals(List.of("first", "middle", "z".repeat(100), "last"), FileRoom.rowsOf(range));
        }
    }

    @Test
    void aLineThatIsTooLongOnceMendedIsLeftOut() throws Exception {
        FileRoom room = room();
        byte[] bytes = ("a\n" + "x".repeat(98) + "??\nb\n").getBytes(UTF_8);
        bytes[100] = (byte) 0xff;
        bytes[101] = (byte) 0xff;
        String file = room.put("long", bytes).toString();
        PulledRange range = new FileRanges(room.reading(1 << 20, 64, 100)).text(file, 1);
        assertEquals(List.of("a", "b"), FileRoom.rowsOf(range, 0));
        assertTrue(room.warnings.get(0).contains("at least 104 bytes"), room.warnings.get(0));
    }

    @Test
    void aGzippedFileIsUnpackedAndNotSplit() throws Exception {
        FileRoom room = room();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write("one\r\ntwo\n".repeat(2_000).getBytes(UTF_8));
        }
        String file = room.put("lines.gz", packed.toByteArray()).toString();
        PulledRange range = new FileRanges(room.reading(10, 64, 100)).text(file, 4);
        assertEquals(1, range.partitionCount());
        List<Object> lines = FileRoom.rowsOf(range);
        assertEquals(4_000, lines.size());
        assertEquals(List.of("one", "two"), lines.subList(3_998, 4_000));
    }

    @Test
    void aReaderHoldsItsWindowOnTheLedgerUntilItIsClosed() throws Exception {
        FileRoom room = room();
        String file = room.put("lines", "line\n".repeat(100_000)).toString();
        PulledRange range = new FileRanges(room.reading(1 << 30, 8_192, 100)).text(file, 1);
        range.partitionCount();
        assertEquals(0, memory.ledger().usedBytes());
        RangeReader reader = range.open(0);
        assertTrue(reader.next(new Chunk()));
        assertTrue(memory.ledger().usedBytes(MemoryUse.FILE) >= 8_192);
        reader.close();
        reader.close();
        assertEquals(0, memory.ledger().usedBytes());
    }

    @Test
    void whereTheCapForbidsAWindowTheHeapIsUsed() throws Exception {
        MemoryLedger tiny = new MemoryLedger(100);
        FileRoom room = new FileRoom(directory, tiny);
        byte[] bytes = "grüße an alle\n?\n".repeat(1_000).getBytes(UTF_8);
        bytes[16] = (byte) 0xc3;
        String file = room.put("lines", bytes).toString();
        PulledRange range = new FileRanges(room.reading(5_000, 1_024, 1_000)).text(file, 1);
        assertEquals(linesOf(bytes), FileRoom.rowsOf(range));
        assertTrue(tiny.refusals() > 0);
        assertEquals(0, tiny.usedBytes());
    }
}

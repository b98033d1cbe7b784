package io.millrace.offheap.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.offheap.codec.RecordClasses;
import io.millrace.offheap.codec.TestPairs;
import io.millrace.offheap.codec.TestPairs.Pair;
import io.millrace.offheap.codec.UnregisteredClassException;
import io.millrace.offheap.codec.ValueCodec;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;
import io.millrace.offheap.memory.LeakCheck;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryUse;
import io.millrace.offheap.memory.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ObjectFileTest {
    /** The example of docs/object-file-format.md. */
    private static final String DOCUMENTED = "4d524f46 0100 0000 00000000 22ac2c9b"
            + "02 06 01 00 02000000 0c000000 10000000 00000000 25e9825d"
            + "02000000 04000000 746f6265 0500000000000000 ffffffffffffffff"
            + "04 00 00 00 00000000 08000000 00000000 01000000 3ce3bd68 0200000000000000";

    record Reading(String sensor, int value) {}

    record Unregistered(int value) {}

    private static final RecordClasses CLASSES = new RecordClasses(List.of(Reading.class), TestPairs.PAIRS);

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private interface Writing {
        void write(ObjectFileWriter writer) throws IOException;
    }

    private static byte[] file(Writing writing) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ObjectFileWriter writer = new ObjectFileWriter(new ValueCodec(CLASSES));
        writer.begin(BytesChannel.to(out));
        writing.write(writer);
        writer.finish();
        return out.toByteArray();
    }

    private static byte[] fileOf(Chunk... chunks) throws IOException {
        return file(writer -> {
            for (Chunk chunk : chunks) {
                writer.write(chunk);
            }
        });
    }

    private List<Object> rows(byte[] file) throws IOException {
        return rows(file, CLASSES, leaks.ledger(), new ArrayList<>());
    }

    private static List<Object> rows(byte[] file, RecordClasses classes, MemoryLedger ledger, List<Object> rows)
            throws IOException {
        SeekableByteChannel channel = BytesChannel.of(file);
        try (ObjectFileReader reader = new ObjectFileReader("test.mro", channel, new ValueCodec(classes), ledger)) {
            Chunk chunk = new Chunk();
            while (reader.next(chunk)) {
                assertTrue(chunk.rows() > 0);
                for (int row = 0; row < chunk.rows(); row++) {
                    Object first = chunk.first().get(row);
                    rows.add(comparable(
                            chunk.isPair()
                                    ? new Pair(
                                            comparable(first),
                                            comparable(chunk.second().get(row)))
                                    : first));
                }
            }
            assertEquals(0, chunk.rows());
            assertFalse(reader.next(chunk), "there is nothing behind the end");
            assertEquals(reader.rowCount(), rows.size());
        } finally {
            assertFalse(channel.isOpen());
        }
        return rows;
    }

    private static Object comparable(Object value) {
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value;
    }

    // ---- columns ----

    private static LongColumn longs(ElementType type, long... values) {
        LongColumn column = new LongColumn();
        column.setType(type);
        System.arraycopy(values, 0, column.values(), 0, values.length);
        return column;
    }

    private static DoubleColumn doubles(ElementType type, double... values) {
        DoubleColumn column = new DoubleColumn();
        column.setType(type);
        System.arraycopy(values, 0, column.values(), 0, values.length);
        return column;
    }

    private static BytesColumn bytes(ElementType type, byte[]... rows) {
        BytesColumn column = new BytesColumn();
        UnsafeBuffer buffer = new UnsafeBuffer(
                new byte[Arrays.stream(rows).mapToInt(row -> row.length).sum() + 32]);
        column.wrap(buffer, type);
        int end = buffer.capacity() - 16;
        for (int row = 0; row < rows.length; row++) { // backwards: rows need not be in order
            int start = end - rows[row].length;
            buffer.putBytes(start, rows[row]);
            column.starts()[row] = start;
            column.ends()[row] = end;
            end = start;
        }
        return column;
    }

    private static BytesColumn texts(String... texts) {
        return bytes(
                ElementType.UTF8,
                Arrays.stream(texts)
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new));
    }

    private static RefColumn refs(Object... values) {
        RefColumn column = new RefColumn();
        System.arraycopy(values, 0, column.values(), 0, values.length);
        return column;
    }

    private static Chunk chunk(Column values, int rows) {
        Chunk chunk = new Chunk();
        chunk.set(values, rows);
        return chunk;
    }

    private static Chunk pairs(Column keys, Column values, int rows) {
        Chunk chunk = new Chunk();
        chunk.set(keys, values, rows);
        return chunk;
    }

    // ---- there and back ----

    @Test
    void theBytesAreThoseOfTheDocumentedExample() throws IOException {
        byte[] file = fileOf(pairs(texts("to", "be"), longs(ElementType.INT, 5, -1), 2));
        String documented = DOCUMENTED.replace(" ", "");
        String written = HexFormat.of().formatHex(file);
        assertEquals(documented.length(), written.length());
        assertEquals(documented, written);
        assertEquals(List.of(new Pair("to", 5), new Pair("be", -1)), rows(file));
    }

    @Test
    void everyTypeComesBackInItsLane() throws IOException {
        byte[] raw = {1, -1};
        assertEquals(
                List.of(Integer.MIN_VALUE, 7), rows(fileOf(chunk(longs(ElementType.INT, Integer.MIN_VALUE, 7), 2))));
        assertEquals(List.of(Long.MIN_VALUE), rows(fileOf(chunk(longs(ElementType.LONG, Long.MIN_VALUE), 1))));
        assertEquals(List.of(true, false), rows(fileOf(chunk(longs(ElementType.BOOLEAN, 1, 0), 2))));
        assertEquals(List.of(Double.NaN, -0.0), rows(fileOf(chunk(doubles(ElementType.DOUBLE, Double.NaN, -0.0), 2))));
        assertEquals(List.of(0.1f), rows(fileOf(chunk(doubles(ElementType.FLOAT, 0.1f), 1))));
        assertEquals(List.of("to", "", "grüß"), rows(fileOf(chunk(texts("to", "", "grüß"), 3))));
        assertEquals(List.of("01ff", ""), rows(fileOf(chunk(bytes(ElementType.BYTES, raw, new byte[0]), 2))));
        assertEquals(
                Arrays.asList(null, "a", 1, new Reading("s", 2), new Pair(1, "x")),
                rows(fileOf(chunk(refs(null, "a", 1, new Reading("s", 2), new Pair(1, "x")), 5))));
    }

    @Test
    void chunksOfManyKindsKeepTheirOrder() throws IOException {
        byte[] file = fileOf(
                chunk(texts("a"), 1),
                chunk(texts("b", "c"), 2),
                chunk(longs(ElementType.INT, 1), 1),
                chunk(longs(ElementType.LONG, 1), 1),
                pairs(longs(ElementType.LONG, 2), texts("d"), 1),
                pairs(longs(ElementType.LONG, 3), refs(new Reading("e", 1)), 1),
                chunk(refs(), 0),
                chunk(refs(new Reading("f", 2)), 1));
        assertEquals(
                List.of(
                        "a",
                        "b",
                        "c",
                        1,
                        1L,
                        new Pair(2L, "d"),
                        new Pair(3L, new Reading("e", 1)),
                        new Reading("f", 2)),
                rows(file));
    }

    @Test
    void aFileOfNoRowsIsAFile() throws IOException {
        byte[] file = fileOf();
        assertEquals(48, file.length);
        assertEquals(List.of(), rows(file));
    }

    @Test
    void oneWriterWritesOneFileAfterTheOtherEachWithItsOwnClasses() throws IOException {
        ObjectFileWriter writer = new ObjectFileWriter(new ValueCodec(CLASSES));
        byte[] last = null;
        for (int i = 0; i < 2; i++) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            writer.begin(BytesChannel.to(out));
            writer.write(chunk(refs(new Reading("a", i)), 1));
            if (i == 0) {
                assertThrows(UnregisteredClassException.class, () -> writer.write(chunk(refs(new Unregistered(1)), 1)));
            } else {
                writer.finish();
            }
            last = out.toByteArray();
        }
        assertEquals(List.of(new Reading("a", 1)), rows(last));
    }

    @Test
    void longRowsAndManyRowsComeBack() throws IOException {
        String longText = "ä".repeat(400_000);
        LongColumn full = new LongColumn();
        Arrays.setAll(full.values(), i -> i);
        List<Object> expected = new ArrayList<>(List.of(longText, "x", longText));
        for (int times = 0; times < 3; times++) {
            for (long i = 0; i < 1024; i++) {
                expected.add(i);
            }
        }
        assertEquals(
                expected,
                rows(fileOf(
                        chunk(texts(longText, "x", longText), 3),
                        chunk(full, 1024),
                        chunk(full, 1024),
                        chunk(full, 1024))));
    }

    @Test
    void whereTheCapForbidsMemoryOffTheHeapAFrameIsReadOnTheHeap() throws IOException {
        byte[] file = fileOf(chunk(texts("a".repeat(5000)), 1));
        MemoryLedger tiny = new MemoryLedger(100);
        assertEquals(List.of("a".repeat(5000)), rows(file, CLASSES, tiny, new ArrayList<>()));
        assertTrue(tiny.refusals() > 0);
        assertEquals(0, tiny.usedBytes());
    }

    @Test
    void randomChunksComeBack() {
        Seeds.play(200, random -> {
            List<Object> expected = new ArrayList<>();
            byte[] file = file(writer -> {
                for (int chunks = random.nextInt(8); chunks > 0; chunks--) {
                    int rows = random.nextInt(10) == 0 ? 1024 : random.nextInt(40);
                    boolean isPairs = random.nextBoolean();
                    Column first = randomColumn(random, rows);
                    Column second = randomColumn(random, rows);
                    for (int row = 0; row < rows; row++) {
                        Object key = comparable(first.get(row));
                        expected.add(isPairs ? new Pair(key, comparable(second.get(row))) : key);
                    }
                    writer.write(isPairs ? pairs(first, second, rows) : chunk(first, rows));
                }
            });
            assertEquals(expected, rows(file));
        });
    }

    private static Column randomColumn(Random random, int rows) {
        return switch (random.nextInt(6)) {
            case 0 -> longs(ElementType.INT, random.ints(rows).asLongStream().toArray());
            case 1 -> longs(ElementType.LONG, random.longs(rows).toArray());
            case 2 -> doubles(ElementType.DOUBLE, random.doubles(rows).toArray());
            case 3 -> texts(random.ints(rows, 0, 99).mapToObj(i -> "text " + i).toArray(String[]::new));
            case 4 -> longs(ElementType.BOOLEAN, random.longs(rows, 0, 2).toArray());
            default ->
                refs(random.ints(rows, 0, 9)
                        .mapToObj(ObjectFileTest::randomObject)
                        .toArray());
        };
    }

    private static Object randomObject(int choice) {
        return switch (choice) {
            case 0 -> null;
            case 1 -> "text";
            case 2 -> 7;
            case 3 -> new Reading(null, choice);
            case 4 -> new ArrayList<>(List.of("a", 1L, new Reading("b", 2)));
            default -> new Pair("k", (double) choice);
        };
    }

    // ---- refusals ----

    private static byte[] sample() throws IOException {
        return fileOf(
                pairs(texts("to", "bé"), longs(ElementType.INT, 5, -1), 2),
                chunk(refs("a", new Reading("s", 1)), 2),
                chunk(doubles(ElementType.DOUBLE, 0.5), 1));
    }

    private CorruptObjectFileException refused(byte[] file, List<Object> before, String what) {
        return assertThrows(CorruptObjectFileException.class, () -> rows(file, CLASSES, leaks.ledger(), before), what);
    }

    @Test
    void aFileCutAtAnyByteIsRefusedBeforeItsFirstRow() throws IOException {
        byte[] whole = sample();
        for (int length = 0; length < whole.length; length++) {
            List<Object> before = new ArrayList<>();
            CorruptObjectFileException refused = refused(Arrays.copyOf(whole, length), before, "cut to " + length);
            assertTrue(refused.getMessage().startsWith("file test.mro refused at byte "), refused.getMessage());
            assertEquals(List.of(), before, "cut to " + length);
        }
        refused(Arrays.copyOf(whole, whole.length + 1), new ArrayList<>(), "one byte more");
    }

    @Test
    void aFileWithAnyBitFlippedIsRefusedAndShowsNoRowOtherThanItWas() throws IOException {
        byte[] whole = sample();
        List<Object> rows = rows(whole);
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            List<Object> before = new ArrayList<>();
            refused(flipped, before, "bit " + bit);
            assertEquals(rows.subList(0, before.size()), before, "bit " + bit);
        }
    }

    @Test
    void framesThatChangedPlacesAreRefused() throws IOException {
        byte[] one = fileOf(chunk(longs(ElementType.INT, 1), 1), chunk(longs(ElementType.LONG, 2), 1));
        byte[] swapped = one.clone();
        System.arraycopy(one, 16, swapped, 48, 32);
        System.arraycopy(one, 48, swapped, 16, 32);
        CorruptObjectFileException refused = refused(swapped, new ArrayList<>(), "swapped");
        assertTrue(refused.getMessage().contains("frame number 1, expected 0"), refused.getMessage());
        byte[] missing = new byte[one.length - 32];
        System.arraycopy(one, 0, missing, 0, 16);
        System.arraycopy(one, 48, missing, 16, one.length - 48);
        refused(missing, new ArrayList<>(), "left out");
        byte[] twice = new byte[one.length * 2];
        System.arraycopy(one, 0, twice, 0, one.length);
        System.arraycopy(one, 0, twice, one.length, one.length);
        refused(twice, new ArrayList<>(), "two files in one");
    }

    @Test
    void aRefusalNamesFileOffsetAndBothChecksums() throws IOException {
        byte[] file = fileOf(chunk(texts("to"), 1));
        int written = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(36);
        file[file.length - 33] ^= 1;
        CorruptObjectFileException refused = refused(file, new ArrayList<>(), "changed");
        assertEquals(36, refused.offset());
        assertTrue(refused.getMessage().contains("test.mro"), refused.getMessage());
        assertTrue(
                refused.getMessage().contains("0x" + Integer.toHexString(written) + " written"), refused.getMessage());
        assertTrue(refused.getMessage().contains(" computed"), refused.getMessage());
    }

    /** Changes the frame at {@code frame}, of {@code length} bytes, as a wrong writer would: with the checksum that goes with it. */
    private static byte[] wronglyMade(byte[] file, int frame, int length, int offset, int value, int size) {
        ByteBuffer wrong = ByteBuffer.wrap(file.clone()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < size; i++) {
            wrong.put(frame + offset + i, (byte) (value >>> 8 * i));
        }
        CRC32C crc = new CRC32C();
        crc.update(wrong.array(), frame, 20);
        crc.update(wrong.array(), frame + 24, length - 24);
        wrong.putInt(frame + 20, (int) crc.getValue());
        return wrong.array();
    }

    @Test
    void whatAWrongWriterMakesIsRefusedThoughItsChecksumIsRight() throws IOException {
        byte[] text = fileOf(chunk(texts("to", "bé"), 2));
        int length = 24 + 8 + 5;
        int[][] changes = {
            // offset in the frame, value, size, where it is refused
            {0, 0, 1, 16},
            {0, 5, 1, 16},
            {0, 2, 1, 18},
            {1, 0, 1, 17},
            {1, 9, 1, 17},
            {2, 1, 1, 18},
            {3, 1, 1, 19},
            {4, 0, 4, 20},
            {4, 1025, 4, 20},
            {4, -1, 4, 20},
            {4, 3, 4, 40},
            {4, 1, 4, 40},
            {16, 1, 4, 32},
            {24, -1, 4, 40},
            {24, 6, 4, 40},
            {28, 4, 4, 40},
            {24, 4, 4, 48},
            {32, 0xFF, 1, 48}
        };
        for (int[] change : changes) {
            byte[] wrong = wronglyMade(text, 16, length, change[0], change[1], change[2]);
            CorruptObjectFileException refused = refused(wrong, new ArrayList<>(), Arrays.toString(change));
            assertTrue(refused.offset() >= 16 && refused.offset() <= 16 + length, refused.getMessage());
            assertEquals(change[3], refused.offset(), Arrays.toString(change) + ": " + refused.getMessage());
        }
        byte[] booleans = fileOf(chunk(longs(ElementType.BOOLEAN, 1), 1));
        assertEquals(
                40,
                refused(wronglyMade(booleans, 16, 32, 24, 2, 1), new ArrayList<>(), "2")
                        .offset());
        byte[] counted = wronglyMade(booleans, 48, 32, 24, 9, 1);
        assertTrue(refused(counted, new ArrayList<>(), "9 rows").getMessage().contains("1 rows were found, 9"));
    }

    @Test
    void aFrameThatClaimsMoreThanTheFileHasTakesNoMemory() throws IOException {
        byte[] file = fileOf(chunk(texts("to"), 1));
        for (int length : new int[] {-1, Integer.MAX_VALUE, 1 << 30}) {
            byte[] wrong = file.clone();
            ByteBuffer.wrap(wrong).order(ByteOrder.LITTLE_ENDIAN).putInt(16 + 8, length);
            assertEquals(
                    24, refused(wrong, new ArrayList<>(), "length " + length).offset());
        }
        assertEquals(0, leaks.ledger().usedBytes(MemoryUse.FILE));
    }

    @Test
    void anotherVersionIsRefusedByNumber() throws IOException {
        byte[] file = fileOf();
        file[4] = 2;
        CRC32C crc = new CRC32C();
        crc.update(file, 0, 12);
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(12, (int) crc.getValue());
        CorruptObjectFileException refused = refused(file, new ArrayList<>(), "version");
        assertTrue(refused.getMessage().contains("version 2, this reader knows version 1"), refused.getMessage());
        assertEquals(4, refused.offset());
        byte[] noFile = "this is some text, and as long as an object file".getBytes(StandardCharsets.US_ASCII);
        assertTrue(refused(noFile, new ArrayList<>(), "text").getMessage().contains("MROF"));
    }

    @Test
    void classesThatTheReadingProgramDidNotRegisterAreNamed() throws IOException {
        byte[] file = fileOf(chunk(texts("a"), 1), chunk(refs(new Reading("s", 1)), 1));
        List<Object> before = new ArrayList<>();
        UnregisteredClassException refused = assertThrows(
                UnregisteredClassException.class,
                () -> rows(file, new RecordClasses(List.of(), TestPairs.PAIRS), leaks.ledger(), before));
        assertEquals(Reading.class.getTypeName(), refused.className());
        assertEquals(List.of("a"), before, "what needs no class is read");
    }

    @Test
    void aColumnKeepsNoObjectAliveWhoseChunkIsDone() throws IOException {
        byte[] file = fileOf(chunk(refs("a", "b"), 2), chunk(longs(ElementType.INT, 1), 1));
        try (ObjectFileReader reader =
                new ObjectFileReader("test.mro", BytesChannel.of(file), new ValueCodec(CLASSES), leaks.ledger())) {
            Chunk chunk = new Chunk();
            reader.next(chunk);
            Column refs = chunk.first();
            assertEquals("b", refs.get(1));
            reader.next(chunk);
            assertSame(null, refs.get(1));
        }
    }
}

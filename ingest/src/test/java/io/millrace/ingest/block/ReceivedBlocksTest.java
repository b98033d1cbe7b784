package io.millrace.ingest.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MillraceException;
import io.millrace.api.Tuple2;
import io.millrace.ingest.IngestPorts;
import io.millrace.ingest.IngestRoom;
import io.millrace.ingest.SourceCounters;
import io.millrace.ingest.UnreadableInputException;
import io.millrace.ingest.record.ProgramClasses;
import io.millrace.ingest.ring.IngestRing;
import io.millrace.ingest.ring.ObjectHolding;
import io.millrace.ingest.ring.OfferResult;
import io.millrace.ingest.ring.RecordWriter;
import io.millrace.ingest.ring.RingProducer;
import io.millrace.offheap.block.Block;
import io.millrace.offheap.block.BlockReader;
import io.millrace.offheap.block.SlabPool;
import io.millrace.offheap.codec.ByteBuilder;
import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.codec.UnregisteredClassException;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Received blocks as bytes for a log, and back. */
class ReceivedBlocksTest {
    record Reading(String sensor, double value) {}

    record Other(int x) {}

    record Unregistered(int x) {}

    private static final long NANOS = 77;
    private static final int STREAM = 3;

    @RegisterExtension
    final IngestRoom room = new IngestRoom().registered(Other.class, Reading.class);

    /** One source, as far as its blocks. */
    private final class Source implements AutoCloseable {
        final IngestPorts ports = room.ports();
        final IngestRing ring = new IngestRing(8, room.consumerBell());
        final RingProducer producer = new RingProducer(STREAM, ring, room.config(), ports, new SourceCounters());
        final BlockCutter cutter = new BlockCutter(STREAM, ring);
        final ReceivedBlocks blocks = new ReceivedBlocks(ports.objects(), room.slabs());
        final RecordWriter writer;

        Source(ObjectHolding holding) {
            writer = new RecordWriter(producer, 1_000, holding, ports.objects());
            room.closing(this);
        }

        Block blockOf(List<?> records) {
            for (Object record : records) {
                while (writer.write(record) == OfferResult.FULL) {
                    assertTrue(cutter.drain() > 0);
                }
            }
            return cutter.cut();
        }

        /** The block's bytes; it is released. */
        byte[] bytesOf(Block block) {
            int length = blocks.encodedLength(block);
            ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(16);
            assertEquals(length, blocks.encode(block, buffer, 5));
            block.release();
            byte[] bytes = new byte[length];
            buffer.getBytes(5, bytes);
            return bytes;
        }

        @Override
        public void close() {
            producer.close();
            cutter.close();
        }
    }

    private Source source() {
        return new Source(ObjectHolding.AS_BYTES);
    }

    /** The blocks of a program that was started anew, whose classes have other numbers. */
    private ReceivedBlocks restarted(Class<?>... registered) {
        ObjectEncoding encoding = new ObjectEncoding(ProgramClasses.of(List.of(registered)));
        if (List.of(registered).contains(Reading.class)) {
            encoding.newCodec().write(new Reading("first", 1), new ByteBuilder(64));
        }
        return new ReceivedBlocks(encoding, room.slabs());
    }

    private static Block decode(ReceivedBlocks blocks, byte[] bytes) {
        return blocks.decode(new UnsafeBuffer(bytes), 0, bytes.length, NANOS);
    }

    private static List<ElementType> typesOf(Block block) {
        List<ElementType> types = new ArrayList<>();
        BlockReader reader = block.reader();
        Chunk chunk = new Chunk();
        while (reader.next(chunk)) {
            for (int row = 0; row < chunk.rows(); row++) {
                types.add(chunk.first().type());
            }
        }
        return types;
    }

    /** Arrays are equal to nothing but themselves. */
    private static List<Object> comparable(List<?> records) {
        List<Object> comparable = new ArrayList<>();
        for (Object record : records) {
            comparable.add(
                    record instanceof byte[] bytes ? "bytes " + HexFormat.of().formatHex(bytes) : record);
        }
        return comparable;
    }

    @Test
    void aBlockComesBackWithItsRowsTheirTypesItsNameAndMemoryOfTheLedger() {
        Source source = source();
        List<Object> records = Arrays.asList(
                "to",
                "",
                "\u00f6!",
                new byte[] {1, 2},
                new byte[0],
                5,
                6,
                7L,
                true,
                false,
                1.5,
                -0.0,
                2.5f,
                new Reading("a", 1),
                null,
                new Tuple2<>("k", new Other(2)),
                "lone \ud834");
        Block block = source.blockOf(records);
        List<ElementType> types = typesOf(block);
        byte[] bytes = source.bytesOf(block);
        long before = room.ledger().usedBytes();

        Block again = decode(restarted(Reading.class, Other.class), bytes);
        assertEquals("input-3-0", again.id().toString());
        assertEquals(NANOS, again.oldestNanos());
        assertEquals(types, typesOf(again));
        assertTrue(room.slabs().heldCount() > 0 && room.ledger().usedBytes() >= before);
        assertEquals(comparable(records), comparable(IngestRoom.recordsOf(again)));
    }

    @Test
    void theExampleOfTheDocumentIsWhatIsWritten() {
        Source source = source();
        for (int i = 0; i < 7; i++) {
            source.blockOf(List.of(i)).release();
        }
        byte[] bytes = source.bytesOf(source.blockOf(List.of("to", "", "\u00f6!", 5L)));
        assertEquals(
                "01000000030000000700000000000000040000000200000006010000030000000200 03746fc3b621".replace(" ", "")
                        + "02000000010000000500000000000000",
                HexFormat.of().formatHex(bytes));
    }

    @Test
    void objectsHeldAsSuchAreWrittenToo() {
        Source source = new Source(ObjectHolding.AS_OBJECTS);
        List<Object> records = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            records.add(i % 50 == 0 ? "text " + i : i % 3 == 0 ? null : new Reading("x".repeat(i), i));
        }
        byte[] bytes = source.bytesOf(source.blockOf(records));
        assertEquals(records, IngestRoom.recordsOf(decode(restarted(Other.class, Reading.class), bytes)));
    }

    @Test
    void anObjectThatCannotBeWrittenIsRefusedWithItsClassAndTheRemedy() {
        Source source = new Source(ObjectHolding.AS_OBJECTS);
        Block block = source.blockOf(List.of("text", new Unregistered(1)));
        MillraceException e = assertThrows(MillraceException.class, () -> source.blocks.encodedLength(block));
        assertTrue(e.getMessage().contains("block input-3-0"), e.getMessage());
        assertTrue(e.getMessage().contains("registerKryoClasses(new Class<?>[] {"), e.getMessage());
        assertTrue(e.getMessage().contains("ReceivedBlocksTest.Unregistered.class"), e.getMessage());
        assertThrows(MillraceException.class, () -> source.blocks.encode(block, new ExpandableArrayBuffer(), 0));
        block.release();
        byte[] next = source.bytesOf(source.blockOf(List.of(new Reading("a", 1))));
        assertEquals(List.of(new Reading("a", 1)), IngestRoom.recordsOf(decode(source.blocks, next)));
    }

    @Test
    void aClassThatIsNotRegisteredAnyMoreIsRefusedByName() {
        Source source = source();
        byte[] bytes = source.bytesOf(source.blockOf(List.of(new Reading("a", 1))));
        UnregisteredClassException e =
                assertThrows(UnregisteredClassException.class, () -> decode(restarted(Other.class), bytes));
        assertEquals(Reading.class.getName(), e.className());
    }

    @Test
    void aRowLargerThanASlabComesBack() {
        Source source = source();
        List<String> records = List.of("a", "b".repeat(5_000), "c", "d".repeat(16 << 10));
        byte[] bytes = source.bytesOf(source.blockOf(records));
        assertEquals(records, IngestRoom.recordsOf(decode(restarted(), bytes)));
    }

    @Test
    void whenTheMemoryCapForbidsABlockThereIsNoneAndNothingIsHeld() {
        Source source = source();
        byte[] bytes = source.bytesOf(source.blockOf(List.of("a".repeat(900), "b".repeat(900), "c".repeat(900), 1L)));
        MemoryLedger small = new MemoryLedger(3 * 1024);
        try (SlabPool slabs = new SlabPool(small, 1024, 0)) {
            ReceivedBlocks blocks = new ReceivedBlocks(source.ports.objects(), slabs);
            assertNull(decode(blocks, bytes));
            assertEquals(0, slabs.heldCount());
            assertEquals(0, small.usedBytes());
        }
    }

    @Test
    void randomBlocksOfAllTypesComeBackFromPartsOfSlabs() {
        Seeds.play(200, this::randomBlocks);
    }

    private void randomBlocks(Random random) {
        try (Source source = new Source(random.nextBoolean() ? ObjectHolding.AS_BYTES : ObjectHolding.AS_OBJECTS)) {
            ReceivedBlocks reading = restarted(Reading.class, Other.class);
            for (int i = 0; i < 4; i++) {
                List<Object> records = randomRecords(random);
                Block block = source.blockOf(records);
                List<ElementType> types = typesOf(block);
                byte[] bytes = source.bytesOf(block);
                Block again = decode(reading, bytes);
                assertEquals(types, typesOf(again));
                assertEquals(comparable(records), comparable(IngestRoom.recordsOf(again)));
            }
        }
    }

    private static List<Object> randomRecords(Random random) {
        List<Object> records = new ArrayList<>();
        for (int run = 1 + random.nextInt(6); run > 0; run--) {
            int kind = random.nextInt(10);
            for (int row = 1 + random.nextInt(120); row > 0; row--) {
                records.add(randomRecord(kind, random));
            }
        }
        return records;
    }

    private static Object randomRecord(int kind, Random random) {
        return switch (kind) {
            case 0 -> random.nextInt();
            case 1 -> random.nextLong();
            case 2 -> random.nextBoolean();
            case 3 -> random.nextGaussian();
            case 4 -> random.nextFloat();
            case 5 -> "\u00e4\ud834\udd1e ".repeat(random.nextInt(random.nextInt(20) == 0 ? 200 : 6));
            case 6 -> new byte[random.nextInt(30)];
            case 7 -> random.nextInt(9) == 0 ? null : new Reading("s" + random.nextInt(), random.nextDouble());
            case 8 -> new Tuple2<>("k" + random.nextInt(), random.nextInt());
            default -> "lone \ud834" + random.nextInt();
        };
    }

    @Test
    void bytesThatAreCutAreRefused() {
        Source source = source();
        byte[] bytes = source.bytesOf(
                source.blockOf(Arrays.asList("one", "\u00f6", 5, 1.5f, new byte[] {1}, new Reading("a", 1), null)));
        ReceivedBlocks reading = restarted(Reading.class, Other.class);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(UnreadableInputException.class, () -> decode(reading, cut), "cut to " + length);
        }
        UnreadableInputException e = assertThrows(
                UnreadableInputException.class, () -> decode(reading, Arrays.copyOf(bytes, bytes.length + 1)));
        assertTrue(e.getMessage().contains("refused at byte " + bytes.length), e.getMessage());
    }

    @Test
    void bytesOfWhichSomeAreFlippedAreABlockOrAreRefusedButNothingElse() {
        Source source = source();
        byte[] bytes = source.bytesOf(
                source.blockOf(Arrays.asList("one", "\u00f6", 5, 1.5f, new byte[] {1}, new Reading("a", 1), null)));
        ReceivedBlocks reading = restarted(Reading.class, Other.class);
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            attempt(reading, flipped, "bit " + bit);
        }
        Seeds.play(2_000, random -> {
            byte[] damaged = bytes.clone();
            for (int i = 1 + random.nextInt(8); i > 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            attempt(reading, damaged, "damaged");
        });
    }

    private void attempt(ReceivedBlocks reading, byte[] bytes, String what) {
        int before = room.slabs().heldCount();
        try {
            Block block = decode(reading, bytes);
            if (block != null) {
                IngestRoom.recordsOf(block);
            }
        } catch (UnreadableInputException | UnregisteredClassException refused) {
            // As it should.
        }
        assertEquals(before, room.slabs().heldCount(), what);
    }
}

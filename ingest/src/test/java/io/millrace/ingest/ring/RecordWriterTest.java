package io.millrace.ingest.ring;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.ingest.Flow;
import io.millrace.ingest.IngestRoom;
import io.millrace.offheap.block.Block;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.memory.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RecordWriterTest {
    private static final int SLAB_BYTES = 1024;

    @RegisterExtension
    final IngestRoom room = new IngestRoom().slabBytes(SLAB_BYTES).maxRecordBytes(5_000);

    @Test
    void everyRecordLeavesAsTheClassItEntered() {
        Flow flow = new Flow(room.ringSlabs(16));
        Object other = new StringBuilder("as it is");
        List<Object> records =
                Arrays.asList("text", 1, 2L, 3.5, 4.5f, true, false, "grün 日本 🙂", other, null, Long.MIN_VALUE, "");
        records.forEach(record -> assertEquals(OfferResult.ACCEPTED, flow.writer.write(record)));
        List<Object> got = flow.cut();
        assertEquals(records, got);
        assertSame(other, got.get(8));
    }

    @Test
    void bytesAreCopied() {
        Flow flow = new Flow(room);
        byte[] bytes = {1, 2, 3};
        flow.writer.write(bytes);
        bytes[0] = 9;
        assertArrayEquals(new byte[] {1, 2, 3}, (byte[]) flow.cut().get(0));
    }

    @Test
    void textThatUtf8CannotHoldStaysAnObject() {
        Flow flow = new Flow(room);
        List<Object> records = List.of("before", "lone \uD800 surrogate", "\uDC00", "after");
        records.forEach(flow.writer::write);
        Block block = flow.cutter.cut();
        assertEquals(
                List.of(ElementType.UTF8, ElementType.REF, ElementType.UTF8),
                block.slices().stream().map(slice -> slice.slab().type()).toList());
        assertEquals(records, IngestRoom.recordsOf(block));
    }

    @Test
    void invalidUtf8IsRepairedOnceAndCounted() {
        Flow flow = new Flow(room);
        byte[] latin = "caf\u00e9 au lait".getBytes(ISO_8859_1);
        flow.writer.writeUtf8(latin, 0, latin.length);
        flow.writer.writeUtf8("café".getBytes(UTF_8), 0, 5);
        assertEquals(List.of("caf\uFFFD au lait", "café"), flow.cut());
        assertEquals(1, flow.counters.repairedRecords());
        assertEquals(2, flow.counters.records());
        assertEquals(19, flow.counters.bytes());
    }

    @Test
    void recordsOfEveryLengthAroundASlabAndTheBoundArriveOrAreRefused() {
        Flow flow = new Flow(room);
        for (int length : lengths()) {
            String record = "x".repeat(length);
            OfferResult expected = length <= 5_000 ? OfferResult.ACCEPTED : OfferResult.TOO_LONG;
            assertEquals(expected, flow.writer.write(record), "length " + length);
            assertEquals(expected, flow.writer.write(record.getBytes(UTF_8)), "length " + length);
            assertEquals(expected == OfferResult.ACCEPTED ? 2 : 0, flow.cut().size());
        }
        assertEquals(2, flow.counters.oversizedRecords());
    }

    private static List<Integer> lengths() {
        List<Integer> lengths = new ArrayList<>(List.of(0, 1, 7, 8, 4_999, 5_000, 5_001));
        for (int length = SLAB_BYTES - 24; length <= SLAB_BYTES + 24; length++) {
            lengths.add(length);
        }
        return lengths;
    }

    @Test
    void aRecordThatIsTooLongIsReportedWithItsFirstBytes() {
        Flow flow = new Flow(room);
        flow.writer.write("GET /index.html\n" + "x".repeat(20_000));
        assertEquals(List.of(), room.told(), "under no lock of the writer");
        flow.producer.tellWarnings();
        assertEquals(1, room.told().size());
        assertTrue(
                room.told().get(0).startsWith("warning 0 a record of 20016 bytes"),
                room.told().get(0));
        assertTrue(
                room.told().get(0).contains("it begins \"GET /index.html.xxx"),
                room.told().get(0));
    }

    @Test
    void noRecordMayTakeMoreThanAQuarterOfTheMemory() throws Exception {
        IngestRoom small =
                new IngestRoom().maxBytes(8 << 10).slabBytes(SLAB_BYTES).maxRecordBytes(5_000);
        Flow flow = new Flow(small);
        assertEquals(OfferResult.TOO_LONG, flow.writer.write(new byte[(2 << 10) + 1]));
        assertEquals(OfferResult.ACCEPTED, flow.writer.write(new byte[2 << 10]));
        small.close();
    }

    @Test
    void typesThatKeepAlternatingAreHeldAsObjectsFromThenOn() {
        Flow flow = new Flow(room.ringSlabs(64));
        List<Object> records = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            records.add(i);
            records.add("text " + i);
        }
        records.forEach(record -> assertEquals(OfferResult.ACCEPTED, flow.writer.write(record)));
        flow.writer.writeUtf8("bytes".getBytes(UTF_8), 0, 5);
        records.add("bytes");
        assertEquals(records, flow.cut());
        assertEquals(1, room.told().size());
        assertTrue(room.told().get(0).contains("keep alternating"), room.told().get(0));
    }

    @Test
    void longRunsOfOneTypeAfterAnotherStayInTheirLanes() {
        Flow flow = new Flow(room.ringSlabs(128));
        List<Object> records = new ArrayList<>();
        for (int i = 0; i < 100 * 40; i++) {
            records.add(i / 100 % 2 == 0 ? (Object) i : (Object) ("text " + i));
        }
        records.forEach(record -> assertEquals(OfferResult.ACCEPTED, flow.writer.write(record)));
        assertEquals(records, flow.cut());
        assertEquals(List.of(), room.told());
    }

    @Test
    void objectsAreBoundedUntilTheirBlocksAreReleased() {
        Flow flow = new Flow(room.maxHeldRecords(10));
        for (int i = 0; i < 10; i++) {
            assertEquals(OfferResult.ACCEPTED, flow.writer.write(List.of(i)));
        }
        assertEquals(OfferResult.FULL, flow.writer.write(List.of(10)));
        assertEquals(OfferResult.ACCEPTED, flow.writer.write("bytes are not objects"));
        assertEquals(1, flow.counters.ringFull());

        Block block = flow.cutter.cut();
        assertEquals(OfferResult.FULL, flow.writer.write(List.of(10)), "taken, but held all the same");
        block.release();
        flow.cutter.drain();
        assertEquals(OfferResult.ACCEPTED, flow.writer.write(List.of(10)));
        assertEquals(List.of(List.of(10)), flow.cut());
    }

    @Test
    void atTheMemoryCapTheAnswerIsFullUntilABlockIsReleased() throws Exception {
        IngestRoom small =
                new IngestRoom().maxBytes(16 << 10).slabBytes(SLAB_BYTES).ringSlabs(64);
        Flow flow = new Flow(small);
        List<Object> written = new ArrayList<>();
        String record = "a record of forty-two characters, exactly..";
        while (flow.writer.write(record) == OfferResult.ACCEPTED) {
            written.add(record);
        }
        Block block = flow.cutter.cut();
        assertEquals(OfferResult.FULL, flow.writer.write(record), "the cut gives no memory back");
        assertEquals(written, IngestRoom.recordsOf(block));
        assertEquals(OfferResult.ACCEPTED, flow.writer.write(record));
        assertEquals(1, flow.counters.ringFull());
        small.close();
    }

    @Test
    void randomRecordsArriveInOrderWhateverTheirTypesAndSizes() {
        Seeds.play(100, random -> {
            Flow flow = new Flow(room);
            List<Object> expected = new ArrayList<>();
            List<Object> got = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                Object record = switch (random.nextInt(random.nextInt(200) == 0 ? 6 : 1)) {
                    case 1 -> random.nextLong();
                    case 2 -> random.nextDouble();
                    case 3 -> List.of(i);
                    case 4 -> "\uDFFF";
                    default -> "é".repeat(random.nextInt(random.nextInt(50) == 0 ? 2_000 : 30));
                };
                expected.add(record);
                while (flow.writer.write(record) == OfferResult.FULL) {
                    got.addAll(flow.cut());
                }
                if (random.nextInt(100) == 0) {
                    got.addAll(flow.cut());
                }
            }
            got.addAll(flow.cut());
            assertEquals(expected, got);
            flow.close();
        });
    }
}

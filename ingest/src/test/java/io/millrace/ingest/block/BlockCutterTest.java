package io.millrace.ingest.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.ingest.Flow;
import io.millrace.ingest.IngestRoom;
import io.millrace.ingest.ring.OfferResult;
import io.millrace.offheap.block.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

class BlockCutterTest {
    @RegisterExtension
    final IngestRoom room = new IngestRoom().ringSlabs(8).slabBytes(512);

    @Test
    void aCutTakesWhatIsPublishedAndTheOpenSlabStays() {
        Flow flow = new Flow(room);
        flow.writer.write("one");
        Block first = flow.cutter.cut();
        flow.writer.write("two");
        flow.writer.write("three");
        Block second = flow.cutter.cut();
        assertEquals(1, room.slabs().heldCount(), "both blocks are slices of one slab");
        assertEquals("input-0-0", first.id().toString());
        assertEquals("input-0-1", second.id().toString());
        assertEquals(List.of("two", "three"), IngestRoom.recordsOf(second));
        assertEquals(List.of("one"), IngestRoom.recordsOf(first));
    }

    @Test
    void anIntervalWithoutRecordsHasNoBlockAndTakesNoNumber() {
        Flow flow = new Flow(room);
        assertNull(flow.cutter.cut());
        flow.writer.write(1);
        flow.cut();
        assertNull(flow.cutter.cut());
        flow.writer.write(2);
        Block block = flow.cutter.cut();
        assertEquals("input-0-1", block.id().toString());
        block.release();
    }

    @Test
    void drainingBetweenCutsMakesRoomInTheRingAndTheNextBlockHasItAll() {
        Flow flow = new Flow(room);
        List<Object> written = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            while (flow.writer.write("record number " + i) == OfferResult.FULL) {
                assertTrue(flow.cutter.drain() > 0);
            }
            written.add("record number " + i);
        }
        assertEquals(written, flow.cut());
        assertTrue(flow.counters.ringFull() > 0);
    }

    @Test
    void howeverOftenTheRingIsDrainedASlabIsOneSliceOfTheBlock() {
        Flow flow = new Flow(room);
        List<Object> written = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            assertEquals(OfferResult.ACCEPTED, flow.writer.write("record " + i));
            written.add("record " + i);
            assertEquals(1, flow.cutter.drain());
        }
        int slabs = room.slabs().heldCount();
        Block block = flow.cutter.cut();
        assertEquals(slabs, block.slices().size());
        assertEquals(written, IngestRoom.recordsOf(block));
        assertEquals(1, room.slabs().heldCount(), "the open one");
    }

    @Test
    void theBellRingsWhenAQuarterOfTheRingIsTakenByASealedSlab() {
        Flow flow = new Flow(room);
        while (room.slabs().heldCount() < 3) {
            assertFalse(room.consumerBell().poll(), "two slabs in the ring, the second still open");
            flow.writer.write("some record");
        }
        assertTrue(room.consumerBell().poll());
        flow.cut();
    }

    @Test
    void aBlockKnowsWhenItsOldestRecordCame() {
        Flow flow = new Flow(room);
        room.stepMs(10);
        long firstNanos = room.nowNanos();
        flow.writer.write("a");
        room.stepMs(10);
        flow.writer.write("b");
        Block first = flow.cutter.cut();
        assertEquals(firstNanos, first.oldestNanos());
        first.release();

        room.stepMs(10);
        long secondNanos = room.nowNanos();
        flow.writer.write("c");
        flow.cutter.drain();
        room.stepMs(10);
        flow.writer.write("d");
        Block second = flow.cutter.cut();
        assertEquals(secondNanos, second.oldestNanos(), "of everything drained for it");
        second.release();
    }

    @Test
    void slabsComeBackWhenTheirLastBlockIsReleased() {
        Flow flow = new Flow(room);
        while (room.slabs().heldCount() < 4) {
            flow.writer.write("some record");
        }
        Block block = flow.cutter.cut();
        assertEquals(4, room.slabs().heldCount());
        block.release();
        assertEquals(1, room.slabs().heldCount(), "the open one");
        flow.producer.close();
        assertEquals(1, room.slabs().heldCount(), "sealed, but still in the ring");
        assertEquals(0, flow.cutter.drain());
        assertEquals(0, room.slabs().heldCount());
    }

    @Test
    @Timeout(120)
    void whileTheProducerWritesCutsTakeEveryRecordOnceAndInOrder() throws InterruptedException {
        Flow flow = new Flow(room);
        int records = 300_000;
        AtomicBoolean done = new AtomicBoolean();
        Thread producer = new Thread(() -> {
            for (long i = 0; i < records; i++) {
                // A new type every 1000 records, so that slabs are sealed with room left as well.
                Object record = i / 1000 % 2 == 0 ? (Object) i : (Object) Long.toString(i);
                while (flow.writer.write(record) == OfferResult.FULL) {
                    Thread.onSpinWait();
                }
            }
            done.set(true);
        });
        producer.start();
        long next = 0;
        boolean last;
        do {
            last = done.get();
            for (Object record : flow.cut()) {
                assertEquals(Long.toString(next), record.toString());
                next++;
            }
        } while (!last);
        producer.join();
        assertEquals(records, next);
        assertEquals(records, flow.counters.records());
    }
}

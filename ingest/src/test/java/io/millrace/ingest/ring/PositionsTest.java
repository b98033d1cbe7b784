package io.millrace.ingest.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.ingest.Flow;
import io.millrace.ingest.IngestRoom;
import io.millrace.offheap.block.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which position the last row of a block has. */
class PositionsTest {
    @RegisterExtension
    final IngestRoom room = new IngestRoom();

    @Test
    void aRowIsNotTakenBeforeItsPositionIsKnown() {
        Flow flow = new Flow(room);
        Positions positions = flow.producer.positions();
        positions.undecided();
        assertTrue(positions.admits(7));
        flow.writer.write("seven");
        assertEquals(List.of(), flow.cut());
        positions.advance(flow.producer.publishedRows(), 7);
        flow.writer.write("eight");
        assertEquals(List.of("seven"), flow.cut());
        assertEquals(7, flow.cutter.position());
        positions.advance(flow.producer.publishedRows(), 8);
        assertEquals(List.of("eight"), flow.cut());
        assertEquals(8, flow.cutter.position());
    }

    @Test
    void aRowThatIsDrainedAndNotCutDoesNotCount() {
        Flow flow = new Flow(room);
        Positions positions = flow.producer.positions();
        positions.undecided();
        positions.admits(7);
        flow.writer.write("seven");
        positions.advance(flow.producer.publishedRows(), 7);
        assertEquals(1, flow.cutter.drain());
        assertEquals(Positions.NONE, flow.cutter.position());
        assertEquals(List.of("seven"), flow.cut());
        assertEquals(7, flow.cutter.position());
    }

    @Test
    void aRowIsTakenUpToAPlaceInTheMiddleOfASealedSlab() {
        Flow flow = new Flow(room);
        Positions positions = flow.producer.positions();
        positions.undecided();
        positions.admits(0);
        flow.writer.write("zero");
        positions.advance(flow.producer.publishedRows(), 0);
        flow.writer.write("one");
        flow.writer.write(5L); // seals the slab of texts
        assertEquals(List.of("zero"), flow.cut());
        positions.advance(flow.producer.publishedRows(), 2);
        assertEquals(List.of("one", 5L), flow.cut());
        assertEquals(2, flow.cutter.position());
    }

    @Test
    void positionsThatDoNotGrowAreDuplicates() {
        Positions positions = new Positions();
        positions.undecided();
        positions.resume(4);
        assertFalse(positions.admits(4));
        assertTrue(positions.admits(5));
        positions.advance(1, 9);
        assertFalse(positions.admits(8));
        assertEquals(9, positions.last());
    }

    @Test
    void recordsHavePositionsAllOfThemOrNone() {
        Positions with = new Positions();
        with.undecided();
        with.admits(1);
        String refusal = assertThrows(IllegalStateException.class, () -> with.admits(Positions.NONE))
                .getMessage();
        assertTrue(refusal.contains("no position, and records before it had one"), refusal);
        Positions without = new Positions();
        without.undecided();
        without.admits(Positions.NONE);
        assertThrows(IllegalStateException.class, () -> without.admits(1));
    }

    /** A row is the number that is its position, so that each cut can be held against the position that it says. */
    @Test
    @Timeout(120)
    void eachCutSaysThePositionOfItsLastRowWhileTheProducerGoesOn() throws InterruptedException {
        Flow flow = new Flow(room);
        Positions positions = flow.producer.positions();
        positions.undecided();
        long records = 200_000;
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread producer = new Thread(() -> {
            try {
                for (long position = 0; position < records; position++) {
                    positions.admits(position);
                    while (flow.writer.write(position) == OfferResult.FULL) {
                        Thread.onSpinWait();
                    }
                    positions.advance(flow.producer.publishedRows(), position);
                }
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        producer.start();
        List<String> wrong = new ArrayList<>();
        long next = 0;
        while (next < records && wrong.isEmpty() && failure.get() == null) {
            Block block = flow.cutter.cut();
            if (block != null) {
                long first = next;
                next += block.rowCount();
                List<Object> rows = IngestRoom.recordsOf(block);
                if (!rows.get(0).equals(first) || flow.cutter.position() != next - 1) {
                    wrong.add("rows from " + rows.get(0) + ", expected " + first + ", to position "
                            + flow.cutter.position() + ", expected " + (next - 1));
                }
            }
        }
        producer.join();
        assertEquals(List.of(), wrong);
        assertEquals(null, failure.get());
    }
}

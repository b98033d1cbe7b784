package io.millrace.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MillraceException;
import io.millrace.ingest.IngestRoom;
import io.millrace.plan.source.ReceiverSpec;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Receivers whose senders number their records. */
class PositionedReceiverTest {
    @RegisterExtension
    final IngestRoom room = new IngestRoom();

    private final ScriptedReceiver receiver = new ScriptedReceiver();

    private PushedSource opened() {
        return room.closing(SourceDrivers.open(new ReceiverSpec(receiver), 0, room.config(), room.ports()));
    }

    private PushedSource started() {
        PushedSource source = opened();
        source.start();
        source.doWork();
        return source;
    }

    @Test
    void aRecordThatIsSentAgainIsDroppedAndCounted() {
        PushedSource source = started();
        receiver.store("a", 3);
        receiver.store("b", 7);
        receiver.store("a again", 3);
        receiver.store("b again", 7);
        receiver.storeUtf8("c".getBytes(UTF_8), 0, 1, 8);
        receiver.storeUtf8("c".getBytes(UTF_8), 0, 1, 8);
        assertEquals(8, receiver.lastPosition());
        assertEquals(List.of("a", "b", "c"), IngestRoom.recordsOf(source.cut()));
        assertEquals(8, source.cutPosition());
        assertEquals(3, source.counters().duplicateRecords());
        assertEquals(3, source.counters().records());
    }

    @Test
    void severalRecordsHavePositionsThatFollowOneAnother() {
        PushedSource source = started();
        receiver.storeFrom(10, List.of("a", "b", "c"));
        receiver.storeFrom(11, List.of("b", "c", "d"));
        assertEquals(13, receiver.lastPosition());
        assertEquals(List.of("a", "b", "c", "d"), IngestRoom.recordsOf(source.cut()));
        assertEquals(2, source.counters().duplicateRecords());
    }

    @Test
    void aRecordThatIsTooLongHasItsPositionAllTheSame() {
        PushedSource source = started();
        receiver.store("x".repeat(room.config().maxRecordBytes() + 1), 5);
        assertEquals(List.of(), IngestRoom.recordsOf(source.cut()));
        assertEquals(5, source.cutPosition());
        assertEquals(5, receiver.lastPosition());
    }

    @Test
    void aReceiverGoesOnBehindWhatAnEarlierRunHasKept() {
        PushedSource source = opened();
        source.resumeBehind(41);
        receiver.onStart = () -> receiver.store("next", receiver.lastPosition() + 1);
        source.start();
        source.doWork();
        receiver.store("old", 41);
        assertEquals(List.of("next"), IngestRoom.recordsOf(source.cut()));
        assertEquals(42, source.cutPosition());
        assertEquals(1, source.counters().duplicateRecords());
    }

    @Test
    void aReceiverGivesPositionsToAllItsRecordsOrToNone() {
        PushedSource source = started();
        receiver.store("a", 1);
        List<Runnable> without = List.of(
                () -> receiver.store("b"),
                () -> receiver.store(List.<Object>of("b")),
                () -> receiver.storeLines(ByteBuffer.wrap("b".getBytes(UTF_8))));
        for (Runnable store : without) {
            String refusal = assertThrows(MillraceException.class, store::run).getMessage();
            assertTrue(refusal.contains("give positions to all records of a receiver or to none"), refusal);
        }
        assertEquals(List.of("a"), IngestRoom.recordsOf(source.cut()));
    }

    @Test
    void withoutPositionsThereIsNoLastOne() {
        PushedSource source = started();
        receiver.store("a");
        assertEquals(-1, receiver.lastPosition());
        assertEquals(List.of("a"), IngestRoom.recordsOf(source.cut()));
        assertEquals(-1, source.cutPosition());
    }

    @Test
    void theReceiverIsToldOnItsOwnThreadUpToWhereRecordsAreSafe() {
        PushedSource source = started();
        source.acknowledge(4);
        source.acknowledge(9);
        assertEquals(List.of("onStart"), receiver.calls);
        source.doWork();
        source.doWork();
        assertEquals(List.of("onStart", "onAcknowledge 9"), receiver.calls);
    }

    @Test
    void whatIsSafeIsToldAgainAfterEachStartAndNotWhileItPauses() {
        PushedSource source = started();
        source.acknowledge(4);
        source.doWork();
        receiver.restart("lost", null, 100);
        source.doWork();
        source.acknowledge(6);
        source.doWork();
        room.stepMs(100);
        source.doWork();
        source.doWork();
        assertEquals(List.of("onStart", "onAcknowledge 4", "onStop", "onStart", "onAcknowledge 6"), receiver.calls);
    }

    @Test
    void whatIsSafeIsToldBeforeTheReceiverIsStoppedForGood() {
        PushedSource source = started();
        source.acknowledge(4);
        source.requestStop();
        source.doWork();
        assertEquals(List.of("onStart", "onAcknowledge 4", "onStop"), receiver.calls);
    }

    @Test
    void anAcknowledgementThatFailsIsReportedAndStopsNothing() {
        receiver.onAcknowledge = () -> {
            throw new IllegalStateException("no connection");
        };
        PushedSource source = started();
        source.acknowledge(4);
        source.doWork();
        receiver.store("a", 5);
        assertEquals(1, source.counters().errors());
        assertTrue(
                room.told().get(1).startsWith("error 0 onAcknowledge of "),
                room.told().toString());
        assertEquals(List.of("a"), IngestRoom.recordsOf(source.cut()));
    }
}

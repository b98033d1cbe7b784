package io.millrace.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MillraceException;
import io.millrace.api.StorageLevel;
import io.millrace.api.receiver.Receiver;
import io.millrace.ingest.IngestRoom;
import io.millrace.offheap.block.BlockWriter;
import io.millrace.offheap.column.ElementType;
import io.millrace.plan.source.ReceiverSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReceiverSourceTest {
    @RegisterExtension
    final IngestRoom room = new IngestRoom();

    private final ScriptedReceiver receiver = new ScriptedReceiver();

    @Test
    void everyWayToStoreReachesTheNextBlock() {
        PushedSource source = started();
        receiver.store("one");
        receiver.storeUtf8("-two-".getBytes(UTF_8), 1, 3);
        receiver.storeLines(ByteBuffer.wrap("three\nfour\r\nfive".getBytes(UTF_8)));
        receiver.store(List.<Object>of("six", 7).iterator());
        receiver.store(List.<Object>of(8L, 9.5), "metadata");
        assertEquals(
                List.of("one", "two", "three", "four", "five", "six", 7, 8L, 9.5), IngestRoom.recordsOf(source.cut()));
    }

    @Test
    void theBufferOfLinesIsConsumedBetweenPositionAndLimit() {
        PushedSource source = started();
        ByteBuffer lines = ByteBuffer.allocateDirect(32);
        lines.put("skip\ntake\nleave\n".getBytes(UTF_8)).position(5).limit(10);
        receiver.storeLines(lines);
        assertEquals(10, lines.position());
        assertEquals(List.of("take"), IngestRoom.recordsOf(source.cut()));
    }

    @Test
    void aReceiverKnowsItsStreamAndItsState() {
        PushedSource source = SourceDrivers.open(new ReceiverSpec(receiver), 7, room.config(), room.ports());
        room.closing(source);
        assertEquals(7, receiver.streamId());
        assertFalse(receiver.isStarted());
        source.start();
        source.doWork();
        assertTrue(receiver.isStarted());
        assertFalse(receiver.isStopped());
        assertEquals(List.of("onStart"), receiver.calls);
        assertEquals(List.of("started 7 ScriptedReceiver-7"), room.told());
    }

    @Test
    void aReceiverWhoseClassHasNoNameIsNamedByTheClassAroundIt() {
        Receiver<String> nameless = new Receiver<>(StorageLevel.MEMORY_ONLY) {
            private static final long serialVersionUID = 1L;

            @Override
            public void onStart() {}

            @Override
            public void onStop() {}
        };
        PushedSource source = SourceDrivers.open(new ReceiverSpec(nameless), 2, room.config(), room.ports());
        room.closing(source);
        source.start();
        source.doWork();
        String started = room.told().get(0);
        assertTrue(started.matches("started 2 ReceiverSourceTest\\$\\d+-2"), started);
    }

    @Test
    void storingBeforeTheStartOrAfterTheStopIsRefusedAloud() {
        PushedSource source = opened();
        assertTrue(assertThrows(MillraceException.class, () -> receiver.store("early"))
                .getMessage()
                .contains("has not been started"));
        source.start();
        source.doWork();
        receiver.store("in time");
        source.requestStop();
        source.requestStop();
        source.doWork();
        assertTrue(source.isStopped());
        assertTrue(assertThrows(MillraceException.class, () -> receiver.store("late"))
                .getMessage()
                .contains("has been stopped"));
        assertThrows(MillraceException.class, () -> receiver.storeLines(ByteBuffer.wrap("late\n".getBytes(UTF_8))));
        assertEquals(List.of("in time"), IngestRoom.recordsOf(source.cut()));
    }

    @Test
    void whatAReceiverStoresWhileItIsBeingStoppedIsInTheLastCut() {
        PushedSource source = started();
        receiver.onStop = () -> receiver.store("last words");
        source.requestStop();
        source.doWork();
        assertEquals(List.of("last words"), IngestRoom.recordsOf(source.cut()));
        assertEquals(
                "stopped 0 receiver ScriptedReceiver was stopped", room.told().get(1));
    }

    @Test
    void anErrorIsReportedAndStopsNothing() {
        PushedSource source = started();
        receiver.reportError("could not parse", new IllegalStateException("line 3"));
        source.doWork();
        assertTrue(receiver.isStarted());
        assertEquals("error 0 could not parse <- line 3", room.told().get(1));
        assertEquals(1, source.counters().errors());
    }

    @Test
    void aRestartStopsWaitsAndStartsAgain() {
        PushedSource source = started();
        receiver.restart("source moved", null, 100);
        assertTrue(receiver.isStopped(), "reading loops see it at once");
        assertEquals(List.of("onStart"), receiver.calls, "the request itself calls nothing");

        source.doWork();
        assertEquals(List.of("onStart", "onStop"), receiver.calls);
        assertFalse(receiver.isStarted());
        receiver.restart("once more", null, 5);
        room.stepMs(99);
        source.doWork();
        assertEquals(List.of("onStart", "onStop"), receiver.calls);

        room.stepMs(1);
        source.doWork();
        assertEquals(List.of("onStart", "onStop", "onStart"), receiver.calls);
        assertFalse(receiver.isStopped());
        source.doWork();
        assertTrue(receiver.isStarted(), "the second request meant the same restart");
        assertEquals(
                List.of(
                        "started 0 ScriptedReceiver-0",
                        "stopped 0 source moved; starting again in 100 ms",
                        "started 0 ScriptedReceiver-0"),
                room.told());
        assertEquals(1, source.counters().restarts());
    }

    @Test
    void aReceiverThatStopsItselfIsStartedAgainAfterTheRestartDelay() {
        PushedSource source = started();
        receiver.stop("no more tickets", new IllegalStateException("quota"));
        source.doWork();
        assertEquals(
                "stopped 0 no more tickets; starting again in 2000 ms <- quota",
                room.told().get(1));
        room.stepMs(2_000);
        source.doWork();
        assertEquals(List.of("onStart", "onStop", "onStart"), receiver.calls);
    }

    @Test
    void aReceiverThatStopsItselfWithoutAnErrorIsQuotedWordForWord() {
        PushedSource source = started();
        receiver.stop("clean");
        source.doWork();
        assertEquals("stopped 0 clean", room.told().get(1));
    }

    @Test
    void anOnStartThatThrowsStopsTheReceiverWithThatErrorAndIsTriedAgain() {
        receiver.onStart = () -> {
            throw new IllegalStateException("no key");
        };
        PushedSource source = started();
        assertTrue(receiver.isStopped());
        source.doWork();
        assertTrue(
                room.told().get(1).endsWith("starting again in 2000 ms <- no key"),
                room.told().get(1));
        receiver.onStart = () -> {};
        room.stepMs(2_000);
        source.doWork();
        assertFalse(receiver.isStopped());
        assertEquals(1, source.counters().errors());
    }

    @Test
    void anOnStopThatThrowsIsReported() {
        PushedSource source = started();
        receiver.onStop = () -> {
            throw new IllegalStateException("hangs");
        };
        source.requestStop();
        source.doWork();
        assertTrue(source.isStopped());
        assertTrue(room.told().get(1).endsWith("<- hangs"), room.told().get(1));
    }

    @Test
    void anOverlongRecordIsLeftOutAndTheReceiverGoesOn() {
        PushedSource source = started();
        receiver.store("x".repeat(20_000));
        receiver.store(new byte[20_000]);
        receiver.store("fits");
        assertEquals(List.of("fits"), IngestRoom.recordsOf(source.cut()));
        assertEquals(2, source.counters().oversizedRecords());
        assertEquals(
                2,
                room.told().stream().filter(line -> line.startsWith("warning")).count());
    }

    @Test
    void aBlockThatCameAsBytesReachesTheNextBlockWhateverItsTypeAndSize() {
        PushedSource source = started();
        List<Object> expected = new ArrayList<>();
        BlockWriter texts = new BlockWriter(ElementType.UTF8);
        BlockWriter longs = new BlockWriter(ElementType.LONG);
        BlockWriter doubles = new BlockWriter(ElementType.DOUBLE);
        for (int i = 0; i < 3_000; i++) {
            texts.appendText("text " + i);
            expected.add("text " + i);
        }
        texts.appendText("x".repeat(10_000));
        expected.add("x".repeat(10_000));
        for (int i = 0; i < 3_000; i++) {
            longs.appendLong(i);
            expected.add((long) i);
        }
        doubles.appendDouble(0.5);
        expected.add(0.5);
        receiver.store(texts.finish());
        receiver.store(longs.finish(), "metadata");
        receiver.store(doubles.finish());
        receiver.store(new BlockWriter(ElementType.INT).finish());
        assertEquals(expected, IngestRoom.recordsOf(source.cut()));
        assertEquals(expected.size(), source.counters().records());
    }

    @Test
    void aDamagedBlockIsRefusedAloudAndNothingOfItIsTaken() {
        PushedSource source = started();
        BlockWriter writer = new BlockWriter(ElementType.UTF8);
        writer.appendText("whole");
        ByteBuffer damaged = writer.finish();
        damaged.put(damaged.limit() - 1, (byte) 'x');
        String message = assertThrows(MillraceException.class, () -> receiver.store(damaged))
                .getMessage();
        assertTrue(message.contains("checksum"), message);
        assertNull(source.cut());
        assertTrue(receiver.isStarted());
    }

    @Test
    void anOverlongRecordInABlockIsLeftOutAndTheOthersAreTaken() {
        PushedSource source = started();
        BlockWriter writer = new BlockWriter(ElementType.UTF8);
        writer.appendText("before");
        writer.appendText("x".repeat(20_000));
        writer.appendText("after");
        receiver.store(writer.finish());
        assertEquals(List.of("before", "after"), IngestRoom.recordsOf(source.cut()));
        assertEquals(1, source.counters().oversizedRecords());
    }

    @Test
    void whoDrivesTheSourceCanStoreMoreThanTheRingHolds() {
        List<Object> many = new ArrayList<>(Collections.nCopies(10_000, "a record of some length"));
        receiver.onStart = () -> receiver.store(many.iterator());
        PushedSource source = started();
        receiver.store("and one more");
        many.add("and one more");
        assertEquals(many, IngestRoom.recordsOf(source.cut()));
    }

    @Test
    void whoDrivesTheSourceIsToldWhenItsOwnMemoryIsFull() {
        PushedSource source = started();
        List<Object> objects = Collections.nCopies(1_001, new StringBuilder("an object"));
        assertTrue(assertThrows(MillraceException.class, () -> receiver.store(objects.iterator()))
                .getMessage()
                .contains("millrace.receiver.maxHeldRecords"));
        assertEquals(1_000, IngestRoom.recordsOf(source.cut()).size());
        receiver.store(new StringBuilder("again"));
        assertEquals(1, IngestRoom.recordsOf(source.cut()).size());
    }

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
    void anErrorOfTheJvmInAReceiverIsCountedAndReportedAndTheReceiverIsStartedAgain() {
        receiver.onStart = () -> {
            throw new OutOfMemoryError("Java heap space");
        };
        receiver.onStop = () -> {
            throw new StackOverflowError();
        };
        PushedSource source = started();
        source.doWork();
        assertEquals(2, source.counters().errors());
        assertTrue(
                room.told().get(2).endsWith("<- Java heap space"), room.told().get(2));
        receiver.onStart = () -> {};
        receiver.onStop = () -> {};
        room.stepMs(2_000);
        source.doWork();
        assertTrue(receiver.isStarted());
        source.requestStop();
        source.doWork();
        assertTrue(source.isStopped());
    }

    @Test
    void oneReceiverObjectFeedsOneStreamAtATime() {
        PushedSource source = started();
        String refused = assertThrows(
                        IllegalStateException.class,
                        () -> SourceDrivers.open(new ReceiverSpec(receiver), 1, room.config(), room.ports()))
                .getMessage();
        assertTrue(refused.contains("input stream 0") && refused.contains("input stream 1"), refused);
        assertTrue(refused.contains("one Receiver object per stream"), refused);
        receiver.store("goes on");
        assertEquals(List.of("goes on"), IngestRoom.recordsOf(source.cut()));

        source.close();
        assertTrue(receiver.isStopped(), "late calls still see the end of their stream");
        PushedSource next = started();
        receiver.store("anew");
        assertEquals(List.of("anew"), IngestRoom.recordsOf(next.cut()));
    }
}

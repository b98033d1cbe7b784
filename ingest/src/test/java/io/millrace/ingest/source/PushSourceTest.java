package io.millrace.ingest.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.ingest.IngestEvents;
import io.millrace.ingest.IngestRoom;
import io.millrace.ingest.QuietEvents;
import io.millrace.plan.source.PushSpec;
import io.millrace.spi.PushPort;
import io.millrace.type.RecordType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

class PushSourceTest {
    @RegisterExtension
    final IngestRoom room = new IngestRoom();

    @Test
    void offeredRecordsAreInTheNextBlockInOrder() {
        PushedSource source = open();
        assertTrue(port(source).offer("to be"));
        assertTrue(port(source).offerUtf8("xx or not xx".getBytes(StandardCharsets.UTF_8), 3, 6));
        assertEquals(List.of("to be", "or not"), IngestRoom.recordsOf(source.cut()));
        assertNull(source.cut());
        assertEquals(2, source.counters().records());
        assertEquals(11, source.counters().bytes());
    }

    @Test
    void aFullRingAnswersFalseUntilACutMadeRoomAndLosesNothing() {
        PushedSource source = open();
        List<Object> offered = new ArrayList<>();
        String line = "x".repeat(100);
        while (port(source).offer(line + offered.size())) {
            offered.add(line + offered.size());
        }
        assertFalse(port(source).offer(line));
        assertEquals(1, source.counters().ringFull(), "one stretch of being full");

        assertEquals(offered, IngestRoom.recordsOf(source.cut()));
        assertTrue(port(source).offer("again"));
        assertEquals(List.of("again"), IngestRoom.recordsOf(source.cut()));
    }

    @Test
    void afterCompleteNothingIsTakenAndWhatWasTakenIsStillThere() {
        PushedSource source = open();
        port(source).offer(1);
        assertFalse(source.isComplete());
        port(source).complete();
        assertTrue(room.consumerBell().poll());
        assertTrue(source.isComplete());
        assertFalse(port(source).offer(2));
        assertEquals(List.of(1), IngestRoom.recordsOf(source.cut()));
    }

    @Test
    void afterAStopRequestNothingIsTakenAndALastCutSeesEverything() {
        PushedSource source = open();
        port(source).offer(1L);
        source.requestStop();
        assertTrue(source.isStopped());
        assertFalse(source.isComplete());
        assertFalse(port(source).offer(2L));
        assertEquals(List.of(1L), IngestRoom.recordsOf(source.cut()));
    }

    @Test
    void whatWasNeverCutIsGivenBackAtTheEnd() {
        PushedSource source = open();
        port(source).offer("a");
        source.drain();
        port(source).offer("b");
        source.close();
        source.close();
        assertFalse(port(source).offer("c"));
    }

    @Test
    void aRecordLongerThanTheBoundIsRefusedAloudAndTheStreamGoesOn() {
        PushedSource source = open();
        assertThrows(IllegalArgumentException.class, () -> port(source).offer("x".repeat((16 << 10) + 1)));
        assertTrue(port(source).offer("next"));
        assertEquals(1, source.counters().oversizedRecords());
        assertEquals(1, room.told().size());
        assertTrue(room.told().get(0).contains("begins \"xxxx"), room.told().get(0));
        assertEquals(List.of("next"), IngestRoom.recordsOf(source.cut()));
    }

    @Test
    @Timeout(120)
    void severalThreadsOfferAndEveryRecordArrivesOnceInItsThreadsOrder() throws InterruptedException {
        PushedSource source = open();
        int threads = 3;
        int each = 50_000;
        CountDownLatch running = new CountDownLatch(threads);
        for (int t = 0; t < threads; t++) {
            long first = (long) t * each;
            new Thread(() -> {
                        for (long record = first; record < first + each; record++) {
                            while (!port(source).offer(record)) {
                                Thread.yield();
                            }
                        }
                        running.countDown();
                    })
                    .start();
        }
        List<List<Object>> perThread = IntStream.range(0, threads)
                .mapToObj(t -> (List<Object>) new ArrayList<>())
                .toList();
        boolean last;
        do {
            last = running.getCount() == 0;
            IngestRoom.recordsOf(source.cut())
                    .forEach(r -> perThread.get((int) ((Long) r / each)).add(r));
        } while (!last);
        for (int t = 0; t < threads; t++) {
            long first = (long) t * each;
            List<Object> expected = new ArrayList<>();
            for (long record = first; record < first + each; record++) {
                expected.add(record);
            }
            assertEquals(expected, perThread.get(t));
        }
    }

    private PushedSource open() {
        PushedSource source = SourceDrivers.open(new PushSpec(RecordType.UNKNOWN), 0, room.config(), room.ports());
        source.start();
        return room.closing(source);
    }

    @SuppressWarnings("unchecked")
    private static PushPort<Object> port(PushedSource source) {
        return (PushPort<Object>) source.pushPort().orElseThrow();
    }

    @Test
    @Timeout(60)
    void whoIsWarnedMayFeedTheSameStreamAsALogHandlerDoes() {
        AtomicReference<PushPort<Object>> port = new AtomicReference<>();
        IngestEvents feeding = new QuietEvents() {
            @Override
            public void warning(int streamId, String message) {
                assertTrue(port.get().offer("log: " + message.substring(0, 8)));
            }
        };
        PushedSource source = room.closing(
                SourceDrivers.open(new PushSpec(RecordType.UNKNOWN), 0, room.config(), room.ports(feeding)));
        source.start();
        port.set(port(source));
        assertThrows(IllegalArgumentException.class, () -> port(source).offer("x".repeat((16 << 10) + 1)));
        assertTrue(port(source).offer("next"));
        assertEquals(List.of("log: a record", "next"), IngestRoom.recordsOf(source.cut()));
    }
}

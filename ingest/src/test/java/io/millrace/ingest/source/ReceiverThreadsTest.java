package io.millrace.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MillraceException;
import io.millrace.ingest.IngestRoom;
import io.millrace.plan.source.ReceiverSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Receivers on threads of their own. */
@Timeout(120)
class ReceiverThreadsTest {
    @RegisterExtension
    final IngestRoom room = new IngestRoom().withThreads();

    private final ScriptedReceiver receiver = new ScriptedReceiver();

    @Test
    void onItsOwnThreadItIsStartedAndStoppedAndTheThreadEnds() throws InterruptedException {
        AtomicReference<Thread> starter = new AtomicReference<>();
        CountDownLatch running = new CountDownLatch(1);
        receiver.onStart = () -> {
            starter.set(Thread.currentThread());
            running.countDown();
        };
        PushedSource source = opened();
        source.start();
        running.await();
        assertEquals("millrace-receiver-0", starter.get().getName());
        source.requestStop();
        awaitStop(source);
        source.close();
        assertFalse(starter.get().isAlive());
        assertEquals(List.of("onStart", "onStop"), receiver.calls);
    }

    @Test
    void aStoreWaitsForRoomAndNothingIsLost() throws InterruptedException {
        int records = 20_000;
        CountDownLatch stored = new CountDownLatch(1);
        receiver.onStart = () -> new Thread(() -> {
                    for (int i = 0; i < records; i++) {
                        receiver.store("record " + i);
                    }
                    stored.countDown();
                })
                .start();
        PushedSource source = opened();
        source.start();
        while (source.counters().ringFull() == 0) {
            Thread.onSpinWait();
        }
        List<Object> got = new ArrayList<>();
        while (got.size() < records) {
            got.addAll(IngestRoom.recordsOf(source.cut()));
        }
        stored.await();
        assertEquals(IntStream.range(0, records).mapToObj(i -> "record " + i).toList(), got);
    }

    @Test
    void aStoreThatWaitsForRoomEndsWithAnErrorWhenTheReceiverIsStopped() throws InterruptedException {
        AtomicReference<Throwable> refusal = new AtomicReference<>();
        Thread storing = new Thread(() -> {
            try {
                while (true) {
                    receiver.store("more");
                }
            } catch (MillraceException e) {
                refusal.set(e);
            }
        });
        receiver.onStart = storing::start;
        receiver.onStop = () -> join(storing);
        PushedSource source = opened();
        source.start();
        while (source.counters().ringFull() == 0) {
            Thread.onSpinWait();
        }
        source.requestStop();
        awaitStop(source);
        storing.join();
        assertTrue(
                refusal.get().getMessage().contains("told to stop"),
                refusal.get().getMessage());
        assertEquals(
                source.counters().records(), IngestRoom.recordsOf(source.cut()).size());
    }

    @Test
    void aStoreThatWaitsForRoomEndsWithAnErrorWhenItsThreadIsInterrupted() throws InterruptedException {
        CountDownLatch refused = new CountDownLatch(1);
        Thread storing = new Thread(() -> {
            try {
                while (true) {
                    receiver.store("more");
                }
            } catch (MillraceException e) {
                if (Thread.currentThread().isInterrupted()) {
                    refused.countDown();
                }
            }
        });
        receiver.onStart = storing::start;
        PushedSource source = opened();
        source.start();
        while (source.counters().ringFull() == 0) {
            Thread.onSpinWait();
        }
        storing.interrupt();
        refused.await();
    }

    @Test
    void theRateLimitHoldsSingleStoresBackUntilTheClockAllowsThem() throws InterruptedException {
        room.maxRecordsPerSecond(10);
        CountDownLatch stored = new CountDownLatch(1);
        receiver.onStart = () -> new Thread(() -> {
                    receiver.store(List.<Object>of(1, 2, 3, 4, 5).iterator());
                    receiver.store(6);
                    receiver.store(7);
                    stored.countDown();
                })
                .start();
        PushedSource source = opened();
        source.start();
        while (source.counters().records() < 6) {
            Thread.onSpinWait();
        }
        assertEquals(1, stored.getCount());
        room.stepMs(100);
        stored.await();
        assertEquals(7, IngestRoom.recordsOf(source.cut()).size());
    }

    @Test
    void severalThreadsStoreAndEachKeepsItsOrder() throws InterruptedException {
        int threads = 3;
        int each = 5_000;
        CountDownLatch running = new CountDownLatch(threads);
        receiver.onStart = () -> {
            for (int t = 0; t < threads; t++) {
                String prefix = t + ":";
                new Thread(() -> {
                            for (int i = 0; i < each; i += 2) {
                                receiver.store(prefix + i);
                                receiver.storeLines(ByteBuffer.wrap((prefix + (i + 1)).getBytes(UTF_8)));
                            }
                            running.countDown();
                        })
                        .start();
            }
        };
        PushedSource source = opened();
        source.start();
        List<Object> got = new ArrayList<>();
        while (got.size() < threads * each) {
            got.addAll(IngestRoom.recordsOf(source.cut()));
        }
        running.await();
        for (int t = 0; t < threads; t++) {
            String prefix = t + ":";
            assertEquals(
                    IntStream.range(0, each).mapToObj(i -> prefix + i).toList(),
                    got.stream().filter(r -> ((String) r).startsWith(prefix)).toList());
        }
    }

    private PushedSource opened() {
        return room.closing(SourceDrivers.open(new ReceiverSpec(receiver), 0, room.config(), room.ports()));
    }

    private static void awaitStop(PushedSource source) {
        while (!source.isStopped()) {
            LockSupport.parkNanos(100_000);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

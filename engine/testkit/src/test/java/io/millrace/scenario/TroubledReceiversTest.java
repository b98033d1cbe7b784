package io.millrace.scenario;

import static io.millrace.api.Durations.milliseconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.DStream;
import io.millrace.api.Duration;
import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceContext;
import io.millrace.api.MillraceException;
import io.millrace.api.StorageLevel;
import io.millrace.api.StreamingContext;
import io.millrace.api.receiver.Receiver;
import io.millrace.engine.local.EnginePorts;
import io.millrace.engine.local.LocalBackend;
import io.millrace.testkit.RememberedThreads;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Receivers that flap, fail to start, store from eight threads at once, or do not come back from {@code onStop}: whatever was
 * stored is in a batch, and the context stops within its deadline.
 */
@Timeout(120)
class TroubledReceiversTest {
    /** What the tests' receivers have stored: counted after {@code store} returned. */
    private final AtomicLong stored = new AtomicLong();

    private final List<Object> received = Collections.synchronizedList(new ArrayList<>());
    private final RememberedThreads threads = new RememberedThreads();
    private LocalBackend backend;

    /** A receiver whose every method is the test's. */
    private static final class Scripted extends Receiver<Object> {
        private static final long serialVersionUID = 1L;

        private final transient Consumer<Receiver<Object>> start;
        private final transient Runnable stop;

        Scripted(Consumer<Receiver<Object>> start, Runnable stop) {
            super(StorageLevel.MEMORY_ONLY);
            this.start = start;
            this.stop = stop;
        }

        @Override
        public void onStart() {
            start.accept(this);
        }

        @Override
        public void onStop() {
            stop.run();
        }
    }

    private StreamingContext context(String master, Duration batch) {
        MillraceConf conf = new MillraceConf(false)
                .setMaster(master)
                .setAppName("trouble")
                .set("millrace.streaming.allowMultipleContexts", "true")
                .set("millrace.streaming.receiverRestartDelay", "1ms")
                .set("millrace.streaming.gracefulStopTimeout", "300ms")
                .set("millrace.streaming.blockInterval", "5ms")
                .set("millrace.slabBytes", "4k")
                .set("millrace.ring.slabs", "8");
        backend = new LocalBackend(conf, EnginePorts.ofSystem().withThreads(threads));
        return new StreamingContext(MillraceContext.on(backend, conf), batch);
    }

    private void receive(DStream<Object> stream) {
        stream.foreachRecord((record, time) -> received.add(record));
    }

    private void awaitReceived(StreamingContext ssc, int records) throws InterruptedException {
        while (received.size() < records) {
            ssc.awaitTerminationOrTimeout(1);
        }
    }

    private void assertNothingLostNorHeld() {
        threads.assertAllEnded(); // first: a thread may have stored and not counted yet
        assertEquals(stored.get(), received.size(), "records stored, and received");
        assertEquals(0, backend.ledger().usedBytes(), "bytes held off the heap");
    }

    /** Stores until it is told to stop, as records, as a list, as lines, as bytes. */
    private void storeOn(Receiver<Object> receiver) {
        try {
            while (!receiver.isStopped()) {
                receiver.store("single");
                stored.incrementAndGet();
                receiver.store(List.<Object>of(1, 2L, 0.5, "of a list"));
                stored.addAndGet(4);
                receiver.storeLines(ByteBuffer.wrap("two\nlines\n".getBytes(StandardCharsets.UTF_8)));
                stored.addAndGet(2);
                receiver.storeUtf8(new byte[] {'x'}, 0, 1);
                stored.incrementAndGet();
            }
        } catch (MillraceException refused) {
            // The stop came first. Of a list or of lines, some may be in: whoever is refused has to store all again.
            assertTrue(refused.getMessage().contains("was not taken"), refused.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"local[0]", "local[1]", "local[2]"})
    void aReceiverThatFlapsLosesNothing(String master) throws Exception {
        StreamingContext ssc = context(master, milliseconds(10));
        AtomicInteger starts = new AtomicInteger();
        receive(ssc.receiverStream(new Scripted(
                receiver -> threads.newThread(() -> flap(receiver, starts.incrementAndGet()))
                        .start(),
                () -> {})));
        ssc.start();
        awaitReceived(ssc, 50);
        ssc.stop(true, true);
        assertNothingLostNorHeld();
        assertTrue(starts.get() >= 25, starts + " starts");
    }

    /** Stores before and after it asked to be started again: a pause is no reason to lose what comes late. */
    private void flap(Receiver<Object> receiver, int start) {
        try {
            receiver.store("before " + start);
            stored.incrementAndGet();
            receiver.restart("flap " + start, new IllegalStateException("lost"), start % 2);
            receiver.store("after " + start);
            stored.incrementAndGet();
        } catch (MillraceException refused) {
            assertTrue(refused.getMessage().contains("was not taken"), refused.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"local[0]", "local[2]"})
    void aReceiverThatFailsToStartIsStartedUntilItDoes(String master) throws Exception {
        StreamingContext ssc = context(master, milliseconds(10));
        List<String> calls = Collections.synchronizedList(new ArrayList<>());
        receive(ssc.receiverStream(new Scripted(
                receiver -> {
                    calls.add("start");
                    receiver.store("start " + Collections.frequency(calls, "start"));
                    stored.incrementAndGet();
                    if (Collections.frequency(calls, "start") < 3) {
                        throw new IllegalStateException("not yet");
                    }
                },
                () -> calls.add("stop"))));
        ssc.start();
        awaitReceived(ssc, 3);
        ssc.stop(true, true);
        assertNothingLostNorHeld();
        assertEquals(List.of("start 1", "start 2", "start 3"), received);
        assertEquals(List.of("start", "stop", "start", "stop", "start", "stop"), calls);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local[1]", "local[2]"})
    void eightThreadsThatStoreUntilTheStopLoseNothing(String master) throws Exception {
        StreamingContext ssc = context(master, milliseconds(10));
        receive(ssc.receiverStream(new Scripted(
                receiver -> {
                    for (int i = 0; i < 8; i++) {
                        threads.newThread(() -> storeSingly(receiver)).start();
                    }
                },
                () -> {})));
        ssc.start();
        awaitReceived(ssc, 20_000);
        ssc.stop(true, true);
        assertNothingLostNorHeld();
    }

    private void storeSingly(Receiver<Object> receiver) {
        try {
            for (int i = 0; true; i++) {
                receiver.store(i % 3 == 0 ? (Object) i : "record " + i);
                stored.incrementAndGet();
            }
        } catch (MillraceException refused) {
            assertTrue(refused.getMessage().contains("was not taken"), refused.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"local[1]", "local[2]"})
    void severalReceiversInOneUnionAreAllReceived(String master) throws Exception {
        StreamingContext ssc = context(master, milliseconds(10));
        DStream<Object> all = null;
        for (int i = 0; i < 4; i++) {
            DStream<Object> one = ssc.receiverStream(new Scripted(
                    receiver -> threads.newThread(() -> storeSingly(receiver)).start(), () -> {}));
            all = all == null ? one : all.union(one);
        }
        receive(all);
        ssc.start();
        awaitReceived(ssc, 5_000);
        ssc.stop(true, true);
        assertNothingLostNorHeld();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aReceiverThatDoesNotComeBackFromOnStopHoldsUpNoStopForEver(boolean gracefully) throws Exception {
        StreamingContext ssc = context("local[2]", milliseconds(10));
        CountDownLatch mayStop = new CountDownLatch(1);
        receive(ssc.receiverStream(new Scripted(
                receiver -> threads.newThread(() -> storeSingly(receiver)).start(), () -> {
                    try {
                        mayStop.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                })));
        ssc.start();
        awaitReceived(ssc, 1_000);
        ssc.stop(true, gracefully);
        assertEquals(0, backend.ledger().usedBytes(), "its thread is stuck, but holds no memory");
        mayStop.countDown();
        if (gracefully) {
            assertNothingLostNorHeld();
        }
        threads.assertAllEnded();
    }

    @Test
    void aListThatIsRefusedHalfWayIsRefusedAloud() throws Exception {
        StreamingContext ssc = context("local[2]", milliseconds(10));
        CountDownLatch ended = new CountDownLatch(8);
        receive(ssc.receiverStream(new Scripted(
                receiver -> {
                    for (int i = 0; i < 8; i++) {
                        threads.newThread(() -> {
                                    storeOn(receiver);
                                    ended.countDown();
                                })
                                .start();
                    }
                },
                () -> {})));
        ssc.start();
        awaitReceived(ssc, 5_000);
        ssc.stop(true, true);
        ended.await();
        assertTrue(received.size() >= stored.get(), stored + " stored, " + received.size() + " received");
        assertTrue(received.size() < stored.get() + 8 * 4, stored + " stored, " + received.size() + " received");
        threads.assertAllEnded();
    }

    @Test
    void theMaximumRateHoldsOnASteppedClock() {
        try (Rig rig = new Rig(milliseconds(100), conf -> conf.set("millrace.streaming.receiver.maxRate", "1000"))) {
            DStream<Object> stream = rig.ssc.receiverStream(new Scripted(
                    receiver ->
                            rig.threads.newThread(() -> storeSingly(receiver)).start(),
                    () -> {}));
            receive(stream);
            rig.ssc.start();
            for (int batch = 1; batch <= 20; batch++) {
                for (int step = 0; step < 10; step++) {
                    long allowed = 1 + rig.clock.time(); // one at once, then one a millisecond
                    while (stored.get() < allowed) {
                        rig.work();
                    }
                    assertTrue(stored.get() <= allowed, stored + " records by " + rig.clock.time() + " ms");
                    rig.clock.advanceMs(10);
                }
                rig.work();
            }
            rig.ssc.stop(true, true);
            rig.threads.assertAllEnded();
            assertEquals(stored.get(), received.size());
        }
    }
}

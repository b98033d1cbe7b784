package io.millrace.scenario;

import static io.millrace.api.Durations.milliseconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceContext;
import io.millrace.api.StorageLevel;
import io.millrace.api.StreamingContext;
import io.millrace.api.receiver.Receiver;
import io.millrace.engine.local.EnginePorts;
import io.millrace.engine.local.LocalBackend;
import io.millrace.offheap.block.BlockWriter;
import io.millrace.offheap.column.ElementType;
import io.millrace.testkit.RememberedThreads;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Custom receivers, whose threads are their own (behaviour spec 1.8 and 5.5). */
class ReceiverStreamTest {
    private static final RememberedThreads THREADS = new RememberedThreads();

    /** Starts threads that each do a job with it. */
    private static final class Working extends Receiver<Object> {
        private static final long serialVersionUID = 1L;

        private final transient List<Consumer<Receiver<Object>>> jobs;

        Working(List<Consumer<Receiver<Object>>> jobs) {
            super(StorageLevel.MEMORY_ONLY);
            this.jobs = jobs;
        }

        @Override
        public void onStart() {
            jobs.forEach(job -> THREADS.newThread(() -> job.accept(this)).start());
        }

        @Override
        public void onStop() {}
    }

    /** What is received until there are so many records and the program stops gracefully; nothing may be left. */
    private static List<Object> received(String master, int records, List<Consumer<Receiver<Object>>> jobs)
            throws Exception {
        List<Object> received = Collections.synchronizedList(new ArrayList<>());
        RememberedThreads threads = new RememberedThreads();
        MillraceConf conf = new MillraceConf(false)
                .setMaster(master)
                .setAppName("receiver")
                .set("millrace.streaming.receiverRestartDelay", "1ms");
        LocalBackend backend = new LocalBackend(conf, EnginePorts.ofSystem().withThreads(threads));
        StreamingContext ssc = new StreamingContext(MillraceContext.on(backend, conf), milliseconds(10));
        ssc.receiverStream(new Working(jobs)).foreachRecord((record, time) -> received.add(record));
        ssc.start();
        while (received.size() < records) {
            ssc.awaitTerminationOrTimeout(1);
        }
        ssc.stop(true, true);
        assertEquals(0, backend.ledger().usedBytes());
        threads.assertAllEnded();
        THREADS.assertAllEnded();
        return received;
    }

    @ParameterizedTest
    @ValueSource(strings = {"local[0]", "local[1]", "local[2]"})
    void everyFormOfStoreArrivesInOrder(String master) throws Exception {
        List<Object> received = received(master, 17, List.of(receiver -> {
            receiver.store("one");
            receiver.store(2);
            receiver.store((Object) null);
            receiver.store(List.of("a", "b"));
            receiver.store(List.of("c"), "metadata");
            receiver.store(List.<Object>of(3L, 4L).iterator());
            receiver.store(List.<Object>of(0.5).iterator(), "metadata");
            byte[] text = "xyz".getBytes(StandardCharsets.UTF_8);
            receiver.storeUtf8(text, 1, 2);
            receiver.storeLines(ByteBuffer.wrap("first\r\n\nlast\n".getBytes(StandardCharsets.UTF_8)));
            BlockWriter block = new BlockWriter(ElementType.INT);
            block.appendLong(7);
            block.appendLong(8);
            receiver.store(block.finish());
            BlockWriter texts = new BlockWriter(ElementType.UTF8);
            texts.appendText("grüße");
            receiver.store(texts.finish(), "metadata");
            receiver.store('c');
        }));
        List<Object> expected = new ArrayList<>(List.of("one", 2));
        expected.add(null);
        expected.addAll(List.of("a", "b", "c", 3L, 4L, 0.5, "yz", "first", "", "last", 7, 8, "grüße", 'c'));
        assertEquals(expected, received);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local[0]", "local[1]", "local[2]"})
    void tenThreadsStoreAThousandRecordsEach(String master) throws Exception {
        Consumer<Receiver<Object>> thousand = receiver -> {
            for (int i = 0; i < 1000; i++) {
                receiver.store("record " + i);
            }
        };
        List<Object> received = received(master, 10_000, Collections.nCopies(10, thousand));
        assertEquals(10_000, received.size());
        assertEquals(10, Collections.frequency(received, "record 999"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local[0]", "local[1]"})
    void aReceiverThatRestartsGoesOn(String master) throws Exception {
        AtomicInteger starts = new AtomicInteger();
        List<Object> received = received(master, 3, List.of(receiver -> {
            int start = starts.incrementAndGet();
            if (start <= 3) {
                receiver.store("start " + start);
            }
            if (start < 3) {
                receiver.restart("again", new IllegalStateException("lost"));
            }
        }));
        assertEquals(List.of("start 1", "start 2", "start 3"), received);
    }
}

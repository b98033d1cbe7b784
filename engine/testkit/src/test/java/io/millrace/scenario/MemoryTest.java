package io.millrace.scenario;

import static io.millrace.api.Durations.milliseconds;
import static io.millrace.api.Durations.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.Duration;
import io.millrace.api.PushInputDStream;
import io.millrace.api.function.Reducers;
import io.millrace.api.function.Text;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a full ring, a full memory and a full account of objects do to whoever offers. */
class MemoryTest {
    private static final String KILOBYTE = "k".repeat(1024);

    private static Rig rig(Duration batch, String... settings) {
        return new Rig(batch, conf -> {
            for (int i = 0; i < settings.length; i += 2) {
                conf.set(settings[i], settings[i + 1]);
            }
            return conf;
        });
    }

    private static <T> int offerUntilFull(PushInputDStream<T> stream, T record) {
        int accepted = 0;
        while (accepted < 100_000 && stream.offer(record)) {
            accepted++;
        }
        return accepted;
    }

    @Test
    void whenTheMemoryIsFullAnOfferIsRefusedUntilABatchGaveSomeBack() {
        List<Long> counts = new ArrayList<>();
        try (Rig rig = rig(seconds(1), "millrace.memory.maxBytes", "1m")) {
            PushInputDStream<String> lines = rig.ssc.pushStream(String.class);
            lines.count().foreachRecord((count, time) -> counts.add(count));
            rig.ssc.start();
            int first = offerUntilFull(lines, KILOBYTE);
            assertTrue(first > 400 && first < 1024, "three quarters of the memory may wait: " + first + " KiB");
            assertFalse(lines.offer(KILOBYTE));
            rig.work();
            assertFalse(lines.offer(KILOBYTE), "what waits for its batch still holds the memory");
            assertTrue(rig.backend.ledger().refusals() > 0);
            rig.toBatch(1);
            int second = offerUntilFull(lines, KILOBYTE);
            rig.toBatch(2);
            assertEquals(List.of((long) first, (long) second), counts);
            assertTrue(second >= first - 64, "all of it was given back: " + second + " of " + first);
        }
    }

    @Test
    void whenTheRingIsFullAnOfferIsRefusedUntilTheRingWasDrained() {
        List<Long> counts = new ArrayList<>();
        try (Rig rig = rig(seconds(1), "millrace.ring.slabs", "2", "millrace.slabBytes", "4k")) {
            PushInputDStream<String> lines = rig.ssc.pushStream(String.class);
            lines.count().foreachRecord((count, time) -> counts.add(count));
            rig.ssc.start();
            int first = offerUntilFull(lines, KILOBYTE);
            assertTrue(first < 20, "two slabs of 4 KiB: " + first);
            rig.work();
            assertTrue(lines.offer(KILOBYTE));
            rig.toBatch(1);
            assertEquals(List.of(first + 1L), counts);
        }
    }

    @Test
    void objectsHeldByReferenceAreLimitedByNumber() {
        List<Long> counts = new ArrayList<>();
        try (Rig rig = rig(seconds(1), "millrace.receiver.maxHeldRecords", "10")) {
            PushInputDStream<Object> objects = rig.ssc.pushStream(Object.class);
            objects.count().foreachRecord((count, time) -> counts.add(count));
            rig.ssc.start();
            assertEquals(10, offerUntilFull(objects, new Object()));
            rig.work();
            assertFalse(objects.offer(new Object()));
            rig.toBatch(1);
            rig.work();
            assertEquals(10, offerUntilFull(objects, new Object()));
            rig.toBatch(2);
            assertEquals(List.of(10L, 10L), counts);
        }
    }

    @Test
    void keysThatDoNotFitTheMemoryAreHeldOnTheHeapAndNothingIsLost() {
        List<Long> counts = new ArrayList<>();
        try (Rig rig = rig(seconds(1), "millrace.memory.maxBytes", "1m", "millrace.slabBytes", "4k")) {
            PushInputDStream<String> lines = rig.ssc.pushStream(String.class);
            lines.flatMap(Text.words())
                    .mapToPair(Text.pairWith(1))
                    .reduceByKey(Reducers.sumInt())
                    .count()
                    .foreachRecord((count, time) -> counts.add(count));
            rig.ssc.start();
            long accepted = 0;
            while (lines.offer(accepted + KILOBYTE)) {
                accepted++;
            }
            rig.toBatch(1);
            assertTrue(lines.offer("a b"));
            rig.toBatch(2);
            assertEquals(List.of(accepted, 2L), counts);
            assertTrue(rig.backend.laneMisses() > 0, "the key table was never refused memory");
        }
    }

    @Test
    void aRecordThatIsTooLongIsRefusedAndTheStreamGoesOn() {
        List<Long> counts = new ArrayList<>();
        try (Rig rig = rig(seconds(1), "millrace.maxRecordBytes", "100k")) {
            PushInputDStream<String> lines = rig.ssc.pushStream(String.class);
            lines.map(line -> (long) line.length()).foreachRecord((length, time) -> counts.add(length));
            rig.ssc.start();
            assertTrue(lines.offer("x".repeat(100 * 1024)));
            Exception refused = assertThrows(IllegalArgumentException.class, () -> lines.offer("x".repeat(101 * 1024)));
            assertTrue(refused.getMessage().contains("millrace.maxRecordBytes"), refused.getMessage());
            assertTrue(lines.offer("short"));
            rig.toBatch(1);
            assertEquals(List.of(102_400L, 5L), counts);
        }
    }

    @Test
    void anOfferBeforeStartAndAfterStopIsRefused() {
        try (Rig rig = rig(milliseconds(10))) {
            PushInputDStream<String> lines = rig.ssc.pushStream(String.class);
            lines.foreachRDD(rdd -> {});
            assertFalse(lines.offer("early"));
            assertThrows(IllegalStateException.class, lines::complete);
            rig.ssc.start();
            assertTrue(lines.offer("in time"));
            rig.ssc.stop(false, false);
            assertFalse(lines.offer("late"));
            assertFalse(lines.offerUtf8(new byte[] {'x'}, 0, 1));
            lines.complete();
        }
    }

    @Test
    void manyThreadsMayOfferAtOnceAndNothingIsLost() throws Exception {
        int offering = 4;
        int each = 5_000;
        List<Long> counts = new ArrayList<>();
        try (Rig rig = rig(seconds(1), "millrace.ring.slabs", "4", "millrace.slabBytes", "4k")) {
            PushInputDStream<Object> numbers = rig.ssc.pushStream(Object.class);
            numbers.map(String::valueOf).countByValue().foreachRecord((counted, time) -> counts.add(counted._2));
            rig.ssc.start();
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < offering; t++) {
                Object[] kinds = {t, (long) t, "text" + t, t * 0.5};
                threads.add(rig.threads.newThread(() -> {
                    for (int i = 0; i < each; i++) {
                        while (!numbers.offer(kinds[i / 100 % kinds.length])) {
                            Thread.yield();
                        }
                    }
                }));
            }
            threads.forEach(Thread::start);
            while (threads.stream().anyMatch(Thread::isAlive)) {
                rig.work();
                Thread.yield();
            }
            rig.toBatch(1);
            assertEquals(offering * each, counts.stream().mapToLong(x -> x).sum());
        }
    }
}

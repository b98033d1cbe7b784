package io.millrace.scenario;

import static io.millrace.api.Durations.milliseconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceContext;
import io.millrace.api.PushInputDStream;
import io.millrace.api.StreamingContext;
import io.millrace.api.function.Text;
import io.millrace.engine.local.EnginePorts;
import io.millrace.engine.local.LocalBackend;
import io.millrace.testkit.RememberedThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Contexts with threads of their own, batches of a millisecond, several threads that offer, and a stop at no particular moment:
 * a graceful one loses nothing, and after either no memory is held and no thread lives on.
 */
class StopAtAnyTimeTest {
    private static final int LIVES = Integer.getInteger("millrace.test.rounds", 20);

    @ParameterizedTest
    @ValueSource(strings = {"blocking", "spinning"})
    void nothingIsLostByAGracefulStopAndNothingIsHeldAfterAny(String idle) throws Exception {
        for (int life = 0; life < LIVES; life++) {
            live(new SplittableRandom(life), idle, "life " + life + ", " + idle);
        }
    }

    private static void live(SplittableRandom random, String idle, String named) throws Exception {
        RememberedThreads threads = new RememberedThreads();
        MillraceConf conf = new MillraceConf(false)
                .setMaster("local[" + (1 + random.nextInt(2)) + "]")
                .setAppName(named)
                .set("millrace.idle", idle)
                .set("millrace.inlineRows", random.nextBoolean() ? "0" : "100")
                .set("millrace.streaming.blockInterval", "1ms")
                .set("millrace.slabBytes", "4k")
                .set("millrace.ring.slabs", "4");
        LocalBackend backend = new LocalBackend(conf, EnginePorts.ofSystem().withThreads(threads));
        StreamingContext ssc =
                new StreamingContext(MillraceContext.on(backend, conf), milliseconds(1 + random.nextInt(3)));
        AtomicLong counted = new AtomicLong();
        AtomicLong words = new AtomicLong();
        List<PushInputDStream<String>> inputs = new ArrayList<>();
        for (int input = 0; input <= random.nextInt(2); input++) {
            PushInputDStream<String> lines = ssc.pushStream(String.class);
            inputs.add(lines);
            lines.count().foreachRecord((count, time) -> counted.addAndGet(count));
            lines.flatMap(Text.words())
                    .mapToPair(Text.pairWith(1L))
                    .reduceByKey((a, b) -> a + b)
                    .foreachRecord((word, time) -> words.addAndGet(word._2));
        }
        ssc.start();
        AtomicLong accepted = new AtomicLong();
        AtomicBoolean enough = new AtomicBoolean();
        List<Thread> offering = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            PushInputDStream<String> input = inputs.get(i % inputs.size());
            offering.add(threads.newThread(() -> offer(input, accepted, enough)));
        }
        offering.forEach(Thread::start);
        long until = random.nextInt(3000);
        while (accepted.get() < until) {
            Thread.yield();
        }
        boolean gracefully = random.nextBoolean();
        boolean completed = random.nextInt(4) == 0;
        if (completed) {
            inputs.forEach(PushInputDStream::complete);
            ssc.awaitTermination();
        }
        ssc.stop(true, gracefully);
        enough.set(true);
        assertFalse(inputs.get(0).offer("late"));
        threads.assertAllEnded();
        assertEquals(0, backend.ledger().usedBytes(), named);
        if (gracefully || completed) {
            assertEquals(accepted.get(), counted.get(), named);
            assertEquals(2 * accepted.get(), words.get(), named);
        } else {
            assertTrue(counted.get() <= accepted.get(), named);
        }
    }

    private static void offer(PushInputDStream<String> input, AtomicLong accepted, AtomicBoolean enough) {
        for (int i = 0; !enough.get(); i++) {
            if (input.offer("word " + i % 77)) {
                accepted.incrementAndGet();
            } else {
                Thread.yield();
            }
        }
    }
}

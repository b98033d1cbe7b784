package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.listener.StreamingListener;
import io.millrace.spi.RunSpec;
import io.millrace.spi.StreamingRun;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

@Timeout(30)
class StreamingContextTest {

    @Test
    void aBatchIntervalThatIsRefusedLeavesNoEngineBehind() {
        // No backend serves this master, so an engine that was asked for first would be what the message is about.
        MillraceConf conf = new MillraceConf(false).setMaster("nowhere").setAppName("test");
        for (Duration refused : new Duration[] {null, Durations.milliseconds(0)}) {
            String message = assertThrows(IllegalArgumentException.class, () -> new StreamingContext(conf, refused))
                    .getMessage();
            assertTrue(message.startsWith("the batch interval"), message);
            assertThrows(IllegalArgumentException.class, () -> new StreamingContext("nowhere", "test", refused));
        }
    }

    @Test
    void aGracefulStopIsCutShortByAnotherThreadsStopAtOnce() throws Exception {
        CountDownLatch waits = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        FakeBackend backend = new FakeBackend() {
            @Override
            void stopRun(boolean graceful) {
                super.stopRun(graceful);
                if (graceful) {
                    waits.countDown();
                    await(ended);
                } else {
                    ended.countDown();
                }
            }
        };
        StreamingContext context = started(backend);
        Thread patient = new Thread(() -> context.stop(true, true));
        patient.start();
        await(waits);
        assertEquals(StreamingContextState.ACTIVE, context.getState());
        context.stop(false, false);
        patient.join();
        assertEquals(List.of("start", "stop gracefully", "stop", "close"), backend.calls);
        assertEquals(StreamingContextState.STOPPED, context.getState());
    }

    @Test
    void aStopDuringAStartWaitsAndStopsWhatWasStarted() throws Exception {
        CountDownLatch starting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        FakeBackend backend = new FakeBackend() {
            @Override
            public StreamingRun start(MillraceContext owner, RunSpec spec) {
                starting.countDown();
                await(goOn);
                return super.start(owner, spec);
            }
        };
        StreamingContext context = backend.context();
        backend.pushStream(context, String.class);
        Thread starter = new Thread(context::start);
        starter.start();
        await(starting);
        Thread stopper = new Thread(context::stop);
        stopper.start();
        while (stopper.getState() != Thread.State.BLOCKED) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        starter.join();
        stopper.join();
        assertEquals(List.of("start", "stop", "close"), backend.calls);
        assertEquals(StreamingContextState.STOPPED, context.getState());
    }

    @Test
    void aStopInsideAStartIsRefused() {
        StreamingContext[] made = new StreamingContext[1];
        FakeBackend backend = new FakeBackend() {
            @Override
            public StreamingRun start(MillraceContext owner, RunSpec spec) {
                String message =
                        assertThrows(IllegalStateException.class, made[0]::stop).getMessage();
                assertTrue(message.startsWith("stop() inside start()"), message);
                return super.start(owner, spec);
            }
        };
        made[0] = backend.context();
        backend.pushStream(made[0], String.class);
        made[0].start();
        assertEquals(StreamingContextState.ACTIVE, made[0].getState());
    }

    @Test
    void aStopThatIsRefusedLeavesTheContextRunning() {
        boolean[] inside = {true};
        FakeBackend backend = new FakeBackend() {
            @Override
            void stopRun(boolean graceful) {
                if (inside[0]) {
                    throw new IllegalStateException("inside an output");
                }
                super.stopRun(graceful);
            }
        };
        StreamingContext context = started(backend);
        assertThrows(IllegalStateException.class, context::stop);
        assertEquals(StreamingContextState.ACTIVE, context.getState());
        inside[0] = false;
        context.stop();
        assertEquals(List.of("start", "stop", "close"), backend.calls);
    }

    @Test
    void aContextThatWasNeverStartedStopsWithItsEngine() {
        FakeBackend backend = new FakeBackend();
        StreamingContext context = backend.context();
        context.stop();
        context.close();
        assertEquals(List.of("close", "close"), backend.calls);
        assertThrows(IllegalStateException.class, context::start);
        assertThrows(IllegalStateException.class, () -> context.pushStream(String.class));
    }

    @Test
    void aPushStreamTakesRecordsOfItsClassAlone() {
        FakeBackend backend = new FakeBackend();
        StreamingContext context = backend.context();
        PushInputDStream<Integer> numbers = backend.pushStream(context, int.class);
        @SuppressWarnings({"unchecked", "rawtypes"}) // what a careless caller does
        PushInputDStream<Object> careless = (PushInputDStream) numbers;
        assertFalse(numbers.offer(1));
        context.start();
        assertTrue(numbers.offer(1));
        assertTrue(numbers.offer(null));
        for (String message : List.of(
                assertThrows(IllegalArgumentException.class, () -> careless.offer("2"))
                        .getMessage(),
                assertThrows(IllegalArgumentException.class, () -> numbers.offerUtf8(new byte[] {'2'}, 0, 1))
                        .getMessage())) {
            assertEquals(
                    "'" + numbers.id() + "' takes records of java.lang.Integer, not of java.lang.String;"
                            + " give pushStream(...) the class of what is offered",
                    message);
        }
        assertEquals(Arrays.asList(1, null), backend.offered);
    }

    @Test
    void aPushStreamOfStringsOrOfTheirSupertypesTakesText() {
        FakeBackend backend = new FakeBackend();
        StreamingContext context = backend.context();
        PushInputDStream<String> words = backend.pushStream(context, String.class);
        PushInputDStream<Object> objects = backend.pushStream(context, Object.class);
        context.start();
        assertTrue(words.offerUtf8(new byte[] {'a', 'b'}, 1, 1));
        assertTrue(objects.offerUtf8(new byte[] {'a', 'b'}, 0, 1));
        assertTrue(objects.offer(2.5));
        assertEquals(List.of("b", "a", 2.5), backend.offered);
    }

    @Test
    void partitionsAreBoundedAsTheDefaultIs() {
        FakeBackend backend = new FakeBackend();
        PushInputDStream<String> words = backend.pushStream(backend.context(), String.class);
        PairDStream<String, Integer> pairs = words.mapToPair(word -> new Tuple2<>(word, 1));
        pairs.reduceByKey(Integer::sum, 65_536);
        words.countByValue(65_536);
        assertEquals(
                "reduceByKey: 65537 partitions; give 1 to 65536, or no number for the default",
                assertThrows(IllegalArgumentException.class, () -> pairs.reduceByKey(Integer::sum, 65_537))
                        .getMessage());
        assertEquals(
                "countByValue: -1 partitions; give 1 to 65536, or no number for the default",
                assertThrows(IllegalArgumentException.class, () -> words.countByValue(-1))
                        .getMessage());
    }

    @Test
    void noPartitionsCannotBeAskedFor() {
        FakeBackend backend = new FakeBackend();
        PushInputDStream<String> words = backend.pushStream(backend.context(), String.class);
        PairDStream<String, Integer> pairs = words.mapToPair(word -> new Tuple2<>(word, 1));
        assertRefused("reduceByKey: 0 partitions", () -> pairs.reduceByKey(Integer::sum, 0));
        assertRefused("groupByKey: 0 partitions", () -> pairs.groupByKey(0));
        assertRefused("cogroup: 0 partitions", () -> pairs.cogroup(pairs, 0));
        assertRefused("join: 0 partitions", () -> pairs.join(pairs, 0));
        assertRefused("leftOuterJoin: 0 partitions", () -> pairs.leftOuterJoin(pairs, 0));
        assertRefused("rightOuterJoin: 0 partitions", () -> pairs.rightOuterJoin(pairs, 0));
        assertRefused("fullOuterJoin: 0 partitions", () -> pairs.fullOuterJoin(pairs, 0));
        assertRefused("countByValue: 0 partitions", () -> words.countByValue(0));
    }

    private static void assertRefused(String beginning, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.startsWith(beginning), message);
    }

    @Test
    void whatIsNullIsNamedWithItsOperatorAndTheWayOut() {
        FakeBackend backend = new FakeBackend();
        PushInputDStream<String> words = backend.pushStream(backend.context(), String.class);
        PairDStream<String, Integer> pairs = words.mapToPair(word -> new Tuple2<>(word, 1));
        assertNamed(
                "reduceByKey: the partitioner is null; give one",
                () -> pairs.reduceByKey(Integer::sum, (Partitioner) null));
        assertNamed("join of '" + pairs.id() + "' with null; give", () -> pairs.join(null));
        assertNamed("union of '" + words.id() + "' with null; give", () -> words.union(null));
        assertNamed(
                "transformWith of '" + words.id() + "' with null; give",
                () -> words.transformWith((DStream<String>) null, (mine, other, time) -> mine));
        assertNamed("slice of '" + words.id() + "': the first time is null", () -> words.slice(null, new Time(1)));
    }

    private static void assertNamed(String beginning, Executable call) {
        String message = assertThrows(NullPointerException.class, call).getMessage();
        assertTrue(message.startsWith(beginning), message);
    }

    @Test
    void anInputOfTuplesIsAKeyedInputToo() {
        FakeBackend backend = new FakeBackend();
        InputDStream<Tuple2<String, Integer>> queue = backend.context().queueStream(new ArrayDeque<>());
        PairInputDStream<String, Integer> keyed = PairInputDStream.fromInputDStream(queue);
        assertSame(queue, keyed.inputDStream().inputDStream());
        assertSame(queue, InputDStream.fromInputDStream(queue));
        assertNotNull(keyed.reduceByKey(Integer::sum));
        ReceiverInputDStream<Tuple2<String, Integer>> raw = backend.context().rawSocketStream("localhost", 1);
        PairReceiverInputDStream<String, Integer> received = PairReceiverInputDStream.fromReceiverInputDStream(raw);
        assertSame(raw, received.receiverInputDStream().receiverInputDStream());
        assertSame(raw, received.inputDStream());
        assertSame(raw, ReceiverInputDStream.fromReceiverInputDStream(raw));
    }

    @Test
    void theRememberDurationIsSetOnceAndBeforeTheStart() {
        FakeBackend backend = new FakeBackend();
        StreamingContext context = backend.context();
        assertThrows(IllegalArgumentException.class, () -> context.remember(null));
        assertThrows(IllegalArgumentException.class, () -> context.remember(new Duration(0)));
        context.remember(Durations.seconds(5));
        String message = assertThrows(IllegalArgumentException.class, () -> context.remember(Durations.seconds(6)))
                .getMessage();
        assertTrue(message.contains("already set") && message.contains("5000 ms"), message);
        StreamingContext running = started(backend);
        assertThrows(IllegalStateException.class, () -> running.remember(Durations.seconds(5)));
    }

    @Test
    void aRunIsGivenWhatTheContextWasTold() {
        RunSpec[] given = new RunSpec[1];
        FakeBackend backend = new FakeBackend() {
            @Override
            public StreamingRun start(MillraceContext owner, RunSpec spec) {
                given[0] = spec;
                return super.start(owner, spec);
            }
        };
        StreamingContext context = backend.context();
        backend.pushStream(context, String.class);
        StreamingListener first = new StreamingListener() {};
        StreamingListener second = new StreamingListener() {};
        context.addStreamingListener(first);
        context.remember(Durations.seconds(5));
        context.start();
        context.addStreamingListener(second);
        context.removeStreamingListener(first);
        assertEquals(Durations.seconds(1), given[0].batch());
        assertEquals(Durations.seconds(5), given[0].remember());
        assertEquals(List.of(second), List.copyOf(given[0].listeners()), "listeners come and go during the run");
    }

    private static StreamingContext started(FakeBackend backend) {
        StreamingContext context = backend.context();
        backend.pushStream(context, String.class);
        context.start();
        return context;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }
}

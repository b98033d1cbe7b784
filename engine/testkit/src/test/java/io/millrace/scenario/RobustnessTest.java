package io.millrace.scenario;

import static io.millrace.api.Durations.milliseconds;
import static io.millrace.api.Durations.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceContext;
import io.millrace.api.PushInputDStream;
import io.millrace.api.StorageLevel;
import io.millrace.api.StreamingContext;
import io.millrace.api.StreamingContextState;
import io.millrace.api.Tuple2;
import io.millrace.api.UserFunctionException;
import io.millrace.api.receiver.Receiver;
import io.millrace.engine.local.EnginePorts;
import io.millrace.engine.local.LocalBackend;
import io.millrace.testkit.RememberedThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What programs do wrong must not stop what can go on. */
class RobustnessTest {

    /** An exception that fails when it is asked what is wrong. */
    private static final class Evil extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("asked for a message");
        }

        @Override
        public String toString() {
            return getMessage();
        }
    }

    @Test
    void workersSurviveAnExceptionThatFailsToDescribeItself() {
        try (Rig rig = new Rig(seconds(1))) {
            List<Integer> numbers = IntStream.range(0, 1_000).boxed().toList();
            for (int round = 0; round < 3; round++) {
                assertThrows(
                        UserFunctionException.class,
                        () -> rig.context.parallelize(numbers, 4).foreach(number -> {
                            throw new Evil();
                        }));
            }
            assertEquals(1_000, rig.context.parallelize(numbers, 4).count());
        }
    }

    @Test
    void laterBatchesRunAfterAnOutputThrewSomethingThatFailsToDescribeItself() {
        List<Long> counts = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            PushInputDStream<String> lines = rig.ssc.pushStream(String.class);
            lines.foreachRDD(rdd -> {
                throw new Evil();
            });
            lines.count().foreachRecord((count, time) -> counts.add(count));
            rig.ssc.start();
            lines.offer("a");
            rig.toBatch(1);
            rig.toBatch(2);
            assertEquals(List.of(1L, 0L), counts);
            assertThrows(Evil.class, rig.ssc::awaitTermination);
        }
    }

    @Test
    void anInterruptThatOneOutputLeavesBehindIsNotTheNextOnes() {
        List<Integer> sizes = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            PushInputDStream<String> lines = rig.ssc.pushStream(String.class);
            lines.foreachRDD(rdd -> Thread.currentThread().interrupt());
            lines.foreachRDD(rdd -> sizes.add(rdd.collect().size()));
            rig.ssc.start();
            lines.offer("a");
            rig.toBatch(1);
            assertEquals(List.of(1), sizes);
        }
    }

    @Test
    void aBodyOfForeachRecordThatThrowsIsToldWithItsOutputBatchAndRecord() {
        try (Rig rig = new Rig(seconds(1))) {
            PushInputDStream<String> lines = rig.ssc.pushStream(String.class);
            lines.foreachRecord((line, time) -> {
                throw new java.io.IOException("no room");
            });
            rig.ssc.start();
            lines.offer("the line");
            rig.toBatch(1);
            UserFunctionException told = assertThrows(UserFunctionException.class, rig.ssc::awaitTermination);
            assertEquals("foreachRecord-1", told.operator());
            assertEquals(1_000, told.batchTimeMs());
            assertEquals("the line", told.record());
            assertTrue(told.getMessage().contains("no room"), told.getMessage());
        }
    }

    @Test
    void anExchangeMayHaveManyMorePartitionsThanKeys() {
        List<Tuple2<String, Integer>> counts = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            PushInputDStream<String> lines = rig.ssc.pushStream(String.class);
            lines.mapToPair(line -> new Tuple2<>(line, 1))
                    .reduceByKey((a, b) -> a + b, 50_000)
                    .foreachRecord((count, time) -> counts.add(count));
            rig.ssc.start();
            lines.offer("a");
            lines.offer("a");
            rig.toBatch(1);
            assertEquals(List.of(new Tuple2<>("a", 2)), counts);
        }
    }

    @Test
    void aContextMayBeStartedAndStoppedOverAndOverOnOneEngine() {
        try (Rig rig = new Rig(seconds(1))) {
            for (int round = 0; round < 50; round++) {
                List<Long> counts = new ArrayList<>();
                StreamingContext again = new StreamingContext(rig.context, milliseconds(100));
                PushInputDStream<String> lines = again.pushStream(String.class);
                lines.count().foreachRecord((count, time) -> counts.add(count));
                again.start();
                lines.offer("a");
                again.stop(false, true);
                assertEquals(List.of(1L), counts);
            }
        }
    }

    @Test
    void stopInsideAReceiverIsRefusedAndTheReceiverGoesOn() throws Exception {
        AtomicReference<Throwable> refused = new AtomicReference<>();
        CountDownLatch tried = new CountDownLatch(1);
        MillraceConf conf = new MillraceConf(false).setMaster("local[1]").setAppName("stops itself");
        try (StreamingContext ssc = new StreamingContext(conf, milliseconds(10))) {
            AtomicReference<StreamingContext> inside = new AtomicReference<>(ssc);
            Receiver<String> receiver = new Receiver<>(StorageLevel.MEMORY_ONLY) {
                private static final long serialVersionUID = 1L;

                @Override
                public void onStart() {
                    try {
                        inside.get().stop();
                    } catch (IllegalStateException told) {
                        refused.set(told);
                    }
                    tried.countDown();
                }

                @Override
                public void onStop() {}
            };
            ssc.receiverStream(receiver).count().foreachRDD(rdd -> {});
            ssc.start();
            assertTrue(tried.await(30, TimeUnit.SECONDS), "the receiver was never started");
            assertTrue(
                    refused.get().getMessage().contains("inside a receiver"),
                    refused.get().getMessage());
            assertFalse(ssc.awaitTerminationOrTimeout(1));
        }
    }

    @Test
    void aStartThatIsRefusedAThreadLeavesNeitherMemoryNorThreads() {
        for (int most = 1; most < 3; most++) { // the worker's, then that for jobs; the conductor's is the third
            RememberedThreads made = new RememberedThreads();
            IllegalStateException refusal = new IllegalStateException("no more than " + most);
            int granted = most;
            MillraceConf conf = new MillraceConf(false).setMaster("local[1]").setAppName("refused");
            LocalBackend backend = new LocalBackend(conf, EnginePorts.ofSystem().withThreads(body -> {
                if (made.made().size() == granted) {
                    throw refusal;
                }
                return made.newThread(body);
            }));
            StreamingContext ssc = new StreamingContext(MillraceContext.on(backend, conf), milliseconds(10));
            ssc.pushStream(String.class).countByValue().print();

            assertSame(refusal, assertThrows(IllegalStateException.class, ssc::start));
            assertEquals(StreamingContextState.STOPPED, ssc.getState());
            ssc.millraceContext().stop();

            assertEquals(granted, made.made().size());
            made.assertAllEnded();
            assertEquals(0, backend.ledger().usedBytes());
        }
    }
}

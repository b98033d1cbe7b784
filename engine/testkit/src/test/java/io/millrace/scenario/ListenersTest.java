package io.millrace.scenario;

import static io.millrace.api.Durations.milliseconds;
import static io.millrace.api.Durations.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceException;
import io.millrace.api.PushInputDStream;
import io.millrace.api.StorageLevel;
import io.millrace.api.StreamingContext;
import io.millrace.api.listener.BatchInfo;
import io.millrace.api.listener.OutputOperationInfo;
import io.millrace.api.listener.ReceiverInfo;
import io.millrace.api.listener.StreamingListener;
import io.millrace.api.listener.StreamingListenerBatchCompleted;
import io.millrace.api.listener.StreamingListenerBatchStarted;
import io.millrace.api.listener.StreamingListenerBatchSubmitted;
import io.millrace.api.listener.StreamingListenerReceiverError;
import io.millrace.api.listener.StreamingListenerReceiverStarted;
import io.millrace.api.listener.StreamingListenerReceiverStopped;
import io.millrace.api.receiver.Receiver;
import io.millrace.testkit.RememberedThreads;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What listeners are told, and when (behaviour spec 1.9, 3.3, 5.8). */
class ListenersTest {
    @Test
    void aBatchIsSubmittedStartedAndCompletedWithItsOutputsBetween() {
        EventLog log = new EventLog();
        try (Rig rig = new Rig(seconds(1))) {
            rig.ssc.addStreamingListener(log);
            PushInputDStream<Integer> numbers = rig.ssc.pushStream(Integer.class);
            numbers.foreachRDD(rdd -> {});
            numbers.foreachRDD(rdd -> {});
            rig.ssc.start();
            rig.toBatch(1);
            rig.toBatch(2);
        }
        assertEquals(
                List.of(
                        "streaming started",
                        "submitted 1000",
                        "started 1000",
                        "output 0 started",
                        "output 0 completed",
                        "output 1 started",
                        "output 1 completed",
                        "completed 1000",
                        "submitted 2000",
                        "started 2000",
                        "output 0 started",
                        "output 0 completed",
                        "output 1 started",
                        "output 1 completed",
                        "completed 2000"),
                log.events);
    }

    @Test
    void aBatchIsToldWithTheTimesThatItHasSoFar() {
        List<BatchInfo> submitted = new ArrayList<>();
        List<BatchInfo> started = new ArrayList<>();
        List<BatchInfo> completed = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            rig.ssc.addStreamingListener(new StreamingListener() {
                @Override
                public void onBatchSubmitted(StreamingListenerBatchSubmitted event) {
                    submitted.add(event.batchInfo());
                }

                @Override
                public void onBatchStarted(StreamingListenerBatchStarted event) {
                    started.add(event.batchInfo());
                }

                @Override
                public void onBatchCompleted(StreamingListenerBatchCompleted event) {
                    completed.add(event.batchInfo());
                }
            });
            PushInputDStream<Integer> numbers = rig.ssc.pushStream(Integer.class);
            PushInputDStream<Integer> others = rig.ssc.pushStream(Integer.class);
            numbers.union(others).foreachRDD(rdd -> rig.clock.advanceMs(30));
            rig.ssc.start();
            rig.clock.advanceMs(400);
            numbers.offer(1);
            rig.clock.advanceMs(100);
            others.offer(2);
            others.offer(3);
            rig.toBatch(1);
        }
        BatchInfo first = submitted.get(0);
        assertEquals(1000, first.batchTime().milliseconds());
        assertEquals(1000, first.submissionTime());
        assertEquals(List.of(-1L, -1L, -1L), delays(first));
        assertEquals(Map.of(0, 1L, 1, 2L), recordsByStream(first));
        assertEquals(3, first.numRecords());
        assertEquals(TimeUnit.MILLISECONDS.toNanos(400), first.oldestIngestNanos());
        assertEquals(List.of(0L, -1L, -1L), delays(started.get(0)));
        assertEquals(List.of(0L, 30L, 30L), delays(completed.get(0)));
        assertEquals(30, completed.get(0).outputOperationInfos().get(0).duration());
    }

    private static List<Long> delays(BatchInfo info) {
        return List.of(info.schedulingDelay(), info.processingDelay(), info.totalDelay());
    }

    private static Map<Integer, Long> recordsByStream(BatchInfo info) {
        Map<Integer, Long> records = new TreeMap<>();
        info.streamIdToInputInfo().forEach((id, input) -> records.put(id, input.numRecords()));
        return records;
    }

    @Test
    void aFailedOutputIsToldWithItsReasonAndTheBatchIsCompletedAllTheSame() {
        List<BatchInfo> completed = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            rig.ssc.addStreamingListener(new StreamingListener() {
                @Override
                public void onBatchCompleted(StreamingListenerBatchCompleted event) {
                    completed.add(event.batchInfo());
                }
            });
            PushInputDStream<Integer> numbers = rig.ssc.pushStream(Integer.class);
            numbers.foreachRDD((rdd, time) -> failAt(2, time.milliseconds(), "This is a failed job"));
            numbers.foreachRDD((rdd, time) -> failAt(3, time.milliseconds(), "This is another failed job"));
            rig.ssc.start();
            rig.toBatch(1);
            rig.toBatch(2);
            rig.toBatch(3);
            assertThrows(RuntimeException.class, rig.ssc::awaitTermination);
        }
        assertNull(reason(completed.get(0), 0));
        assertNull(reason(completed.get(0), 1));
        assertTrue(reason(completed.get(1), 0).contains("This is a failed job"));
        assertNull(reason(completed.get(1), 1));
        assertTrue(reason(completed.get(2), 0).contains("This is a failed job"));
        assertTrue(reason(completed.get(2), 1).contains("This is another failed job"));
    }

    private static void failAt(int fromBatch, long timeMs, String message) {
        if (timeMs >= fromBatch * 1000L) {
            throw new IllegalStateException(message);
        }
    }

    private static String reason(BatchInfo info, int output) {
        OutputOperationInfo told = info.outputOperationInfos().get(output);
        return told.failureReason();
    }

    @Test
    void listenersComeAndGoWhileTheContextRuns() {
        EventLog early = new EventLog();
        EventLog late = new EventLog();
        try (Rig rig = new Rig(seconds(1))) {
            rig.ssc.addStreamingListener(early);
            rig.ssc.pushStream(Integer.class).foreachRDD(rdd -> {});
            rig.ssc.start();
            rig.toBatch(1);
            rig.ssc.removeStreamingListener(early);
            rig.ssc.addStreamingListener(late);
            rig.toBatch(2);
        }
        assertEquals("completed 1000", early.events.get(early.events.size() - 1));
        assertEquals("submitted 2000", late.events.get(0));
    }

    @Test
    void aListenerThatThrowsDoesNotKeepOthersFromListening() {
        EventLog log = new EventLog();
        try (Rig rig = new Rig(seconds(1))) {
            rig.ssc.addStreamingListener(new StreamingListener() {
                @Override
                public void onBatchStarted(StreamingListenerBatchStarted event) {
                    throw new IllegalStateException("not now");
                }
            });
            rig.ssc.addStreamingListener(log);
            rig.ssc.pushStream(Integer.class).foreachRDD(rdd -> {});
            rig.ssc.start();
            rig.toBatch(1);
        }
        assertTrue(log.events.contains("started 1000"), log.events.toString());
    }

    @Test
    void theContextIsNotStoppedByAListener() throws Exception {
        for (String master : List.of("local[0]", "local[1]")) {
            List<Throwable> refusals = Collections.synchronizedList(new ArrayList<>());
            CountDownLatch told = new CountDownLatch(1);
            RememberedThreads threads = new RememberedThreads();
            MillraceConf conf = new MillraceConf(false)
                    .setMaster(master)
                    .setAppName("stop inside")
                    .setThreadFactory(threads);
            try (StreamingContext ssc = new StreamingContext(conf, milliseconds(5))) {
                ssc.addStreamingListener(new StreamingListener() {
                    @Override
                    public void onBatchCompleted(StreamingListenerBatchCompleted event) {
                        if (told.getCount() > 0) {
                            refusals.add(assertThrows(MillraceException.class, ssc::stop));
                            refusals.add(assertThrows(MillraceException.class, ssc::awaitTermination));
                            told.countDown();
                        }
                    }
                });
                ssc.pushStream(Integer.class).foreachRDD(rdd -> {});
                ssc.start();
                while (told.getCount() > 0) {
                    assertFalse(ssc.awaitTerminationOrTimeout(1));
                }
            }
            assertEquals(2, refusals.size(), master);
            refusals.forEach(
                    refused -> assertTrue(refused.getMessage().contains("listener bus thread"), refused.getMessage()));
            threads.assertAllEnded();
        }
    }

    @Test
    void eventsThatSlowListenersHaveNoRoomForAreDroppedAndCounted() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        EventLog log = new EventLog();
        MillraceConf conf = new MillraceConf(false)
                .setMaster("local[1]")
                .setAppName("slow listener")
                .set("millrace.listener.queueCapacity", "4");
        try (StreamingContext ssc = new StreamingContext(conf, milliseconds(1))) {
            ssc.addStreamingListener(new StreamingListener() {
                @Override
                public void onBatchSubmitted(StreamingListenerBatchSubmitted event) {
                    try {
                        goOn.await();
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                }
            });
            ssc.addStreamingListener(log);
            ssc.pushStream(Integer.class).foreachRDD(rdd -> {});
            ssc.start();
            while (ssc.counters().get("droppedEvents") < 10) {
                assertFalse(ssc.awaitTerminationOrTimeout(1));
            }
            goOn.countDown();
        }
        assertTrue(log.events.size() > 0, "what found room is told");
    }

    @Test
    void aReceiversStartErrorAndStopAreTold() {
        List<ReceiverInfo> started = new ArrayList<>();
        List<ReceiverInfo> errors = new ArrayList<>();
        List<ReceiverInfo> stopped = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            rig.ssc.addStreamingListener(new StreamingListener() {
                @Override
                public void onReceiverStarted(StreamingListenerReceiverStarted event) {
                    started.add(event.receiverInfo());
                }

                @Override
                public void onReceiverError(StreamingListenerReceiverError event) {
                    errors.add(event.receiverInfo());
                }

                @Override
                public void onReceiverStopped(StreamingListenerReceiverStopped event) {
                    stopped.add(event.receiverInfo());
                }
            });
            rig.ssc.receiverStream(new Complaining()).foreachRDD(rdd -> {});
            rig.ssc.start();
            rig.toBatch(1);
            rig.ssc.stop(false, true);
        }
        assertEquals(1, started.size());
        assertTrue(started.get(0).active() && started.get(0).lastErrorTime() == -1);
        assertEquals(1, errors.size());
        assertEquals(0, errors.get(0).streamId());
        assertEquals("Complaining-0", errors.get(0).name());
        assertTrue(errors.get(0).lastErrorTime() >= 0);
        assertEquals(-1, stopped.get(0).lastErrorTime());
        assertTrue(errors.get(0).active());
        assertTrue(errors.get(0).lastErrorMessage().contains("report error"));
        assertTrue(errors.get(0).lastError().contains("report exception"));
        assertEquals(1, stopped.size());
        assertEquals(started.get(0).name(), stopped.get(0).name());
        assertFalse(stopped.get(0).active());
    }

    private static final class Complaining extends Receiver<String> {
        private static final long serialVersionUID = 1L;

        Complaining() {
            super(StorageLevel.MEMORY_ONLY);
        }

        @Override
        public void onStart() {
            reportError("report error", new Exception("report exception"));
        }

        @Override
        public void onStop() {}
    }
}

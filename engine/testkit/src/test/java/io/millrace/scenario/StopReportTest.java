package io.millrace.scenario;

import static io.millrace.api.Durations.milliseconds;
import static io.millrace.api.Durations.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MillraceConf;
import io.millrace.api.PushInputDStream;
import io.millrace.api.StopReport;
import io.millrace.api.StreamingContext;
import io.millrace.conf.MissedBatches;
import io.millrace.engine.schedule.BatchConductor;
import io.millrace.engine.schedule.BatchInput;
import io.millrace.engine.schedule.BatchPlan;
import io.millrace.engine.schedule.BatchQueue;
import io.millrace.engine.schedule.ConductorConfig;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.RememberedThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a stop leaves behind, and that it is told (behaviour spec 2.4 and C30). */
class StopReportTest {
    private static final StopReport NOTHING_LEFT = new StopReport(true, List.of(), 0, 0, false);

    @Test
    void aGracefulStopThatHasTimeLeavesNothing() {
        try (Rig rig = new Rig(seconds(1))) {
            PushInputDStream<Integer> numbers = rig.ssc.pushStream(Integer.class);
            numbers.foreachRDD(rdd -> rdd.count());
            rig.ssc.start();
            assertEquals(Optional.empty(), rig.ssc.stopReport());
            numbers.offer(1);
            rig.toBatch(1);
            numbers.offer(2);
            rig.ssc.stop(false, true);
            assertEquals(Optional.of(NOTHING_LEFT), rig.ssc.stopReport());
            assertTrue(rig.ssc.stopReport().get().isComplete());
            rig.ssc.stop(false, false);
            assertEquals(Optional.of(NOTHING_LEFT), rig.ssc.stopReport());
        }
    }

    @Test
    void aStopAtOnceTellsHowManyRecordsWaited() {
        try (Rig rig = new Rig(seconds(1))) {
            PushInputDStream<Integer> numbers = rig.ssc.pushStream(Integer.class);
            PushInputDStream<Integer> others = rig.ssc.pushStream(Integer.class);
            numbers.union(others).foreachRDD(rdd -> rdd.count());
            rig.ssc.start();
            numbers.offer(1);
            rig.toBatch(1);
            numbers.offer(2);
            numbers.offer(3);
            rig.clock.advanceMs(300); // cuts a block that waits
            rig.work();
            others.offer(4);
            rig.ssc.stop(false, false);
            assertEquals(Optional.of(new StopReport(false, List.of(), 0, 3, false)), rig.ssc.stopReport());
        }
    }

    @Test
    void batchesThatAreNotRunInTimeAreDroppedWithTheirRecords() throws Exception {
        RememberedThreads threads = new RememberedThreads();
        CountDownLatch hangs = new CountDownLatch(1);
        MillraceConf conf = new MillraceConf(false)
                .setMaster("local[1]")
                .setAppName("too slow")
                .set("millrace.streaming.gracefulStopTimeout", "50ms")
                .setThreadFactory(threads);
        StreamingContext ssc = new StreamingContext(conf, milliseconds(10));
        PushInputDStream<Integer> numbers = ssc.pushStream(Integer.class);
        numbers.foreachRDD(rdd -> {
            if (!rdd.isEmpty()) {
                hangs.countDown();
                new CountDownLatch(1).await();
            }
        });
        ssc.start();
        numbers.offer(1);
        assertTrue(hangs.await(20, TimeUnit.SECONDS), "waited 20 s");
        numbers.offer(2);
        ssc.stop(true, true);
        StopReport report = ssc.stopReport().orElseThrow();
        assertTrue(report.isGraceful());
        assertFalse(report.isComplete());
        assertTrue(report.droppedBatches() >= 2, report.toString());
        assertEquals(2, report.droppedRecords(), report.toString());
        assertFalse(report.isOutputAbandoned(), "an interrupted output ends: " + report);
        threads.assertAllEnded();
    }

    @Test
    void aSourceThatDoesNotEndInTimeIsWaitedForNoLongerAndNamed() {
        ManualClock clock = new ManualClock();
        List<Long> planned = new ArrayList<>();
        ConductorConfig config = new ConductorConfig(1000, 200, 3000, false, MissedBatches.REPLAY);
        BatchConductor conductor = new BatchConductor(
                List.of(new Unending("socket a:1", false), new Unending("socket b:2", true)),
                new Noted(planned),
                config,
                clock,
                clock,
                error -> {});
        conductor.requestStop(true);
        conductor.doWork();
        clock.advanceMs(2999);
        conductor.doWork();
        assertFalse(conductor.hasEnded());
        assertEquals(List.of(), planned, "sources may still give records");
        clock.advanceMs(1);
        conductor.doWork();
        conductor.doWork();
        assertTrue(conductor.hasEndedGracefully());
        assertEquals(List.of("socket a:1"), conductor.unendedSources());
        assertEquals(List.of(1000L), planned, "what was received is processed");
    }

    /** A queue that runs batches as soon as they are planned. */
    private record Noted(List<Long> planned) implements BatchQueue {
        @Override
        public boolean isResting() {
            return false;
        }

        @Override
        public void add(BatchPlan batch) {
            planned.add(batch.timeMs());
        }

        @Override
        public int waiting() {
            return 0;
        }

        @Override
        public boolean isIdle() {
            return true;
        }
    }

    /** A source that has something, and comes to rest or does not. */
    private record Unending(String name, boolean isStopped) implements BatchInput {
        @Override
        public void start() {}

        @Override
        public int doWork() {
            return 0;
        }

        @Override
        public void cut() {}

        @Override
        public Taken take(long batchTimeMs) {
            return Taken.NOTHING;
        }

        @Override
        public boolean hasWaiting() {
            return true;
        }

        @Override
        public long waitingRecords() {
            return 1;
        }

        @Override
        public void requestStop() {}

        @Override
        public void refuse() {}

        @Override
        public boolean isComplete() {
            return false;
        }

        @Override
        public void close() {}
    }
}

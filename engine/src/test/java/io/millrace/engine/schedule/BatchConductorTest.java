package io.millrace.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.conf.MissedBatches;
import io.millrace.engine.task.BlockRows;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchConductorTest {
    private static final long BATCH_MS = 1_000;
    private static final int MOST_WAITING = 4_096;

    private final List<BatchPlan> planned = new ArrayList<>();
    private final List<Throwable> reported = new ArrayList<>();
    private final Share healthy = new Share();
    private final Share troubled = new Share();
    private long nowNanos;
    private boolean isResting;
    private int waiting;

    private BatchConductor conductor(BatchQueue queue, Consumer<Throwable> errors) {
        return conductor(queue, errors, MissedBatches.REPLAY);
    }

    private BatchConductor conductor(BatchQueue queue, Consumer<Throwable> errors, MissedBatches missed) {
        ConductorConfig config = new ConductorConfig(BATCH_MS, BATCH_MS, BATCH_MS, false, missed);
        return new BatchConductor(List.of(healthy, troubled), queue, config, () -> nowNanos, () -> nowNanos, errors);
    }

    private void tick(BatchConductor conductor) {
        nowNanos += TimeUnit.MILLISECONDS.toNanos(BATCH_MS);
        conductor.doWork();
    }

    @Test
    void aSourceThatThrowsAnErrorIsReportedAndGivesNothingAndTheOthersGiveTheirShare() {
        BatchConductor conductor = conductor(new Planned(), reported::add);
        troubled.failure = new AssertionError("of the program's file filter");

        tick(conductor);

        assertEquals(List.of(troubled.failure), reported);
        assertEquals(1, planned.size());
        assertSame(healthy.taken, planned.get(0).inputs().get(0));
        assertSame(BatchInput.Taken.NOTHING, planned.get(0).inputs().get(1));
        assertFalse(conductor.hasEnded(), "the run goes on");
    }

    @Test
    void aSourceThatRecoversFromAnErrorGivesItsShareOfTheNextBatch() {
        BatchConductor conductor = conductor(new Planned(), reported::add);
        troubled.failure = new StackOverflowError();
        tick(conductor);
        troubled.failure = null;

        tick(conductor);

        assertSame(troubled.taken, planned.get(1).inputs().get(1));
    }

    @Test
    void whatWasTakenIsReleasedOnceIfItsBatchIsNotQueued() {
        AssertionError full = new AssertionError("the queue");
        BatchConductor conductor = conductor(
                new Planned() {
                    @Override
                    public void add(BatchPlan batch) {
                        throw full;
                    }
                },
                reported::add);

        assertSame(full, assertThrows(AssertionError.class, () -> tick(conductor)));

        assertEquals(1, healthy.releases);
        assertEquals(1, troubled.releases);
    }

    @Test
    void whatWasTakenIsReleasedIfAnErrorCannotBeReported() {
        IllegalStateException deaf = new IllegalStateException("nobody listens");
        BatchConductor conductor = conductor(new Planned(), error -> {
            throw deaf;
        });
        troubled.failure = new AssertionError("of the program's file filter");

        assertSame(deaf, assertThrows(IllegalStateException.class, () -> tick(conductor)));

        assertEquals(1, healthy.releases);
    }

    @Test
    void whatWasQueuedIsLeftToWhoRunsTheBatch() {
        tick(conductor(new Planned(), reported::add));

        assertEquals(0, healthy.releases);
        planned.get(0).release();
        assertEquals(1, healthy.releases);
    }

    @ParameterizedTest
    @CsvSource({"REPLAY, 2 3 4 5 6 7", "COALESCE, 6 7", "SKIP, 7"})
    void whileBatchesCannotBeKeptNoSourceIsAskedAndWhatIsMissedIsMadeUpForAsAfterARestart(
            MissedBatches missed, String expected) {
        BatchConductor conductor = conductor(new Planned(), reported::add, missed);
        tick(conductor);
        isResting = true;
        for (int i = 0; i < 4; i++) {
            tick(conductor);
        }
        assertEquals(1, planned.size());
        assertTrue(conductor.idleNanos() > 0, "it does not spin");
        isResting = false;
        tick(conductor);
        tick(conductor);
        assertEquals(
                expected,
                planned.stream()
                        .skip(1)
                        .map(batch -> Long.toString((batch.timeMs() - batch.zeroMs()) / BATCH_MS))
                        .collect(Collectors.joining(" ")));
    }

    @Test
    void aLongBacklogIsPlannedAsItIsWorkedOffAndNotAtOnce() {
        BatchConductor conductor = conductor(new Planned(), reported::add);
        conductor.doWork();
        waiting = MOST_WAITING;
        for (int i = 0; i < 3; i++) {
            tick(conductor);
        }
        assertEquals(List.of(), planned, "the queue is full");
        assertTrue(conductor.idleNanos() > 0, "it does not spin");
        waiting = MOST_WAITING - 1;
        conductor.doWork();
        assertEquals(
                List.of(1_000L, 2_000L, 3_000L),
                planned.stream().map(BatchPlan::timeMs).toList(),
                "none is left out, and they are in order");
    }

    @Test
    void aLongBacklogFillsTheQueueAndNoMore() {
        BatchConductor conductor = conductor(
                new Planned() {
                    @Override
                    public int waiting() {
                        return planned.size();
                    }
                },
                reported::add);
        nowNanos += TimeUnit.MILLISECONDS.toNanos(2 * MOST_WAITING * BATCH_MS);
        conductor.doWork();
        assertEquals(MOST_WAITING, planned.size());
    }

    @ParameterizedTest
    @CsvSource({"-1", "0", "1", "1000"})
    void aClockThatIsBehindTheRunBeforeIsToldWithTheTimeOfTheNextBatch(long behindMs) {
        long lastMs = 50_000;
        nowNanos = TimeUnit.MILLISECONDS.toNanos(lastMs - behindMs);
        List<String> warnings = warningsOf(() -> new BatchConductor(
                List.of(healthy, troubled),
                new Planned(),
                new ConductorConfig(BATCH_MS, BATCH_MS, BATCH_MS, false, MissedBatches.REPLAY),
                () -> nowNanos,
                () -> nowNanos,
                reported::add,
                new ResumedGrid(0, lastMs, MissedBatches.REPLAY)));
        assertEquals(behindMs > 0 ? 1 : 0, warnings.size(), warnings::toString);
        if (behindMs > 0) {
            assertTrue(
                    warnings.get(0).startsWith("MR-1301: the clock is " + behindMs + " ms behind"), warnings::toString);
            assertTrue(warnings.get(0).contains("batch comes at 51000 ms"), warnings::toString);
        }
    }

    private static List<String> warningsOf(Runnable action) {
        List<String> warnings = new ArrayList<>();
        Logger logger = Logger.getLogger(BatchConductor.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord logged) {
                warnings.add(new SimpleFormatter().formatMessage(logged));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            action.run();
        } finally {
            logger.removeHandler(handler);
        }
        return warnings;
    }

    private class Planned implements BatchQueue {
        @Override
        public boolean isResting() {
            return isResting;
        }

        @Override
        public void add(BatchPlan batch) {
            planned.add(batch);
        }

        @Override
        public int waiting() {
            return waiting;
        }

        @Override
        public boolean isIdle() {
            return true;
        }
    }

    /** An input that gives the same share each time, or fails. */
    private static final class Share implements BatchInput {
        private int releases;
        private final Taken taken = new Taken(new BlockRows(List.of()), () -> releases++);
        private Error failure;

        @Override
        public Taken take(long batchTimeMs) {
            if (failure != null) {
                throw failure;
            }
            return taken;
        }

        @Override
        public String name() {
            return "share";
        }

        @Override
        public void start() {}

        @Override
        public int doWork() {
            return 0;
        }

        @Override
        public void cut() {}

        @Override
        public boolean hasWaiting() {
            return false;
        }

        @Override
        public long waitingRecords() {
            return 0;
        }

        @Override
        public void requestStop() {}

        @Override
        public void refuse() {}

        @Override
        public boolean isStopped() {
            return true;
        }

        @Override
        public boolean isComplete() {
            return false;
        }

        @Override
        public void close() {}
    }
}

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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchConductorTest {
    private static final long BATCH_MS = 1_000;

    private final List<BatchPlan> planned = new ArrayList<>();
    private final List<Throwable> reported = new ArrayList<>();
    private final Share healthy = new Share();
    private final Share troubled = new Share();
    private long nowNanos;
    private boolean isResting;

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
            return 0;
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

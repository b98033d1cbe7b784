package io.millrace.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.checkpoint.journal.JournalPosition;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class LogHistoryTest {
    private final FrameWriter frame = new FrameWriter();
    private final LogHistory history = new LogHistory(0);

    private void plan(long timeMs) {
        new LogFrame.Planned(
                        0, 1000, timeMs, List.of(new LogFrame.Planned.Share("files-0", new byte[] {(byte) timeMs})))
                .write(frame);
        give(LogFrame.PLAN);
    }

    private void state(long timeMs, String operator) {
        new LogFrame.State(operator, LogFrame.BY_KEY, timeMs, timeMs, 0, 1, new byte[1]).write(frame);
        give(LogFrame.STATE);
    }

    private void commit(long timeMs) {
        frame.begin().putLong(timeMs);
        give(LogFrame.COMMIT);
    }

    private void resume() {
        frame.begin();
        give(LogFrame.RESUME);
    }

    private void give(int type) {
        history.frame(type, LogFrame.VERSION, JournalPosition.BEGINNING, new UnsafeBuffer(frame.toBytes()));
    }

    private List<Long> pending() {
        return history.pending().stream().map(LogFrame.Planned::timeMs).toList();
    }

    private List<Long> changes() {
        return history.changes().stream().map(change -> change.state().timeMs()).toList();
    }

    @Test
    void aBatchThatWasPlannedAndNotCommittedIsPending() {
        plan(1000);
        plan(2000);
        commit(1000);
        assertEquals(List.of(2000L), pending());
        assertEquals(1000, history.committedMs());
    }

    @Test
    void changesCountFromTheCommitOn() {
        plan(1000);
        state(1000, "counts");
        assertEquals(List.of(), changes());
        commit(1000);
        assertEquals(List.of(1000L), changes());
    }

    @Test
    void changesOfABatchBehindTheCommittedOneDoNotCountYet() {
        state(1000, "counts");
        state(2000, "counts");
        commit(1000);
        assertEquals(List.of(1000L), changes());
        commit(2000);
        assertEquals(List.of(1000L, 2000L), changes());
    }

    @Test
    void whatAProcessThatEndedHadNotCommittedNeverCounts() {
        state(1000, "counts");
        resume();
        state(1000, "counts");
        commit(1000);
        assertEquals(List.of(1000L), changes());
    }

    @Test
    void aPlanThatIsWrittenAgainIsOnePlan() {
        plan(1000);
        plan(1000);
        assertEquals(List.of(1000L), pending());
    }

    @Test
    void theLatestPlanIsTheOneOfTheLatestBatchWhereverItIsWritten() {
        plan(1000);
        plan(2000);
        plan(1000);
        assertEquals(2000, history.last().timeMs());
        assertEquals(List.of(1000L, 2000L), pending());
    }

    @Test
    void aFrameOfANewerReleaseIsRefused() {
        frame.begin();
        assertThrows(IllegalStateException.class, () -> give(99));
    }

    @Test
    void aFrameThatIsShorterThanItSaysIsRefused() {
        frame.begin().putLong(0).putLong(1000).putLong(1000).putInt(7);
        assertThrows(IllegalStateException.class, () -> give(LogFrame.PLAN));
    }
}

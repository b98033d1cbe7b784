package io.millrace.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BatchClockTest {
    private long nowNanos;

    private BatchClock startedAt(long ms, long batchMs) {
        nowNanos = TimeUnit.MILLISECONDS.toNanos(ms);
        return new BatchClock(() -> nowNanos, batchMs);
    }

    @Test
    void theFirstTimeIsTheNextMultipleOfTheIntervalSinceTheEpoch() {
        assertEquals(1000, startedAt(0, 1000).nextMs());
        assertEquals(1000, startedAt(999, 1000).nextMs());
        assertEquals(2000, startedAt(1000, 1000).nextMs());
        assertEquals(1_700_000_000_100L, startedAt(1_700_000_000_000L, 300).nextMs());
        assertEquals(0, startedAt(-1, 1000).nextMs());
    }

    @Test
    void aTimeIsDueFromItsFirstNanosecondOn() {
        BatchClock clock = startedAt(500, 1000);
        nowNanos = TimeUnit.MILLISECONDS.toNanos(1000) - 1;
        assertFalse(clock.isDue());
        assertEquals(1, clock.nanosUntilNext());
        nowNanos++;
        assertTrue(clock.isDue());
        assertFalse(clock.isLate());
    }

    @Test
    void noTimeIsSkipped() {
        BatchClock clock = startedAt(0, 10);
        nowNanos = TimeUnit.MILLISECONDS.toNanos(35);
        assertTrue(clock.isLate());
        assertEquals(10, clock.advance());
        assertTrue(clock.isLate());
        assertEquals(20, clock.advance());
        assertFalse(clock.isLate());
        assertTrue(clock.isDue());
        assertEquals(30, clock.advance());
        assertFalse(clock.isDue());
        assertEquals(40, clock.nextMs());
    }
}

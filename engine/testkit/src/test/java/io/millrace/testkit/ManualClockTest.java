package io.millrace.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.api.Durations;
import org.junit.jupiter.api.Test;

class ManualClockTest {
    @Test
    void timeStandsStillUntilItIsTold() {
        ManualClock clock = new ManualClock(1_000);
        assertEquals(1_000, clock.time());
        assertEquals(1_000_000_000L, clock.nanoTime());
        clock.advance(Durations.seconds(2));
        clock.advanceMs(1);
        assertEquals(3_001, clock.time());
        clock.advanceTo(5_000);
        clock.advanceTo(5_000);
        assertEquals(5_000_000_000L, clock.nanoTime());
        assertEquals(0, new ManualClock().time());
    }

    @Test
    void timeDoesNotGoBack() {
        ManualClock clock = new ManualClock(1_000);
        assertThrows(IllegalArgumentException.class, () -> clock.advanceMs(-1));
        assertThrows(IllegalArgumentException.class, () -> clock.advanceTo(999));
        assertEquals(1_000, clock.time());
    }
}

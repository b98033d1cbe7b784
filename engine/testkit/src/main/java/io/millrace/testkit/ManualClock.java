package io.millrace.testkit;

import io.millrace.api.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;

/**
 * A clock that stands still until it is told to go on. It is all of the engine's clocks at once, so its wall time and its
 * elapsed time never disagree. Safe from several threads.
 */
public final class ManualClock implements NanoClock, EpochClock, EpochNanoClock {
    private final AtomicLong nanos;

    /** A clock at the beginning of the epoch. */
    public ManualClock() {
        this(0);
    }

    /** A clock at {@code startMs} milliseconds since the epoch. */
    public ManualClock(long startMs) {
        nanos = new AtomicLong(TimeUnit.MILLISECONDS.toNanos(startMs));
    }

    /** Nanoseconds since the epoch. */
    @Override
    public long nanoTime() {
        return nanos.get();
    }

    /** Milliseconds since the epoch. */
    @Override
    public long time() {
        return TimeUnit.NANOSECONDS.toMillis(nanos.get());
    }

    /** Go on by {@code step}; negative steps are refused. */
    public void advance(Duration step) {
        advanceMs(step.milliseconds());
    }

    /** Go on by {@code stepMs} milliseconds; negative steps are refused. */
    public void advanceMs(long stepMs) {
        if (stepMs < 0) {
            throw new IllegalArgumentException(
                    "a step of " + stepMs + " ms; a clock only goes forward, give 0 or more");
        }
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(stepMs));
    }

    /** Go on until {@code timeMs} milliseconds since the epoch, which may not be past. */
    public void advanceTo(long timeMs) {
        advanceMs(timeMs - time());
    }
}

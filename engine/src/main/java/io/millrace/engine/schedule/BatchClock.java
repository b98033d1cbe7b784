package io.millrace.engine.schedule;

import io.millrace.conf.MissedBatches;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochNanoClock;

/**
 * The grid of batch times: multiples of the batch interval since the epoch. The first is the next one after the clock was
 * made. No time is ever skipped; times that have passed are due at once, in order. Owner: the conductor.
 *
 * <p>Source of the meaning: behaviour of Spark's recurring timer.
 */
final class BatchClock {
    private final EpochNanoClock clock;
    private final long batchMs;
    private long nextMs;

    BatchClock(EpochNanoClock clock, long batchMs) {
        this.clock = clock;
        this.batchMs = batchMs;
        this.nextMs = afterNowMs();
    }

    private long afterNowMs() {
        return (Math.floorDiv(TimeUnit.NANOSECONDS.toMillis(clock.nanoTime()), batchMs) + 1) * batchMs;
    }

    /** The time of the next batch, in milliseconds since the epoch. */
    long nextMs() {
        return nextMs;
    }

    /** Whether the next batch's time has come. */
    boolean isDue() {
        return nanosUntilNext() <= 0;
    }

    /** Whether even the time after the next has come. */
    boolean isLate() {
        return nanosUntilNext() + TimeUnit.MILLISECONDS.toNanos(batchMs) <= 0;
    }

    /** Nanoseconds until the next batch's time; negative once it has passed. */
    long nanosUntilNext() {
        return TimeUnit.MILLISECONDS.toNanos(nextMs) - clock.nanoTime();
    }

    /** Go on behind the last batch of an earlier run; what was missed meanwhile is due at once, or part of the next batch. */
    void resume(ResumedGrid grid) {
        goOn(grid.lastMs() + batchMs, grid.missed());
    }

    /** Go on after a rest, as a run that begins now would go on with this one. */
    void resume(MissedBatches missed) {
        goOn(nextMs, missed);
    }

    private void goOn(long onward, MissedBatches how) {
        long missed = Math.max(0, (afterNowMs() - onward) / batchMs);
        nextMs = switch (how) {
            case REPLAY -> onward;
            case COALESCE -> onward + Math.max(0, missed - 1) * batchMs;
            case SKIP -> onward + missed * batchMs;
        };
    }

    /** Take the next batch's time and go on to the one after. */
    long advance() {
        long taken = nextMs;
        nextMs += batchMs;
        return taken;
    }
}

package io.millrace.engine.state;

/**
 * The time of a batch, and the time from which slides are counted: one batch interval before the first batch of the run. Milliseconds
 * since the epoch.
 */
public record BatchTime(long zeroMs, long timeMs) {
    /** How much time has passed since the beginning. */
    public long sinceZeroMs() {
        return timeMs - zeroMs;
    }

    /** Whether there is a dataset in this batch of what has one every {@code slideMs}. */
    public boolean isDue(long slideMs) {
        return sinceZeroMs() % slideMs == 0;
    }
}

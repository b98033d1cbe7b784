package io.millrace.engine.schedule;

import io.millrace.conf.MissedBatches;

/**
 * What the conductor needs to know. Milliseconds.
 *
 * @param coalesceLateBatches whether batches whose time has passed go into one
 * @param missed what becomes of batches whose times have passed while sources rested
 */
public record ConductorConfig(
        long batchMs,
        long blockIntervalMs,
        long gracefulStopTimeoutMs,
        boolean coalesceLateBatches,
        MissedBatches missed) {
    /** @throws IllegalArgumentException if an interval is below 1 ms */
    public ConductorConfig {
        if (batchMs < 1 || blockIntervalMs < 1) {
            throw new IllegalArgumentException("batch interval " + batchMs + " ms and block interval " + blockIntervalMs
                    + " ms; both must be 1 ms or more");
        }
    }

    /** The interval of cuts: a block is never longer than a batch. */
    long cutIntervalMs() {
        return Math.min(batchMs, blockIntervalMs);
    }
}

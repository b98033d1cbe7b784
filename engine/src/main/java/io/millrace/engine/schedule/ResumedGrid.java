package io.millrace.engine.schedule;

import io.millrace.conf.MissedBatches;

/**
 * The grid of batch times of an earlier run, to be gone on with.
 *
 * @param zeroMs from where slides are counted, milliseconds since the epoch
 * @param lastMs the time of the last batch that was planned
 * @param missed what becomes of the times that have passed since
 */
public record ResumedGrid(long zeroMs, long lastMs, MissedBatches missed) {}

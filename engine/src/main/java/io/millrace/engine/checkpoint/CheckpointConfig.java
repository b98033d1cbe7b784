package io.millrace.engine.checkpoint;

import io.millrace.checkpoint.file.DirectoryConfig;
import io.millrace.conf.MissedBatches;
import java.util.concurrent.TimeUnit;

/**
 * How a run is kept.
 *
 * @param batchMs the batch interval
 * @param commitNanos how much time passes at least between two commits
 * @param snapshotBytes how long the log grows before all is written anew
 * @param isForced whether what is certain has to outlive a loss of power
 */
public record CheckpointConfig(
        long batchMs, long commitNanos, long snapshotBytes, long reserveBytes, boolean isForced, MissedBatches missed) {
    private static final long LEAST_COMMIT_MS = 50;

    /** @param commitMs 0 for the batch interval, and at least 50 ms */
    public static CheckpointConfig of(
            long batchMs,
            long commitMs,
            long snapshotBytes,
            long reserveBytes,
            boolean isForced,
            MissedBatches missed) {
        long interval = commitMs > 0 ? commitMs : Math.max(batchMs, LEAST_COMMIT_MS);
        return new CheckpointConfig(
                batchMs, TimeUnit.MILLISECONDS.toNanos(interval), snapshotBytes, reserveBytes, isForced, missed);
    }

    DirectoryConfig directory() {
        return new DirectoryConfig(
                isForced
                        ? io.millrace.checkpoint.file.Durability.FSYNC
                        : io.millrace.checkpoint.file.Durability.PROCESS,
                reserveBytes);
    }
}

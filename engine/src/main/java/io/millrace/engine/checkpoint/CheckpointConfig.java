package io.millrace.engine.checkpoint;

import io.millrace.checkpoint.file.DirectoryConfig;
import io.millrace.checkpoint.file.Durability;
import io.millrace.checkpoint.journal.JournalConfig;
import io.millrace.conf.MissedBatches;
import io.millrace.spi.StateChanges;
import java.util.concurrent.TimeUnit;

/**
 * How a run is kept.
 *
 * @param batchMs the batch interval
 * @param commitMs how much time passes at least between two commits; 0 for the batch interval, and at least 50 ms
 * @param maxUncommittedBatches how many batches may have been run that a loss of power would let be run again
 * @param snapshotBytes how long the log grows before all is written anew
 * @param receivedSegmentBytes the size of the files of a log of what is received
 * @param reserveBytes what is taken to be given free when the disk is full
 * @param isForced whether what is certain has to outlive a loss of power
 * @param endsAtFailure whether the run ends when a batch could not change what is remembered, or be written to files, instead of leaving it out
 * @param changes what is to be done with what an earlier run remembered
 * @param missed what becomes of batches whose times have passed while no process ran
 */
public record CheckpointConfig(
        long batchMs,
        long commitMs,
        int maxUncommittedBatches,
        long snapshotBytes,
        long receivedSegmentBytes,
        long reserveBytes,
        boolean isForced,
        boolean endsAtFailure,
        StateChanges changes,
        MissedBatches missed) {
    private static final long LEAST_COMMIT_MS = 50;
    private static final long SLICES_PER_BATCH = 8;
    private static final long LEAST_SLICE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long MOST_SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LEAST_SEGMENT_BYTES = 16L << 10;

    long commitNanos() {
        return TimeUnit.MILLISECONDS.toNanos(commitMs > 0 ? commitMs : Math.max(batchMs, LEAST_COMMIT_MS));
    }

    /** How long a batch may wait for a piece of a snapshot. */
    long sliceNanos() {
        long share = TimeUnit.MILLISECONDS.toNanos(batchMs) / SLICES_PER_BATCH;
        return Math.max(LEAST_SLICE_NANOS, Math.min(share, MOST_SLICE_NANOS));
    }

    /** Of the log of batches: a log that soon begins anew needs no more room than until then. */
    long logSegmentBytes() {
        return Math.max(LEAST_SEGMENT_BYTES, Math.min(snapshotBytes, JournalConfig.BATCH_SEGMENT_BYTES));
    }

    DirectoryConfig directory() {
        return new DirectoryConfig(isForced ? Durability.FSYNC : Durability.PROCESS, reserveBytes);
    }
}

package io.millrace.engine.batch;

import io.millrace.api.ReleasedBatchException;
import io.millrace.engine.rdd.Lease;

/** The life of one batch. Any thread may check; the batch's owner ends it. */
final class BatchLease implements Lease {
    private final long timeMs;
    private volatile boolean ended;

    BatchLease(long timeMs) {
        this.timeMs = timeMs;
    }

    void end() {
        ended = true;
    }

    @Override
    public void check(String what) {
        if (ended) {
            throw new ReleasedBatchException(what, timeMs);
        }
    }

    @Override
    public long batchTimeMs() {
        return timeMs;
    }
}

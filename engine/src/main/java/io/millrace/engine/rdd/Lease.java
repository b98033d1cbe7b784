package io.millrace.engine.rdd;

import io.millrace.api.ReleasedBatchException;

/** For how long a dataset may be read. */
public interface Lease {
    /** A lease without end, for datasets over lists. */
    Lease FOR_EVER = new Lease() {
        @Override
        public void check(String what) {}

        @Override
        public void enter(String what) {}

        @Override
        public void exit() {}

        @Override
        public long batchTimeMs() {
            return NO_BATCH;
        }
    };

    /** The batch time of what belongs to no batch. */
    long NO_BATCH = -1;

    /**
     * Throws if the time is over.
     *
     * @throws ReleasedBatchException naming the batch and the way out
     */
    void check(String what);

    /**
     * Begin to read: the time is not over before {@link #exit}.
     *
     * @throws ReleasedBatchException if it is over already
     */
    void enter(String what);

    /** End a reading that {@link #enter} began. */
    void exit();

    /** The batch it belongs to; {@link #NO_BATCH} if to none. */
    long batchTimeMs();
}

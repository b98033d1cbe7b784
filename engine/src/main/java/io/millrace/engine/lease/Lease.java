package io.millrace.engine.lease;

import io.millrace.api.ReleasedBatchException;

/** For how long datasets may be read, and what is given back when that time is over. */
public interface Lease {
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

    /**
     * Memory that goes with what is leased.
     *
     * @param reader who reads it: when nobody holds the reader any more, the memory may be given back before the time is over
     * @param memory closed once; does not hold the reader
     */
    void own(Object reader, AutoCloseable memory);
}

package io.millrace.engine.batch;

import io.millrace.engine.save.Publication;
import io.millrace.engine.schedule.BatchPlan;

/** Keeps batches so that they can be run again, and what they have done. Owner: the job thread. */
public interface BatchLog extends AutoCloseable {
    /** Batches wait to be run, the first of them next: let it become certain that they will be run with the same input again. */
    void plan(Iterable<BatchPlan> waiting) throws Exception;

    /** Whether a batch may be begun; not while there is no room to keep it. */
    boolean isPlanned(BatchPlan batch);

    /** Whether sources are to rest, since there is little room to keep what they give. Any thread. */
    boolean isResting();

    /** The batch has changed what operators remember. */
    void changed(BatchPlan batch) throws Exception;

    /** Its outputs come now: on return it is certain that it will be run with the same input again. */
    void awaitPlanned(BatchPlan batch) throws Exception;

    /**
     * An output of the batch has written something that nobody sees yet: to be published when the batch is certain to count. It is this
     * object's from now on.
     */
    void staged(BatchPlan batch, Publication publication) throws Exception;

    /** The batch was run to its end. */
    void ran(BatchPlan batch) throws Exception;

    /** Whether the run ends at a batch that operators or an output that is seen once had to leave out, so that the next run takes it in again. */
    default boolean endsAtFailure() {
        return false;
    }

    /** Whether batches are kept, and count when that is certain; else each counts when it was run. */
    default boolean keepsBatches() {
        return true;
    }

    /** No batch is run at the moment: make certain what is not yet; how much was done. */
    int idle() throws Exception;

    /** How long {@link #idle} has nothing to do if nobody wakes the job thread, in nanoseconds. */
    long idleNanos();

    /**
     * No batch will be run any more.
     *
     * @param isWhole whether all that was planned has been run
     */
    void end(boolean isWhole) throws Exception;

    @Override
    void close();
}

package io.millrace.conf;

/**
 * What happens when a function of the program throws on a record, or an output throws ({@code millrace.streaming.failurePolicy}). It
 * is reported in each case but the last's.
 */
public enum FailurePolicy {
    /** The output fails; the batch's other outputs and all later batches run. */
    CONTINUE,
    /** The output fails, no further output runs, and the context stops. */
    STOP,
    /**
     * A function of one record leaves that record out: it is counted, and given to the dead-letter consumer if there is one. What
     * fails otherwise, such as the body of an output or a function of a whole partition, fails as with {@link #CONTINUE}.
     */
    SKIP
}

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
     * A function of one record leaves that record out, and so does a reducing function the value it throws on: it is counted, and
     * given to the dead-letter consumer if there is one. What fails otherwise fails as with {@link #CONTINUE}: the body of an output,
     * a function of a whole partition, a partitioner, the function that makes a key's first combiner, a merge of partial results.
     */
    SKIP
}

package io.millrace.api;

/**
 * What a batch's output waits for in a run that has a checkpoint; without one no output waits. Each waits for what the ones before it in this
 * order wait for, too.
 */
public enum OutputGate {
    /**
     * For nothing. If the process ends, the batch may be planned anew: the same batch time may then stand for other records, and what was
     * put out may be put out again in another batch.
     */
    EAGER,
    /**
     * For the batch's plan to be certain: the output may run again for the same batch, and then sees the same input. What recognises
     * repetitions by the batch time counts each record once.
     */
    PLANNED,
    /** For the batch's COMMIT: what is written before is hidden, and is published once. For outputs that can publish, such as files. */
    COMMITTED
}

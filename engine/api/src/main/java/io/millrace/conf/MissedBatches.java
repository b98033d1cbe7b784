package io.millrace.conf;

/** What becomes of the batches whose times have passed while no process ran. */
public enum MissedBatches {
    /** Each is run, one after the other, at once: windows and time-outs see every batch, as in Spark. */
    REPLAY,
    /** One is run for all of them. */
    COALESCE,
    /** None is run; what has come meanwhile is in the first batch after the start. */
    SKIP
}

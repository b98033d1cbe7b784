package io.millrace.conf;

/** What happens to batches whose time has passed before they could run ({@code millrace.streaming.lateBatches}). */
public enum LateBatches {
    /** Each is run, one after the other. */
    RUN,
    /** They are run as one, under the time of the last. */
    COALESCE
}

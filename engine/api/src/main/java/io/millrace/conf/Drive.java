package io.millrace.conf;

/** Whose threads run the batches ({@code millrace.drive}). */
public enum Drive {
    /** The engine's own. */
    THREADS,
    /** Those of whoever calls {@code doWork} or {@code awaitTermination}; what master {@code local[0]} means. */
    CALLER
}

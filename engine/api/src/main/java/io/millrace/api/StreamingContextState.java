package io.millrace.api;

/** Where a StreamingContext is in its life. */
public enum StreamingContextState {
    /** Made, not started: streams and outputs may be added. */
    INITIALIZED,
    /** Started, and not yet stopped. */
    ACTIVE,
    /** Stopped; it can never be started again. */
    STOPPED
}

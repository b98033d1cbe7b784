package io.millrace.engine.telemetry;

/** Told how one batch goes; does nothing if nobody listens. Owner: the job thread. */
public interface BatchTimer {
    /** For batches that nobody is told of. */
    BatchTimer UNHEARD = new BatchTimer() {};

    /** The batch begins to run. */
    default void started() {}

    /** The output of that number begins. */
    default void outputStarted(int output) {}

    /** The output of that number has ended; {@code failure} is what it threw, or null. */
    default void outputCompleted(int output, Throwable failure) {}

    /** The batch has ended; {@code skippedRecords} were left out of it. */
    default void completed(long skippedRecords) {}
}

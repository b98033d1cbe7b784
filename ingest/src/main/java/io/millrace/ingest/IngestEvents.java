package io.millrace.ingest;

/**
 * What a source tells about itself. Called on the source's own threads: an implementation must return quickly, must not
 * throw, and must not call the source back.
 */
public interface IngestEvents {
    /**
     * A source started, or started again.
     *
     * @param streamId the input stream
     * @param name for people: what it reads, {@code socket localhost:9999}, or its class and stream, {@code Meter-0}
     */
    void receiverStarted(int streamId, String name);

    /**
     * A source stopped; unless the whole program is stopping it starts again after the restart delay.
     *
     * @param streamId the input stream
     * @param message why
     * @param error the cause, or null
     */
    void receiverStopped(int streamId, String message, Throwable error);

    /**
     * Something failed and the source goes on, or tries again.
     *
     * @param streamId the input stream
     * @param message what failed
     * @param error the cause, or null
     */
    void receiverError(int streamId, String message, Throwable error);

    /**
     * Input that could not be taken as it came: a record that is too long, say.
     *
     * @param streamId the input stream
     * @param message what, with its first bytes and the bound
     */
    void warning(int streamId, String message);
}

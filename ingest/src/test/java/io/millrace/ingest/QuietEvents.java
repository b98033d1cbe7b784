package io.millrace.ingest;

/** Events that nobody hears, for a test that listens to one of them. */
public class QuietEvents implements IngestEvents {
    @Override
    public void receiverStarted(int streamId, String name) {}

    @Override
    public void receiverStopped(int streamId, String message, Throwable error) {}

    @Override
    public void receiverError(int streamId, String message, Throwable error) {}

    @Override
    public void warning(int streamId, String message) {}
}

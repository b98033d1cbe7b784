package io.millrace.engine.local;

import io.millrace.ingest.IngestEvents;

/** What sources tell, into the log of the embedding program. */
final class LoggedIngestEvents implements IngestEvents {
    private static final System.Logger LOG = System.getLogger("io.millrace.ingest");

    @Override
    public void receiverStarted(int streamId, String name) {
        LOG.log(System.Logger.Level.DEBUG, "input {0} ({1}) started", streamId, name);
    }

    @Override
    public void receiverStopped(int streamId, String message, Throwable error) {
        log(error == null ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING, streamId, message, error);
    }

    @Override
    public void receiverError(int streamId, String message, Throwable error) {
        log(System.Logger.Level.WARNING, streamId, message, error);
    }

    @Override
    public void warning(int streamId, String message) {
        log(System.Logger.Level.WARNING, streamId, message, null);
    }

    private static void log(System.Logger.Level level, int streamId, String message, Throwable error) {
        String cause = error == null ? "" : ": " + error;
        LOG.log(level, () -> "input " + streamId + ": " + message + cause);
    }
}

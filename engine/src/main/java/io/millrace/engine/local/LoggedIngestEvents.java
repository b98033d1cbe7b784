package io.millrace.engine.local;

import io.millrace.ingest.IngestEvents;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What sources tell, into the log of the embedding program. A source that fails again and again in the same way is told of
 * once, and again after it has worked.
 */
final class LoggedIngestEvents implements IngestEvents {
    private static final System.Logger LOG = System.getLogger("io.millrace.ingest");

    private final Map<Integer, String> lastMessages = new ConcurrentHashMap<>();

    @Override
    public void receiverStarted(int streamId, String name) {
        lastMessages.remove(streamId);
        LOG.log(System.Logger.Level.DEBUG, "input {0} ({1}) started", streamId, name);
    }

    @Override
    public void receiverStopped(int streamId, String message, Throwable error) {
        if (error == null) {
            LOG.log(System.Logger.Level.DEBUG, () -> text(streamId, message, null));
        } else {
            warn(streamId, message, error);
        }
    }

    @Override
    public void receiverError(int streamId, String message, Throwable error) {
        warn(streamId, message, error);
    }

    @Override
    public void warning(int streamId, String message) {
        warn(streamId, message, null);
    }

    private void warn(int streamId, String message, Throwable error) {
        boolean isRepeated = message.equals(lastMessages.put(streamId, message));
        LOG.log(
                isRepeated ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                () -> text(streamId, message, error));
    }

    private static String text(int streamId, String message, Throwable error) {
        boolean isSaid = error == null || error.getMessage() != null && message.contains(error.getMessage());
        return "input " + streamId + ": " + message + (isSaid ? "" : ": " + error);
    }
}

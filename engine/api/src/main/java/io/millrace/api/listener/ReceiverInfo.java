package io.millrace.api.listener;

import java.util.Objects;

/**
 * A receiver, as it stands. Immutable.
 *
 * @param streamId the input it feeds
 * @param name what it reads, for people
 * @param active whether it runs
 * @param location the host it runs on
 * @param executorId what runs it
 * @param lastErrorMessage the last error in the receiver's words; empty if there was none
 * @param lastError the stack trace of the last error; empty if there was none
 * @param lastErrorTime when the last error was, in milliseconds since the epoch; -1 if there was none
 */
public record ReceiverInfo(
        int streamId,
        String name,
        boolean active,
        String location,
        String executorId,
        String lastErrorMessage,
        String lastError,
        long lastErrorTime) {

    /** Texts are never null. */
    public ReceiverInfo {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(executorId, "executorId");
        Objects.requireNonNull(lastErrorMessage, "lastErrorMessage");
        Objects.requireNonNull(lastError, "lastError");
    }
}

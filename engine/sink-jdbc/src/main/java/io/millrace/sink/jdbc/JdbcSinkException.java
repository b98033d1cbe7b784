package io.millrace.sink.jdbc;

import io.millrace.api.MillraceException;

/**
 * A batch could not be written, and nothing of it is in the database, unless the message says that this is not known. The message
 * names sink, batch, step, statement and number of values, and no value. A {@link java.sql.SQLException} below it has lost its
 * text, for the same reason, unless {@link JdbcSink#driverMessages} was said.
 */
public final class JdbcSinkException extends MillraceException {

    private static final long serialVersionUID = 1L;

    private final String sink;
    private final long batchTimeMs;

    JdbcSinkException(String sink, long batchTimeMs, String text, Throwable cause) {
        super("sink '" + sink + "', batch " + batchTimeMs + " ms: " + text, cause);
        this.sink = sink;
        this.batchTimeMs = batchTimeMs;
    }

    /** The name of the sink. */
    public String sink() {
        return sink;
    }

    /** The time of the batch, milliseconds since the epoch. */
    public long batchTimeMs() {
        return batchTimeMs;
    }
}

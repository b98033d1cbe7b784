package io.millrace.checkpoint.file;

import java.io.IOException;

/** A lock that is held until it is closed or the process ends. Any thread may call. */
public interface StoreLock extends AutoCloseable {

    /**
     * Let go. A second call does nothing.
     *
     * @throws IOException if the file could not be closed
     */
    @Override
    void close() throws IOException;
}

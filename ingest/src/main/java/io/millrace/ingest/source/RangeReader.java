package io.millrace.ingest.source;

import io.millrace.offheap.column.Chunk;
import java.io.IOException;

/** Reads one partition of a {@link PulledRange}, once, from its beginning. Owner: one thread. */
public interface RangeReader extends AutoCloseable {
    /**
     * Show the next rows.
     *
     * @param chunk is set to columns of this reader, which are valid until the next call; at the end it has no rows
     * @return false at the end
     * @throws Exception whatever reading throws, the program's own function included
     */
    boolean next(Chunk chunk) throws Exception;

    /** Give back memory and files, also before the end was reached. Later calls do nothing. */
    @Override
    void close() throws IOException;
}

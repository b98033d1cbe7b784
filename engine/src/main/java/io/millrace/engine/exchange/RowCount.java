package io.millrace.engine.exchange;

import io.millrace.engine.task.ChunkSink;
import io.millrace.offheap.column.Chunk;

/** How many rows there were, counted by one thread; no row is looked at. */
public final class RowCount implements ChunkSink {
    private long rows;

    @Override
    public void accept(Chunk chunk) {
        rows += chunk.rows();
    }

    /** The rows so far. */
    public long rows() {
        return rows;
    }
}

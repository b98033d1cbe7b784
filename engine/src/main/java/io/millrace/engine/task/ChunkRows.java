package io.millrace.engine.task;

import io.millrace.api.Tuple2;
import io.millrace.offheap.column.Chunk;

/** A chunk's rows as the records that user code sees. */
public final class ChunkRows {
    private ChunkRows() {}

    /** One row: a {@link Tuple2} of a pair chunk, else the value. */
    public static Object record(Chunk chunk, int row) {
        Object first = chunk.first().get(row);
        return chunk.isPair() ? new Tuple2<>(first, chunk.second().get(row)) : first;
    }
}

package io.millrace.engine.task;

import io.millrace.offheap.column.Chunk;

/** What operators by key ask of the chunks they are given. */
public final class PairChunks {
    private PairChunks() {}

    /**
     * @param operator that works by key
     * @throws IllegalArgumentException if the rows are no pairs; the message shows one
     */
    public static void check(String operator, Chunk chunk) {
        if (!chunk.isPair()) {
            throw new IllegalArgumentException("'" + operator + "' works by key and got the row "
                    + ChunkRows.record(chunk, 0) + ", which is no pair");
        }
    }
}

package io.millrace.engine.exchange;

import io.millrace.offheap.column.Chunk;

/** Which partition of the result each row goes to. One for each writer and partition of the input; owner: the writer. */
@FunctionalInterface
interface RowSpread {
    /** Set the partition of each row of a chunk. */
    void partitionsOf(Chunk chunk, int[] into);
}

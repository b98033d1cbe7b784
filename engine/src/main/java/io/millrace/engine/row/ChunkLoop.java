package io.millrace.engine.row;

import io.millrace.offheap.column.Chunk;

/** What all copies of {@link RowLoop} have in common. */
interface ChunkLoop {
    /** Send each row of the chunk through the chain. */
    void run(Chunk chunk) throws Exception;
}

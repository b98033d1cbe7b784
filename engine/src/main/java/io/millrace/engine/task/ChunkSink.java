package io.millrace.engine.task;

import io.millrace.offheap.column.Chunk;

/** Where chunks go. A sink may read a chunk only during the call: the giver fills it again afterwards. Owner: one thread. */
public interface ChunkSink {
    /** Take a chunk. */
    void accept(Chunk chunk) throws Exception;

    /** Hand on what was held back: the partition is at its end, or its next rows come another way. */
    default void finish() throws Exception {}

    /** The partition failed: forget what was held back, so that the next one starts clean. */
    default void reset() {}

    /** Whether further chunks of this partition have any effect; a reader stops at false. */
    default boolean wantsMore() {
        return true;
    }
}

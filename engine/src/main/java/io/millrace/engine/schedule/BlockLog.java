package io.millrace.engine.schedule;

import io.millrace.offheap.block.Block;

/** Keeps what one source receives, block by block, by numbers from 1 on. Owner: the conductor. */
public interface BlockLog {
    /**
     * Keep a block; it is certain on return.
     *
     * @param block stays the caller's
     * @return its number, one more than the last
     */
    long append(Block block);

    /**
     * A block that an earlier run has left. Before the first append.
     *
     * @return the caller's, who releases it
     * @throws IllegalStateException if there is none of that number, or it was given before
     */
    Block read(long number);

    /** The number of the last block, 0 if there is none. */
    long last();
}

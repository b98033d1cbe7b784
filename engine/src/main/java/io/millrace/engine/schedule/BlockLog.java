package io.millrace.engine.schedule;

import io.millrace.offheap.block.Block;

/** Keeps what one source receives, block by block, by numbers from 1 on. Owner: the conductor. */
public interface BlockLog {
    /**
     * Keep a block. When it is, it is certain, and has the number {@link #last}.
     *
     * @param block stays the caller's
     * @param position of its last record, -1 if it has none
     * @return false if there is no space now: call again with the same block, as often as you like; the log tries some times a second
     * @throws io.millrace.api.MillraceException if it cannot be kept, now or later: nothing more can
     */
    boolean append(Block block, long position);

    /**
     * A block that an earlier run has left.
     *
     * @return the caller's, who releases it; null if there is no off-heap memory for it now
     * @throws IllegalStateException if there is none of that number, or it was given before
     */
    Block read(long number);

    /** The position of the last record in a block that an earlier run has left and that was not read yet; -1 if it has none. */
    long positionOf(long number);

    /** The number of the last block, 0 if there is none. */
    long last();
}

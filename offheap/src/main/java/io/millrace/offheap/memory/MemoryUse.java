package io.millrace.offheap.memory;

/** What off-heap memory is used for: one line of the {@link MemoryLedger}'s account each. */
public enum MemoryUse {
    /** Records that wait for their batch: slabs in rings and blocks. May take at most 3/4 of the cap. */
    SLAB,
    /** Keys of the tables that a batch aggregates into. */
    TABLE,
    /** Windows over files that are being read. */
    FILE,
    /** Rows that are kept while their batch lives: what changes partitions, and what the program wants cached. */
    ROWS,
    /** Keyed state and windows, kept from batch to batch. */
    STATE,
    /** Panes of windows, and what windows keep beside their results. */
    PANE,
    /** Changes and copies of state on their way to a checkpoint. */
    CHECKPOINT
}

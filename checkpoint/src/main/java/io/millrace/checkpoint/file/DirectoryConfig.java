package io.millrace.checkpoint.file;

/**
 * How a checkpoint directory is kept.
 *
 * @param durability what a forced byte outlives
 * @param reserveBytes of RESERVE, given free when the disk is full; 0 for none
 */
public record DirectoryConfig(Durability durability, long reserveBytes) {

    /** What the reserve is unless set. */
    public static final long DEFAULT_RESERVE_BYTES = 64L << 20;

    /** Checks the size. */
    public DirectoryConfig {
        if (reserveBytes < 0) {
            throw new IllegalArgumentException("reserveBytes is " + reserveBytes + ", expected 0 (none) or more");
        }
    }

    /** Durable against power cuts, with a reserve of 64 MiB. */
    public DirectoryConfig() {
        this(Durability.FSYNC, DEFAULT_RESERVE_BYTES);
    }
}

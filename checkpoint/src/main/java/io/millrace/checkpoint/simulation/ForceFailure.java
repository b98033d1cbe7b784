package io.millrace.checkpoint.simulation;

/** What a failed force does to what was not forced. In both cases the next force returns normally, as on ext4. */
public enum ForceFailure {
    /** The file is again as it was after the last force. */
    REVERTED,
    /** It can be read as long as the machine runs, but is not on the disk. */
    READABLE
}

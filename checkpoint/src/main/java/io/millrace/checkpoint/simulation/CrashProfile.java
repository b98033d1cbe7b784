package io.millrace.checkpoint.simulation;

/** What survives a power cut of what was not forced. What was forced survives always. */
public enum CrashProfile {
    /** As ext4 with ordered data: of names the first so many changes, of each file the first so many pieces. */
    ORDERED,
    /** Any of the pieces, any of the names. */
    REORDERED,
    /** A file has its new size; pieces are there, or zero, or as before. */
    ZEROING,
    /** Pieces are there, or other bytes, or as before. */
    GARBAGE,
    /** All: the process ended, not the machine. */
    ALL,
    /** Nothing. */
    NONE,
    /** Each file after another of these. */
    HOSTILE
}

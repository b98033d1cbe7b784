package io.millrace.conf;

/** What a checkpoint outlives. */
public enum Durability {
    /** A loss of power: what is certain was forced to the disk. */
    FSYNC,
    /** The end of the process, however it comes; not that of the machine. */
    PROCESS
}

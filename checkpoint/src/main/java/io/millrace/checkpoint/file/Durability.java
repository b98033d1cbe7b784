package io.millrace.checkpoint.file;

/** What a forced byte outlives. */
public enum Durability {

    /** A power cut: {@code force} reaches the disk. */
    FSYNC,

    /**
     * The end of the process, not of the machine: {@code force} returns once the system has the bytes. Rolling a journal and
     * {@link #FSYNC} calls such as {@code forceToDisk} still reach the disk.
     */
    PROCESS
}

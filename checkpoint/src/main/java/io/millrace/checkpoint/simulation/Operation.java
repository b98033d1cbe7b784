package io.millrace.checkpoint.simulation;

/** What can be done to a disk, and go wrong. */
public enum Operation {
    /** A file is created. */
    CREATE,
    /** A file is opened. */
    OPEN,
    /** Bytes are read. */
    READ,
    /** Bytes are written. */
    WRITE,
    /** A file is cut. */
    TRUNCATE,
    /** A file is forced. */
    FORCE,
    /** A folder is listed. */
    LIST,
    /** A file or folder is looked for. */
    EXISTS,
    /** The size of a file is asked for. */
    SIZE,
    /** The free space is asked for. */
    USABLE,
    /** A file is renamed. */
    RENAME,
    /** A file is deleted. */
    DELETE,
    /** A folder is made. */
    MAKE_FOLDER,
    /** A folder is forced. */
    FORCE_FOLDER,
    /** A file is mapped. */
    MAP,
    /** A lock is taken. */
    LOCK
}

package io.millrace.offheap.column;

/** How a column is held. Four ways for all types: a value leaves its lane as the class it entered. */
public enum Lane {
    /** A {@code long[]}. */
    LONG,
    /** A {@code double[]}. */
    DOUBLE,
    /** Ranges of one off-heap buffer. */
    BYTES,
    /** An {@code Object[]}. */
    REF
}

package io.millrace.conf;

/** How records are held while a batch runs ({@code millrace.lanes}). */
public enum Lanes {
    /** Each in the lane of its type: longs, doubles, bytes, references. */
    SPECIALISED,
    /** All as references; slower, for comparing results. */
    GENERIC
}

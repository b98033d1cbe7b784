package io.millrace.engine.group;

/**
 * What becomes of a key's values: none, one or many rows. Owner: one thread; a partition's keys come one after the other.
 */
interface KeyOutput {
    /** Begin with a key: its values in each input. */
    void start(Object[][] values);

    /** Whether the key has another row. */
    boolean hasNext();

    /** The value of the key's next row. */
    Object next();
}

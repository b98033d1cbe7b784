package io.millrace.engine.kernel;

/** The folds that have loops of their own. */
public enum NamedFold {
    /** Addition; ints and longs wrap. */
    SUM,
    /** The first less all others; ints and longs wrap. */
    SUBTRACT,
    /** The lesser, as {@link Math#min} has it. */
    MIN,
    /** The greater, as {@link Math#max} has it. */
    MAX
}

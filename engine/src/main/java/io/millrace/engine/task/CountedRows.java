package io.millrace.engine.task;

/** Rows that are there, so that their number is known. */
public interface CountedRows extends Rows {
    @Override
    default boolean isKnownEmpty() {
        return inputRows() == 0;
    }
}

package io.millrace.engine.schedule;

import java.util.List;

/**
 * What is told of a source's share of a batch.
 *
 * @param records how many records it is known to have
 * @param oldestNanos when the oldest of them was received, on the engine's nano clock; {@value #NO_TIME} if that is not known
 * @param files the files it is read from, by name
 */
public record InputSummary(long records, long oldestNanos, List<String> files) {
    /** Stands for a time that is not known. */
    public static final long NO_TIME = -1;

    /** Nothing is known, or there is nothing. */
    public static final InputSummary NOTHING = new InputSummary(0, NO_TIME, List.of());
}

package io.millrace.engine.state;

import java.util.List;

/**
 * What a log has kept of one operator.
 *
 * @param isRows whether it is rows that came, and not what keys have
 * @param timeMs of the batch that changed it; of a snapshot, of the batch after which it was taken
 * @param sinceZeroMs the same from the beginning of the run
 */
public record LoggedState(boolean isRows, long timeMs, long sinceZeroMs, List<Part> parts) {
    /** Copies the list. */
    public LoggedState {
        parts = List.copyOf(parts);
    }

    /**
     * Entries of one partition, in order.
     *
     * @param partition where they were
     * @param partitions how many there were
     */
    public record Part(int partition, int partitions, byte[] entries) {}
}

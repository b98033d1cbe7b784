package io.millrace.api.listener;

import io.millrace.api.Time;
import java.util.Objects;

/**
 * One output of one batch. Times are milliseconds since the epoch by the engine's clock, {@link BatchInfo#NONE} where there is none
 * yet. Immutable.
 *
 * @param batchTime the batch
 * @param id the output's number in the order of definition, from 0
 * @param name the output's operator: {@code foreachRDD}, or what {@code named} said
 * @param description what kind of output it is
 * @param startTime when it began
 * @param endTime when it ended
 * @param failureReason the stack trace of what it threw; null if it did not fail
 */
public record OutputOperationInfo(
        Time batchTime, int id, String name, String description, long startTime, long endTime, String failureReason) {

    /** Refuses an output of no batch. */
    public OutputOperationInfo {
        Objects.requireNonNull(batchTime, "batchTime");
    }

    /** How long it took, in milliseconds; {@link BatchInfo#NONE} before it has ended. */
    public long duration() {
        return BatchInfo.between(startTime, endTime);
    }
}

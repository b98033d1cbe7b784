package io.millrace.api.listener;

import io.millrace.api.Time;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One batch, as far as it has come. Times are milliseconds since the epoch by the engine's clock, {@value #NONE} where there is
 * none yet. Immutable.
 *
 * @param batchTime the batch
 * @param streamIdToInputInfo what each input gave, by the input's id
 * @param submissionTime when the batch was planned
 * @param processingStartTime when its first output began
 * @param processingEndTime when its last output ended
 * @param outputOperationInfos its outputs, by their number in the order of definition; those that have begun
 * @param oldestIngestNanos when its oldest record was received, on the engine's nano clock ({@link System#nanoTime} unless a
 *     simulator gave another); {@value #NONE} if it has no received record
 * @param skippedRecords records left out because a function threw on them (failure policy {@code skip})
 */
public record BatchInfo(
        Time batchTime,
        Map<Integer, StreamInputInfo> streamIdToInputInfo,
        long submissionTime,
        long processingStartTime,
        long processingEndTime,
        Map<Integer, OutputOperationInfo> outputOperationInfos,
        long oldestIngestNanos,
        long skippedRecords) {

    /** What stands for a time that is not known. */
    public static final long NONE = -1;

    /** Copies the maps, in the order of their keys. */
    public BatchInfo {
        Objects.requireNonNull(batchTime, "batchTime");
        streamIdToInputInfo = Collections.unmodifiableMap(new TreeMap<>(streamIdToInputInfo));
        outputOperationInfos = Collections.unmodifiableMap(new TreeMap<>(outputOperationInfos));
    }

    /** How long the batch waited for those before it, in milliseconds; {@value #NONE} before it has begun. */
    public long schedulingDelay() {
        return between(submissionTime, processingStartTime);
    }

    /** How long its outputs took, in milliseconds; {@value #NONE} before it has ended. */
    public long processingDelay() {
        return between(processingStartTime, processingEndTime);
    }

    /** Both together, in milliseconds; {@value #NONE} before it has ended. */
    public long totalDelay() {
        return between(submissionTime, processingEndTime);
    }

    /** How many records all inputs gave. */
    public long numRecords() {
        return streamIdToInputInfo.values().stream()
                .mapToLong(StreamInputInfo::numRecords)
                .sum();
    }

    static long between(long from, long to) {
        return from == NONE || to == NONE ? NONE : to - from;
    }
}

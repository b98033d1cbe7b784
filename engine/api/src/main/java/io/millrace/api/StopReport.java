package io.millrace.api;

import java.util.List;

/**
 * What a context left behind when it ended. A graceful stop that had time enough leaves nothing.
 *
 * @param isGraceful whether the end was asked for, or came by itself, as one that processes everything first
 * @param unendedSources sources that did not come to rest in time, by what they read
 * @param droppedBatches batches that were planned and not run to their end
 * @param droppedRecords records that were received and not processed: those of the dropped batches, and those that waited for
 *     a batch; what waits in a queue, a file or a socket was never received
 * @param isOutputAbandoned whether an output runs on that neither ended nor took notice of its interrupt
 */
public record StopReport(
        boolean isGraceful,
        List<String> unendedSources,
        long droppedBatches,
        long droppedRecords,
        boolean isOutputAbandoned) {

    /** Copies the list. */
    public StopReport {
        unendedSources = List.copyOf(unendedSources);
    }

    /** Whether all that was received was processed. */
    public boolean isComplete() {
        return unendedSources.isEmpty() && droppedBatches == 0 && droppedRecords == 0 && !isOutputAbandoned;
    }
}

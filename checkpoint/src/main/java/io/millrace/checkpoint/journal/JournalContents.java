package io.millrace.checkpoint.journal;

import io.millrace.checkpoint.file.Damage;
import java.util.List;

/**
 * What a journal was found to hold.
 *
 * @param end behind the last valid frame
 * @param durable the frames before it are known to have been durable; those behind it were read all the same
 * @param nextNumber of the next frame
 * @param previousChecksum that the next frame carries
 * @param frames that were handed out
 * @param dropped what lies behind {@code end} and never was acknowledged, by file: the tail that a crash tore
 * @param empty sequences of segments behind {@code end} without a frame, which nothing is lost with
 */
public record JournalContents(
        JournalPosition end,
        JournalPosition durable,
        long nextNumber,
        int previousChecksum,
        long frames,
        List<TornTail> dropped,
        List<Long> empty) {

    /**
     * Bytes that are no frames, and never were acknowledged.
     *
     * @param bytes how many, up to the last that is not zero
     * @param damage why they are no frames
     */
    public record TornTail(long bytes, Damage damage) {}

    boolean isEmpty() {
        return end.offset() == 0;
    }
}

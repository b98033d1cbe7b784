package io.millrace.ingest.ring;

import io.millrace.ingest.IngestEvents;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What the writer has to warn of, kept until it holds no lock any more. Whoever is told may offer records to the same stream, as a
 * log handler does that feeds one: under the lock it would wait for itself, or write into the middle of a record.
 *
 * <p>Thread: {@link #add} by the writer; {@link #tell} by any thread that holds no lock of the source.
 */
final class Warnings {
    /** More than these, between two times of telling, are counted only. */
    private static final int MAX_KEPT = 100;

    private final int streamId;
    private final IngestEvents events;
    private final Queue<String> untold = new ConcurrentLinkedQueue<>();

    Warnings(int streamId, IngestEvents events) {
        this.streamId = streamId;
        this.events = events;
    }

    void add(String message) {
        int kept = untold.size();
        if (kept < MAX_KEPT) {
            untold.add(message);
        } else if (kept == MAX_KEPT) {
            untold.add(
                    "more warnings came at once than the " + MAX_KEPT + " that are told; the others are only counted");
        }
    }

    void tell() {
        for (String message = untold.poll(); message != null; message = untold.poll()) {
            events.warning(streamId, message);
        }
    }
}

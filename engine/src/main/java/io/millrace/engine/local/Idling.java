package io.millrace.engine.local;

import io.millrace.ingest.wait.Doorbell;

/**
 * What a thread of a run does when nothing is due.
 *
 * @param spinning whether it looks again at once, and costs a core; else it sleeps at its doorbell
 */
record Idling(boolean spinning) {
    /** Wait until the bell rings, for at most {@code nanos} nanoseconds; a spinning thread hardly waits. */
    void at(Doorbell bell, long nanos) {
        if (!spinning) {
            bell.await(nanos);
        } else if (!bell.poll()) {
            Thread.onSpinWait();
        }
    }
}

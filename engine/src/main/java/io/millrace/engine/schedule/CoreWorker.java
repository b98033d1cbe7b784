package io.millrace.engine.schedule;

import io.millrace.ingest.wait.Doorbell;

/** One core's thread: takes part in parallel steps, and waits at its doorbell between them. */
final class CoreWorker implements Runnable {
    private static final long FOR_EVER_NANOS = Long.MAX_VALUE;

    private final int index;
    private final boolean spinning;
    private final Doorbell doorbell = new Doorbell();
    private volatile Region inbox;
    private volatile boolean closed;

    CoreWorker(int index, boolean spinning) {
        this.index = index;
        this.spinning = spinning;
    }

    /** Post a region; the inbox is empty, since its poster waits for each region's end. */
    void post(Region region) {
        inbox = region;
        doorbell.ring();
    }

    void close() {
        closed = true;
        doorbell.ring();
    }

    @Override
    public void run() {
        while (!closed) {
            Region region = inbox;
            if (region != null) {
                inbox = null;
                region.work(index);
            } else if (spinning) {
                Thread.onSpinWait();
            } else {
                Thread.interrupted(); // an interrupt was meant for a task that is over
                doorbell.await(FOR_EVER_NANOS);
            }
        }
    }
}

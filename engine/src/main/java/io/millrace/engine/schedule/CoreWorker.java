package io.millrace.engine.schedule;

import io.millrace.ingest.wait.Doorbell;

/** One core's thread: takes part in parallel steps, and waits at its doorbell between them. */
final class CoreWorker implements Runnable {
    private final int index;
    private final boolean spinning;
    private final Doorbell doorbell = new Doorbell();
    private volatile ParallelStep inbox;
    private volatile boolean closed;

    CoreWorker(int index, boolean spinning) {
        this.index = index;
        this.spinning = spinning;
    }

    /** Post a step; the inbox is empty, since its poster waits for each step's end. */
    void post(ParallelStep step) {
        inbox = step;
        doorbell.ring();
    }

    void close() {
        closed = true;
        doorbell.ring();
    }

    @Override
    public void run() {
        while (!closed) {
            ParallelStep step = inbox;
            if (step != null) {
                inbox = null;
                Thread.interrupted(); // an interrupt was meant for a task that is over
                step.work(index);
            } else if (spinning) {
                Thread.onSpinWait();
            } else {
                Thread.interrupted();
                doorbell.await(Long.MAX_VALUE);
            }
        }
    }
}

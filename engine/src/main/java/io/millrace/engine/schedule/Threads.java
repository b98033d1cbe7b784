package io.millrace.engine.schedule;

/** Ending threads. */
public final class Threads {
    private Threads() {}

    /** Wait for a thread's end, at most so long; an interrupt of the caller ends the waiting and stays set. */
    public static void join(Thread thread, long timeoutMs) {
        try {
            thread.join(timeoutMs);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.millrace.ingest.wait;

/** Waiting for threads to end. */
public final class Threads {
    private Threads() {}

    /**
     * Wait for a thread's end. An interrupt of the caller ends the wait and stays set.
     *
     * @param thread one that was started or never will be
     * @param timeoutMs at most so long, in milliseconds of real time, above 0
     * @return whether it has ended
     */
    public static boolean join(Thread thread, long timeoutMs) {
        try {
            thread.join(timeoutMs);
        } catch (InterruptedException stopWaiting) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}

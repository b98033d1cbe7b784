package io.millrace.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;

/**
 * Makes daemon threads and remembers them, so that a test can say that none lives on. Give it to
 * {@link io.millrace.api.MillraceConf#setThreadFactory}. Safe from several threads.
 */
public final class RememberedThreads implements ThreadFactory {
    private static final long JOIN_MS = 10_000;

    private final List<Thread> made = new CopyOnWriteArrayList<>();

    /** No threads yet. */
    public RememberedThreads() {}

    @Override
    public Thread newThread(Runnable body) {
        Thread thread = new Thread(body);
        thread.setDaemon(true);
        made.add(thread);
        return thread;
    }

    /** All threads made so far, in order; started or not, alive or not. */
    public List<Thread> made() {
        return List.copyOf(made);
    }

    /**
     * Wait for the end of all threads, each at most ten seconds.
     *
     * @throws AssertionError naming those that live on, and where each one stands
     */
    public void assertAllEnded() {
        StringBuilder alive = new StringBuilder();
        for (Thread thread : made) {
            join(thread);
            if (thread.isAlive()) {
                alive.append("\n  '").append(thread.getName()).append("', ").append(thread.getState());
                for (StackTraceElement at : thread.getStackTrace()) {
                    alive.append("\n    at ").append(at);
                }
            }
        }
        if (!alive.isEmpty()) {
            throw new AssertionError("threads that should have ended live on:" + alive);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException stopWaiting) {
            Thread.currentThread().interrupt();
        }
    }
}

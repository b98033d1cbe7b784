package io.millrace.engine.local;

import java.util.concurrent.ThreadFactory;

/**
 * Makes the threads of a run's sources, and knows them again while they run: a source that stops its own run would wait for
 * itself. Nothing is kept of a thread that has ended, so a source may make one per connection for ever.
 */
final class SourceThreads implements ThreadFactory {
    private final ThreadFactory threads;
    private final ThreadLocal<Boolean> isSource = new ThreadLocal<>();

    SourceThreads(ThreadFactory threads) {
        this.threads = threads;
    }

    @Override
    public Thread newThread(Runnable body) {
        return threads.newThread(() -> {
            isSource.set(true);
            try {
                body.run();
            } finally {
                isSource.remove();
            }
        });
    }

    /** Whether the calling thread is one of them. */
    boolean isCurrent() {
        return isSource.get() != null;
    }
}

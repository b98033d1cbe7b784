package io.millrace.engine.local;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

/** Makes the threads of a run's sources, and knows them again: a source that stops its own run would wait for itself. */
final class SourceThreads implements ThreadFactory {
    private final ThreadFactory threads;
    private final Set<Thread> made = ConcurrentHashMap.newKeySet();

    SourceThreads(ThreadFactory threads) {
        this.threads = threads;
    }

    @Override
    public Thread newThread(Runnable body) {
        Thread thread = threads.newThread(body);
        made.add(thread);
        return thread;
    }

    /** Whether the calling thread is one of them. */
    boolean isCurrent() {
        return made.contains(Thread.currentThread());
    }
}

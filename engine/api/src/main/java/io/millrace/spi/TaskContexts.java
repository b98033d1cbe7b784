package io.millrace.spi;

import io.millrace.api.TaskContext;

/** Knows which task a thread is running; found by {@link java.util.ServiceLoader}, one for each backend. */
public interface TaskContexts {
    /** The task of the calling thread; null if it runs none of this backend's. */
    TaskContext current();
}

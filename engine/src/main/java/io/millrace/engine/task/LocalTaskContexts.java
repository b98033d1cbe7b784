package io.millrace.engine.task;

import io.millrace.api.TaskContext;
import io.millrace.spi.TaskContexts;

/** Tells which task of this engine a thread runs. */
public final class LocalTaskContexts implements TaskContexts {
    /** Found by {@link java.util.ServiceLoader}. */
    public LocalTaskContexts() {}

    @Override
    public TaskContext current() {
        return LocalTaskContext.current();
    }
}

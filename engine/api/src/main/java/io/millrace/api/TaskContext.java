package io.millrace.api;

import io.millrace.spi.TaskContexts;
import java.util.ServiceLoader;

/**
 * The task that the calling thread is running: one partition of one action. Read by the program's functions, on the
 * thread that calls them.
 */
public abstract class TaskContext {
    /** For backends. */
    protected TaskContext() {}

    /** The task of the calling thread; null outside a task. */
    public static TaskContext get() {
        for (TaskContexts contexts : Providers.ALL) {
            TaskContext current = contexts.current();
            if (current != null) {
                return current;
            }
        }
        return null;
    }

    /** The partition that the calling thread's task computes; 0 outside a task. */
    public static int getPartitionId() {
        TaskContext current = get();
        return current == null ? 0 : current.partitionId();
    }

    /** Which partition this task computes, from 0. */
    public abstract int partitionId();

    /** The number of the run of tasks that this is one of; larger than that of all runs begun before. */
    public abstract int stageId();

    /** How often that run was begun before: 0, for it is never begun again. */
    public abstract int stageAttemptNumber();

    /** How often this task was begun before in its run: 0, unless tasks are begun again after a failure. */
    public abstract int attemptNumber();

    /** A number that no other task of the context has. */
    public abstract long taskAttemptId();

    /** Whether the task has ended. */
    public abstract boolean isCompleted();

    /** Whether the task was told to end before its time. */
    public abstract boolean isInterrupted();

    /**
     * A property that was set in the thread that called the action ({@link MillraceContext#setLocalProperty}); null if it
     * is not set. In a stream, {@code millrace.streaming.internal.batchTime} is the batch's time in milliseconds, and {@code
     * millrace.streaming.internal.outputOpId} the number of the output, from 0 in the order of their definition.
     */
    public abstract String getLocalProperty(String key);

    /** Have a listener called when the task ends, whether it fails or not; the last added is called first. Returns this. */
    public abstract TaskContext addTaskCompletionListener(TaskCompletionListener listener);

    /** Have a listener called when the task fails, before those of its end. Returns this. */
    public abstract TaskContext addTaskFailureListener(TaskFailureListener listener);

    /** Found once: which backends are on the class path does not change. */
    private static final class Providers {
        static final TaskContexts[] ALL =
                ServiceLoader.load(TaskContexts.class, TaskContexts.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toArray(TaskContexts[]::new);
    }
}

package io.millrace.api;

/** Is told when a task ends, on its thread. */
@FunctionalInterface
public interface TaskCompletionListener {
    /** The task has ended, well or not. What this throws is logged. */
    void onTaskCompletion(TaskContext task);
}

package io.millrace.api;

/** Is told when a task fails, on its thread. */
@FunctionalInterface
public interface TaskFailureListener {
    /** The task has failed for this reason. What this throws is logged. */
    void onTaskFailure(TaskContext task, Throwable reason);
}

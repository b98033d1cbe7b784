package io.millrace.engine.schedule;

/** A task threw: which partition it worked on, and what it threw, as the cause. Has no text: a cause's may throw itself. */
public final class TaskFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final int partition;

    TaskFailure(int partition, Throwable cause) {
        super(null, cause, false, false);
        this.partition = partition;
    }

    /** The partition whose task failed; −1 if the step was cancelled. */
    public int partition() {
        return partition;
    }
}

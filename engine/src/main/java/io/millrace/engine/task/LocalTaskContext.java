package io.millrace.engine.task;

import io.millrace.api.TaskCompletionListener;
import io.millrace.api.TaskContext;
import io.millrace.api.TaskFailureListener;
import io.millrace.engine.lease.Lease;
import io.millrace.spi.LocalProperties;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** A task of this engine. Owner: the thread that runs it, until it has ended. */
public final class LocalTaskContext extends TaskContext {
    private static final System.Logger LOG = System.getLogger(LocalTaskContext.class.getName());
    private static final ThreadLocal<LocalTaskContext> CURRENT = new ThreadLocal<>();
    private static final String BATCH_TIME = "millrace.streaming.internal.batchTime";

    private final int partition;
    private final int run;
    private final long id;
    private final long batchTimeMs;
    private final Map<String, String> properties;
    private final LocalTaskContext outer;
    private Deque<TaskCompletionListener> completionListeners;
    private Deque<TaskFailureListener> failureListeners;
    private volatile boolean completed;

    private LocalTaskContext(
            int partition, int run, long id, long batchTimeMs, Map<String, String> properties, LocalTaskContext outer) {
        this.partition = partition;
        this.run = run;
        this.id = id;
        this.batchTimeMs = batchTimeMs;
        this.properties = properties;
        this.outer = outer;
    }

    /** The task of the calling thread; null if there is none. */
    static LocalTaskContext current() {
        return CURRENT.get();
    }

    /**
     * A task begins on the calling thread.
     *
     * @param run the number of the run of tasks it is one of
     * @param id of the task
     * @param batchTimeMs {@link Lease#NO_BATCH} if it belongs to none
     * @param properties of the thread that called the action
     */
    public static LocalTaskContext begin(
            int partition, int run, long id, long batchTimeMs, Map<String, String> properties) {
        LocalTaskContext task = new LocalTaskContext(partition, run, id, batchTimeMs, properties, CURRENT.get());
        CURRENT.set(task);
        return task;
    }

    /**
     * It has ended, on the thread where it began.
     *
     * @param failure why, or null if all is well
     */
    public void end(Throwable failure) {
        try {
            while (failure != null && failureListeners != null && !failureListeners.isEmpty()) {
                TaskFailureListener listener = failureListeners.pop();
                told(() -> listener.onTaskFailure(this, failure));
            }
            completed = true;
            while (completionListeners != null && !completionListeners.isEmpty()) {
                TaskCompletionListener listener = completionListeners.pop();
                told(() -> listener.onTaskCompletion(this));
            }
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        }
    }

    private void told(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException thrown) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a listener of the task for partition " + partition + " threw",
                    thrown);
        }
    }

    @Override
    public int partitionId() {
        return partition;
    }

    @Override
    public int stageId() {
        return run;
    }

    @Override
    public int stageAttemptNumber() {
        return 0;
    }

    @Override
    public int attemptNumber() {
        return 0;
    }

    @Override
    public long taskAttemptId() {
        return id;
    }

    @Override
    public boolean isCompleted() {
        return completed;
    }

    @Override
    public boolean isInterrupted() {
        return Thread.currentThread().isInterrupted();
    }

    @Override
    public String getLocalProperty(String key) {
        String text = LocalProperties.of(properties, key);
        boolean isBatchTime =
                text == null && batchTimeMs != Lease.NO_BATCH && BATCH_TIME.equals(LocalProperties.ours(key));
        return isBatchTime ? Long.toString(batchTimeMs) : text;
    }

    @Override
    public TaskContext addTaskCompletionListener(TaskCompletionListener listener) {
        if (completionListeners == null) {
            completionListeners = new ArrayDeque<>();
        }
        completionListeners.push(listener);
        return this;
    }

    @Override
    public TaskContext addTaskFailureListener(TaskFailureListener listener) {
        if (failureListeners == null) {
            failureListeners = new ArrayDeque<>();
        }
        failureListeners.push(listener);
        return this;
    }
}

package io.millrace.engine.rdd;

import io.millrace.api.MillraceException;
import io.millrace.api.UserFunctionException;
import io.millrace.engine.function.FunctionFailure;
import io.millrace.engine.function.SkippedRecords;
import io.millrace.engine.function.SkippingTask;
import io.millrace.engine.function.Texts;
import io.millrace.engine.schedule.PartitionTask;
import io.millrace.engine.schedule.TaskFailure;
import io.millrace.engine.schedule.WorkerPool;
import io.millrace.engine.schedule.WorkerScratches;
import io.millrace.engine.task.Rows;

/** What datasets ask of the scheduler: run something for each partition, small work on the caller's own thread. */
public final class DatasetRunner {
    private final WorkerPool workers;
    private final WorkerScratches scratches;
    private final long inlineRows;
    private final SkippedRecords skipped;

    /**
     * A runner with scratches of its own.
     *
     * @param inlineRows below so many rows the calling thread does the work itself
     * @param skipped takes the records of batches on which functions throw; null if these fail their tasks
     */
    public DatasetRunner(WorkerPool workers, long inlineRows, SkippedRecords skipped) {
        this.workers = workers;
        this.scratches = workers.newScratches();
        this.inlineRows = inlineRows;
        this.skipped = skipped;
    }

    /** How many different scratches tasks may come with. */
    public int scratchCount() {
        return scratches.indexCount();
    }

    /**
     * Run a task for each partition.
     *
     * @param batchTimeMs for messages
     */
    public void forEachPartition(Rows rows, long batchTimeMs, PartitionTask task) {
        forEach(rows.partitionCount(), rows.inputRows(), batchTimeMs, skipping(batchTimeMs, task));
    }

    /**
     * Run a task for each number below {@code tasks}; {@code rows} is the size of the work. These tasks leave nothing out: what
     * they work on are no records any more.
     */
    public void forEach(int tasks, long rows, long batchTimeMs, PartitionTask task) {
        run(tasks, rows < inlineRows, batchTimeMs, task);
    }

    /** Run a task for each partition, in order, on the calling thread. */
    void forEachPartitionInline(Rows rows, long batchTimeMs, PartitionTask task) {
        rows.inputRows(); // computes what has to be computed in parallel, before this thread enters its own tasks
        run(rows.partitionCount(), true, batchTimeMs, skipping(batchTimeMs, task));
    }

    /** The task, if it works on a batch and may leave records out as one that does. */
    private PartitionTask skipping(long batchTimeMs, PartitionTask task) {
        if (skipped == null || batchTimeMs == Lease.NO_BATCH) {
            return task;
        }
        return (partition, scratch) ->
                SkippingTask.run(skipped, batchTimeMs, partition, () -> task.run(partition, scratch));
    }

    private void run(int tasks, boolean inline, long batchTimeMs, PartitionTask task) {
        if (tasks == 0) {
            return;
        }
        try {
            workers.forEach(tasks, inline, scratches, task);
        } catch (TaskFailure failure) {
            throw translated(failure, batchTimeMs);
        }
    }

    private static RuntimeException translated(TaskFailure failure, long batchTimeMs) {
        Throwable cause = failure.getCause();
        if (cause instanceof FunctionFailure function) {
            return new UserFunctionException(
                    function.operator().text(),
                    batchTimeMs,
                    failure.partition(),
                    function.record(),
                    function.getCause());
        } else if (cause instanceof Error error) {
            throw error;
        } else if (cause instanceof RuntimeException unchecked) {
            return unchecked;
        }
        return new MillraceException(Texts.messageOf(cause), cause);
    }
}

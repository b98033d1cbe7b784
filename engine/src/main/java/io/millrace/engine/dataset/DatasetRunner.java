package io.millrace.engine.dataset;

import io.millrace.api.MillraceException;
import io.millrace.api.UserFunctionException;
import io.millrace.engine.function.FunctionFailure;
import io.millrace.engine.function.SkippedRecords;
import io.millrace.engine.function.SkippingTask;
import io.millrace.engine.function.Texts;
import io.millrace.engine.lease.Lease;
import io.millrace.engine.schedule.TaskFailure;
import io.millrace.engine.schedule.WorkerPool;
import io.millrace.engine.schedule.WorkerScratches;
import io.millrace.engine.task.LocalTaskContext;
import io.millrace.engine.task.PartitionTask;
import io.millrace.engine.task.Rows;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** What datasets ask of the scheduler: run something for each partition, small work on the caller's own thread. */
public final class DatasetRunner {
    private static final IntUnaryOperator ALL = IntUnaryOperator.identity();

    private final WorkerPool workers;
    private final WorkerScratches scratches;
    private final long inlineRows;
    private final SkippedRecords skipped;
    private final DatasetShared shared;

    /**
     * A runner with scratches of its own.
     *
     * @param inlineRows below so many rows the calling thread does the work itself
     * @param skipped takes the records of batches on which functions throw; null if these fail their tasks
     * @param shared with all datasets of the engine
     */
    public DatasetRunner(WorkerPool workers, long inlineRows, SkippedRecords skipped, DatasetShared shared) {
        this.workers = workers;
        this.scratches = workers.newScratches();
        this.inlineRows = inlineRows;
        this.skipped = skipped;
        this.shared = shared;
    }

    /** How many different scratches tasks may come with. */
    public int scratchCount() {
        return scratches.indexCount();
    }

    /** Whether the calling thread is in the middle of a task. */
    boolean isInsideTask() {
        return workers.isInsideTask();
    }

    /** Whether the calling thread does the work itself if there are so many rows. */
    boolean isSmall(long rows) {
        return rows < inlineRows;
    }

    /**
     * Run a task for each partition.
     *
     * @param batchTimeMs for messages
     */
    public void forEachPartition(Rows rows, long batchTimeMs, PartitionTask task) {
        boolean inline = isSmall(rows.inputRows());
        run(rows.partitionCount(), inline, batchTimeMs, ALL, skipping(ALL, batchTimeMs, task));
    }

    /**
     * Run a task for some partitions.
     *
     * @param partitions which
     * @param task is given the place in {@code partitions}
     */
    void forEachOf(Rows rows, int[] partitions, long batchTimeMs, PartitionTask task) {
        IntUnaryOperator partitionOf = index -> partitions[index];
        boolean inline = isSmall(rows.inputRows());
        run(partitions.length, inline, batchTimeMs, partitionOf, skipping(partitionOf, batchTimeMs, task));
    }

    /**
     * Run a task for each number below {@code tasks}; {@code rows} is the size of the work. These tasks leave nothing out: what
     * they work on are no records any more.
     */
    public void forEach(int tasks, long rows, long batchTimeMs, PartitionTask task) {
        run(tasks, isSmall(rows), batchTimeMs, ALL, task);
    }

    /** Run a task for each partition, in order, on the calling thread. */
    void forEachPartitionInline(Rows rows, long batchTimeMs, PartitionTask task) {
        rows.inputRows(); // computes what has to be computed in parallel, before this thread enters its own tasks
        run(rows.partitionCount(), true, batchTimeMs, ALL, skipping(ALL, batchTimeMs, task));
    }

    /** The task, if it works on a batch and may leave records out as one that does. */
    private PartitionTask skipping(IntUnaryOperator partitionOf, long batchTimeMs, PartitionTask task) {
        if (skipped == null || batchTimeMs == Lease.NO_BATCH) {
            return task;
        }
        return (index, scratch) ->
                SkippingTask.run(skipped, batchTimeMs, partitionOf.applyAsInt(index), () -> task.run(index, scratch));
    }

    private void run(int tasks, boolean inline, long batchTimeMs, IntUnaryOperator partitionOf, PartitionTask task) {
        if (tasks == 0) {
            return;
        }
        try {
            workers.forEach(tasks, inline, scratches, inContext(tasks, batchTimeMs, partitionOf, task));
        } catch (TaskFailure failure) {
            int index = failure.partition();
            throw translated(failure.getCause(), index < 0 ? index : partitionOf.applyAsInt(index), batchTimeMs);
        }
    }

    /** The task, told to the program's functions by their thread. */
    private PartitionTask inContext(int tasks, long batchTimeMs, IntUnaryOperator partitionOf, PartitionTask task) {
        int run = shared.nextRun();
        long firstId = shared.nextTasks(tasks);
        Map<String, String> properties = shared.localProperties().snapshot();
        return (index, scratch) -> {
            LocalTaskContext context = LocalTaskContext.begin(
                    partitionOf.applyAsInt(index), run, firstId + index, batchTimeMs, properties);
            Throwable failure = null;
            try {
                task.run(index, scratch);
            } catch (Throwable thrown) {
                failure = thrown;
                throw thrown;
            } finally {
                context.end(failure);
            }
        };
    }

    private static RuntimeException translated(Throwable cause, int partition, long batchTimeMs) {
        if (cause instanceof FunctionFailure function) {
            return new UserFunctionException(
                    function.operator().text(), batchTimeMs, partition, function.record(), function.getCause());
        } else if (cause instanceof Error error) {
            throw error;
        } else if (cause instanceof RuntimeException unchecked) {
            return unchecked;
        }
        return new MillraceException(Texts.messageOf(cause), cause);
    }
}

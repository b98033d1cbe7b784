package io.millrace.engine.schedule;

import io.millrace.engine.task.PartitionTask;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.ingest.wait.Doorbell;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A number of tasks that workers take one after the other until none is left, and the barrier behind them. The first failure
 * ends it; tasks already running finish.
 */
final class ParallelStep {
    private static final int NO_PARTITION = -1;

    private final int tasks;
    private final PartitionTask task;
    private final WorkerScratches scratches;
    private final Doorbell caller;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger running;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile int failedPartition = NO_PARTITION;

    ParallelStep(int tasks, PartitionTask task, WorkerScratches scratches, int workers, Doorbell caller) {
        this.tasks = tasks;
        this.task = task;
        this.scratches = scratches;
        this.caller = caller;
        this.running = new AtomicInteger(workers);
    }

    /** A worker's part: take tasks until none is left. Throws nothing, and allocates nothing when the heap is full. */
    void work(int worker) {
        WorkerScratch scratch = scratches.of(worker);
        int index = NO_PARTITION;
        try {
            while (failure.get() == null && (index = next.getAndIncrement()) < tasks) {
                task.run(index, scratch);
            }
        } catch (Throwable thrown) {
            if (failure.compareAndSet(null, thrown)) {
                failedPartition = index;
            }
        } finally {
            if (running.decrementAndGet() == 0) {
                caller.ring();
            }
        }
    }

    /** Take no further task; those running finish. */
    void cancel(Throwable why) {
        failure.compareAndSet(null, why);
    }

    boolean isDone() {
        return running.get() == 0;
    }

    void throwFailure() throws TaskFailure {
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new TaskFailure(failedPartition, thrown);
        }
    }
}

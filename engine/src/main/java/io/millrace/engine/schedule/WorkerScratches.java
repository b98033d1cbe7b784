package io.millrace.engine.schedule;

import io.millrace.engine.task.WorkerScratch;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One scratch per core worker, and as many as needed for callers who do small work themselves. Each user of the workers has a
 * set of its own, so what was made for a run goes with the run.
 *
 * <p>All callers' scratches have the same index: callers may read side by side, but only one of them may write into an
 * exchange at a time.
 */
public final class WorkerScratches {
    private final WorkerScratch[] workers;
    private final Queue<WorkerScratch> callers = new ConcurrentLinkedQueue<>();

    WorkerScratches(int workerCount) {
        workers = new WorkerScratch[workerCount];
        for (int i = 0; i < workerCount; i++) {
            workers[i] = new WorkerScratch(i);
        }
    }

    /** How many different indexes scratches have. */
    public int indexCount() {
        return workers.length + 1;
    }

    WorkerScratch of(int worker) {
        return workers[worker];
    }

    WorkerScratch borrowForCaller() {
        WorkerScratch free = callers.poll();
        return free != null ? free : new WorkerScratch(workers.length);
    }

    void giveBack(WorkerScratch scratch) {
        callers.add(scratch);
    }
}

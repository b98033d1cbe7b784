package io.millrace.engine.schedule;

import io.millrace.engine.task.WorkerScratch;

/**
 * One scratch per core worker, and one more for callers who do small work themselves. Each user of the workers has a set of
 * its own, so what was made for a run goes with the run.
 */
public final class WorkerScratches {
    private final WorkerScratch[] scratches;

    WorkerScratches(int workers) {
        scratches = new WorkerScratch[workers + 1];
        for (int i = 0; i < scratches.length; i++) {
            scratches[i] = new WorkerScratch(i);
        }
    }

    /** How many there are: how many different threads may come with one. */
    public int count() {
        return scratches.length;
    }

    WorkerScratch of(int worker) {
        return scratches[worker];
    }

    WorkerScratch ofCaller() {
        return scratches[scratches.length - 1];
    }
}

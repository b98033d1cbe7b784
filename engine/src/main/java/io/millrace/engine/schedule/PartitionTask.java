package io.millrace.engine.schedule;

import io.millrace.engine.task.WorkerScratch;

/** What is done with one partition, by whichever worker takes it. */
@FunctionalInterface
public interface PartitionTask {
    /** Work on one partition. */
    void run(int partition, WorkerScratch scratch) throws Exception;
}

package io.millrace.engine.task;

/** What is done with one partition, or with one number of a step, by whichever worker takes it. */
@FunctionalInterface
public interface PartitionTask {
    /** Work on one partition. */
    void run(int partition, WorkerScratch scratch) throws Exception;
}

package io.millrace.engine.save;

import io.millrace.engine.task.PartitionTask;

/** Who runs a task for each partition of a dataset, and translates what the tasks throw. */
@FunctionalInterface
public interface PartitionLoop {
    /** Run the task for each partition; several at a time on different threads. */
    void forEachPartition(PartitionTask task);
}

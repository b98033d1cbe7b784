package io.millrace.jmh.state;

import io.millrace.engine.exchange.BatchExchange;
import io.millrace.engine.task.PartitionTask;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;

/** Tasks on the calling thread, as one worker would run them. */
final class InlineSteps implements BatchExchange.Steps {
    private final WorkerScratch scratch = new WorkerScratch(0);

    @Override
    public void forEachPartition(Rows input, PartitionTask step) throws Exception {
        forEach(input.partitionCount(), input.inputRows(), step);
    }

    @Override
    public void forEach(int tasks, long rows, PartitionTask step) throws Exception {
        for (int task = 0; task < tasks; task++) {
            step.run(task, scratch);
        }
    }
}

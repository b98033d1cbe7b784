package io.millrace.engine.exchange;

import io.millrace.engine.task.ChunkSink;
import io.millrace.engine.task.PartitionTask;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;

/**
 * Something between two stages that needs all rows of the one before the other can read. Life of a batch: every worker
 * writes into {@link #writer}; after a barrier {@link #finish}; {@link #result} is read; {@link #clear}.
 */
public interface BatchExchange extends AutoCloseable {
    /**
     * Where the thread with that scratch puts the rows of one partition of the input, before it goes on to another one.
     */
    ChunkSink writer(WorkerScratch scratch, int partition);

    /** All rows are written: bring them together. */
    void finish(Steps steps) throws Exception;

    /** The result, valid until {@link #clear}. */
    Rows result();

    /** Forget the batch, finished or not; memory is kept for the next. */
    void clear();

    /** Free the memory. */
    @Override
    void close();

    /** How an exchange gets its own work done in parallel. */
    interface Steps {
        /** Run a step for each partition of the input, and return when all are done. */
        void forEachPartition(Rows input, PartitionTask step) throws Exception;

        /**
         * Run a step for each number below {@code tasks}, and return when all are done.
         *
         * @param rows the size of the work
         */
        void forEach(int tasks, long rows, PartitionTask step) throws Exception;
    }
}

package io.millrace.engine.task;

/**
 * A dataset as the engine sees it: partitions that can be read, each in one go, by any worker, any number of times while
 * its batch lives. Reading is safe from several threads, each with its own scratch.
 */
public interface Rows {
    /** How many partitions there are; 0 is possible. */
    int partitionCount();

    /** How many rows go in at the bottom, as a measure of work: exact for what is stored, a sum for what is derived. */
    long inputRows();

    /** Whether it is known without reading that there is no row. */
    boolean isKnownEmpty();

    /**
     * Read one partition into a sink, until its end or until the sink wants no more. Does not finish the sink.
     *
     * @param scratch of the thread that reads
     */
    void read(int partition, WorkerScratch scratch, ChunkSink sink) throws Exception;
}

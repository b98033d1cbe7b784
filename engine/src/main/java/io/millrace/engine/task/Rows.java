package io.millrace.engine.task;

/**
 * A dataset as the engine sees it: partitions that can be read, each in one go, by any worker, any number of times while
 * its batch lives. Reading is safe from several threads, each with its own scratch.
 */
public interface Rows {
    /** How many partitions there are; 0 is possible. */
    int partitionCount();

    /**
     * How many rows go in at the bottom, as a measure of work: exact for what is stored, a sum for what is derived. Computes
     * what must be complete before a partition can be read; whoever runs tasks over rows asks for it before.
     */
    long inputRows();

    /** Whether it is known without reading that there is no row. */
    boolean isKnownEmpty();

    /**
     * Begin to read one partition. The reader closes the source.
     *
     * @param scratch of the thread that reads; one partition at a time is read with it
     */
    ChunkSource open(int partition, WorkerScratch scratch) throws Exception;

    /** Read one partition into a sink, until its end or until the sink wants no more. Does not finish the sink. */
    default void read(int partition, WorkerScratch scratch, ChunkSink sink) throws Exception {
        try (ChunkSource source = open(partition, scratch)) {
            while (sink.wantsMore() && source.next(sink)) {
                continue; // next has done the work
            }
        }
    }
}

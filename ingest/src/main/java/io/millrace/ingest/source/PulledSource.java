package io.millrace.ingest.source;

import java.util.Map;

/**
 * One running input that is asked for its share of each batch: files that appear in a directory, say.
 *
 * <p>Life: {@link #start}; {@link #pull} once a batch; {@link #close}. A share once given belongs to its batch: it is not given again.
 *
 * <p>Thread: all methods by the one thread that plans batches, except the getters, which any thread may call. No method waits
 * for the outside world to produce something.
 */
public interface PulledSource extends AutoCloseable {
    /** The number of the input stream. */
    int streamId();

    /** What it reads, for people: {@code files /data/in}. */
    String name();

    /** Look at what is there already. Once, before the first {@link #pull}. */
    void start();

    /**
     * What belongs to a batch. What cannot be looked at now is warned of, gives an empty share, and is looked at again for the
     * next batch.
     *
     * @param batchTimeMs the batch's time, milliseconds since the epoch; later than that of the call before
     * @return the share, perhaps without partitions
     */
    PulledRange pull(long batchTimeMs);

    /** What it has seen so far, by name of the count. Every count only grows. */
    Map<String, Long> counts();

    /** Forget everything. Shares already given can still be read. Later calls do nothing. */
    @Override
    void close();
}

package io.millrace.ingest.source;

import java.util.Map;

/**
 * One running input that is asked for its share of each batch: files that appear in a directory, say.
 *
 * <p>Life: {@link #start}; {@link #pull} once a batch; {@link #close}. A share once given belongs to its batch: it is not given again.
 *
 * <p>Life after a restart, for whoever keeps what {@link #save} gave and, for each batch planned since, what
 * {@link PulledRange#describe} gave. The first save has to be from right after {@link #start}, before any plan.
 *
 * <pre>
 *   restore(save) ──▶ start ──▶ for each batch planned since the save, oldest first:
 *                                 its effects are kept already ──▶ markTaken(description)
 *                                 else ──────────────────────────▶ replay(description)     ──▶ pull, pull, …
 * </pre>
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

    /**
     * The share of a batch again: the same rows in the same partitions, whatever the settings are now; or nothing of it.
     *
     * @param description that of the share
     * @throws InputLostException if any of it is not there any more as it was; the source is then as before the call
     * @throws io.millrace.ingest.UnreadableInputException if the bytes describe no share of a source of this kind
     */
    PulledRange replay(byte[] description);

    /**
     * A share was read to its end before the restart: it is not given again. Nothing is looked at, it may be gone.
     *
     * @param description that of the share
     * @throws io.millrace.ingest.UnreadableInputException if the bytes describe no share of a source of this kind
     */
    void markTaken(byte[] description);

    /**
     * What has been given so far, by {@link #pull}, {@link #replay} and {@link #markTaken}.
     *
     * @return versioned bytes, for {@link #restore}
     */
    byte[] save();

    /**
     * Go on where another run was when it was saved: what it had given is not given again, and what came since then is new, however
     * long it is ago. Before {@link #start}.
     *
     * @throws IllegalStateException after {@link #start}
     * @throws io.millrace.ingest.UnreadableInputException if the bytes were saved by no source of this kind
     */
    void restore(byte[] saved);

    /** What it has seen so far, by name of the count. Every count only grows. */
    Map<String, Long> counts();

    /** Forget everything. Shares already given can still be read. Later calls do nothing. */
    @Override
    void close();

    /**
     * The same source, never to be started: it is told of what was planned by {@link #markTaken}, and so knows no more. What this one
     * forgets it forgets, too. Once, before this one is started.
     */
    PulledSource ledger();
}

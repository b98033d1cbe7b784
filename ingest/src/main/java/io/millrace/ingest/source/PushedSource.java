package io.millrace.ingest.source;

import io.millrace.ingest.SourceCounters;
import io.millrace.ingest.ring.Positions;
import io.millrace.offheap.block.Block;
import io.millrace.spi.PushPort;
import java.util.Optional;

/**
 * One running input whose records are pushed at us: what the engine holds, whatever the kind.
 *
 * <p>Life: {@link #start}; {@link #cut} as often as one likes; {@link #requestStop}; once {@link #isStopped} a last cut sees
 * everything; {@link #close}.
 *
 * <p>Thread: all methods by the one consumer, except the getters, {@link #isStopped}, {@link #isComplete},
 * {@link #requestStop}, {@link #durable} and {@link #acknowledge}, which any thread may call.
 */
public interface PushedSource extends AutoCloseable {
    /** The number of the input stream. */
    int streamId();

    /** What it reads, for people: {@code socket localhost:9999}. */
    String name();

    /**
     * Go on behind a position that an earlier run has come to. Before {@link #start}.
     *
     * @param position of the last record that is not wanted again
     */
    default void resumeBehind(long position) {}

    /** Begin to receive. Once. */
    void start();

    /**
     * Drive the source for one duty cycle, when the caller drives; with threads of its own there is nothing to do.
     *
     * @return how much was done; 0 means that calling again at once is pointless
     */
    int doWork();

    /**
     * Make room in the ring between two cuts.
     *
     * @return how many rows were taken
     */
    int drain();

    /**
     * Seal everything published so far.
     *
     * @return the block, owned by the caller, or null when there was nothing
     */
    Block cut();

    /**
     * Up to which position records were cut; after a {@link #cut}, that of the block's last record.
     *
     * @return {@link Positions#NONE} if the source's records have none
     */
    default long cutPosition() {
        return Positions.NONE;
    }

    /**
     * Records that were stored and are in no block yet.
     *
     * @return how many there are at this moment
     */
    long uncutRecords();

    /**
     * All records up to a position are safe, so that their sender may forget them. Returns at once; the sender is told by the source's own
     * thread.
     *
     * @param position not below that of the call before
     */
    default void acknowledge(long position) {}

    /**
     * Whether a thread waits until records are {@linkplain #durable durable} that are not cut yet: a cut now lets it go on earlier. The
     * consumer's bell has been rung for it.
     */
    boolean isCutAwaited();

    /**
     * A block is durable, in a log. Where {@link io.millrace.ingest.IngestConfig#isLogged}, a store of several records returns only
     * once this was said of all blocks that have some of them. Any thread.
     *
     * @param block of this source, perhaps released; each once, in the order in which they were cut
     */
    void durable(Block block);

    /** Take no new records and come to rest. Returns at once; {@link #isStopped} tells when. Later calls do nothing. */
    void requestStop();

    /**
     * Take nothing more, even if the source does not come to rest: records that are stored from now on are refused to whoever stores
     * them, so that a last cut loses none that was taken. May wait for a record that is just being stored.
     */
    void refuse();

    /** Whether the source is at rest after {@link #requestStop}: nothing more will be published. */
    boolean isStopped();

    /** Whether the input itself has said that it is over. Its last records may still have to be cut. */
    boolean isComplete();

    /** What it has seen so far. */
    SourceCounters counters();

    /** The door for an embedding program's own records, if this is a source of that kind. */
    Optional<PushPort<?>> pushPort();

    /** Stop, wait for its threads (a few seconds at most), and give back every slab that was not cut. Later calls do nothing. */
    @Override
    void close();
}

package io.millrace.ingest.ring;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import io.millrace.ingest.wait.Doorbell;
import io.millrace.offheap.block.Slab;
import io.millrace.offheap.block.SlabSlice;
import java.util.List;

/**
 * The ring of one source: slabs on their way from the producer to the consumer.
 *
 * <p>A slab enters with its first record and stays open: later records only advance the slab's published row count. The
 * consumer takes what is published. A sealed slab leaves the ring with its last rows; of the open one a slice is taken and
 * it stays. So every record is visible to the next cut, and there is no flush timer.
 *
 * <p>References: the ring has one to each slab in it. The slice with a slab's last rows takes it over.
 *
 * <p>Thread: {@link #hasRoom}, {@link #enter}, {@link #slabSealed} and {@link #refsHeld} by one producer at a time, the rest
 * by the one consumer. Neither waits for the other. Memory: allocates one {@link SlabSlice} per slab and drain.
 */
public final class IngestRing {
    private final RingBuffer<SlabEvent> events;
    private final Doorbell consumerBell;
    private final long crowded;

    /** Consumer: the last place it is done with. The producer's gate. */
    private final Sequence consumed = new Sequence();
    /** Consumer: how often it has looked. */
    private final Sequence drains = new Sequence(0);
    /** Consumer: how many objects its blocks have let go of. */
    private final Sequence refsReleased = new Sequence(0);
    /** Consumer: rows already taken of the slab at the head. */
    private int takenRows;
    /** Consumer: when the first row of the last drain was published. */
    private long oldestNanos = Slab.NEVER;

    /**
     * An empty ring.
     *
     * @param places how many slabs may be in it, a power of two
     * @param consumerBell rung when a slab is sealed and a quarter of the places are taken
     */
    public IngestRing(int places, Doorbell consumerBell) {
        // Nobody waits on the ring itself, and this is the strategy whose signal costs nothing.
        events = RingBuffer.createSingleProducer(SlabEvent::new, places, new BusySpinWaitStrategy());
        events.addGatingSequences(consumed);
        this.consumerBell = consumerBell;
        this.crowded = Math.max(1, places / 4);
    }

    // ---- producer ----

    /** True if a slab can enter. It stays true until one does. */
    boolean hasRoom() {
        return events.hasAvailableCapacity(1);
    }

    /** Put in a slab that has its first published rows. There must be room. */
    void enter(Slab slab) {
        slab.retain();
        long place = nextPlace();
        events.get(place).slab = slab;
        events.publish(place);
    }

    private long nextPlace() {
        try {
            // Not next(): with assertions on, that insists on one thread, where one thread at a time is enough.
            return events.tryNext();
        } catch (InsufficientCapacityException e) {
            throw new IllegalStateException(
                    "a slab enters a ring whose " + events.getBufferSize() + " places are taken", e);
        }
    }

    /** A slab in the ring was sealed: wake the consumer if it has fallen behind. */
    void slabSealed() {
        if (events.getCursor() - consumed.get() >= crowded) {
            consumerBell.ring();
        }
    }

    /** Changes whenever the consumer has looked: rows published before may be taken, later ones have an age of their own. */
    long drains() {
        return drains.get();
    }

    /** Of {@code refsWritten} objects that ever entered, how many are still held. */
    long refsHeld(long refsWritten) {
        return refsWritten - refsReleased.get();
    }

    // ---- consumer ----

    /** Take every row that is published, as {@link #drain(List, long)} does. */
    public int drain(List<SlabSlice> into) {
        return drain(into, Long.MAX_VALUE);
    }

    /**
     * Take the rows that are published, oldest first.
     *
     * @param most how many at most; when it is reached the rest stays where it is
     * @param into receives the slices, oldest first; each holds a reference to its slab, for its new owner to release. A
     *     slice at its end that goes on in the same slab is extended
     * @return how many rows
     */
    public int drain(List<SlabSlice> into, long most) {
        // Before looking: who publishes later must not believe that its rows were taken together with older ones.
        drains.setVolatile(drains.get() + 1);
        int rows = 0;
        long last = events.getCursor();
        for (long head = consumed.get() + 1; head <= last; head++) {
            SlabEvent event = events.get(head);
            Slab slab = event.slab;
            // First "is it sealed", then the count: that of a sealed slab is final. In the other order rows get lost.
            boolean sealed = slab.isSealed();
            int published = slab.publishedRows();
            int toRow = takenRows + (int) Math.min(published - takenRows, most - rows);
            boolean isLast = sealed && toRow == published;
            if (toRow > takenRows) {
                oldestNanos = rows == 0 ? slab.oldestNanos() : oldestNanos;
                rows += toRow - takenRows;
                take(slab, toRow, isLast, into);
            } else if (isLast) {
                slab.release();
            }
            if (!isLast) {
                break;
            }
            takenRows = 0;
            event.slab = null;
            consumed.set(head);
        }
        return rows;
    }

    private void take(Slab slab, int toRow, boolean isLast, List<SlabSlice> into) {
        int last = into.size() - 1;
        boolean continues = takenRows > 0 && last >= 0 && into.get(last).slab() == slab;
        if (continues) {
            // Many drains between two cuts still make one slice, with the reference it has.
            into.set(last, new SlabSlice(slab, into.get(last).fromRow(), toRow));
            if (isLast) {
                slab.release();
            }
        } else {
            into.add(new SlabSlice(slab, takenRows, toRow));
            if (!isLast) {
                slab.retain();
            }
        }
        slab.markTaken(toRow);
        takenRows = toRow;
    }

    /** When the first row of the last drain that found any was published, on the nano clock. */
    public long oldestNanos() {
        return oldestNanos;
    }

    /** The blocks have let go of {@code count} more objects, so the producer may write as many. */
    public void releaseRefs(long count) {
        refsReleased.set(refsReleased.get() + count);
    }

    /** When the producer has ended: let go of everything that was never taken. */
    public void releaseAll() {
        long last = events.getCursor();
        for (long head = consumed.get() + 1; head <= last; head++) {
            SlabEvent event = events.get(head);
            event.slab.release();
            event.slab = null;
            consumed.set(head);
        }
        takenRows = 0;
    }
}

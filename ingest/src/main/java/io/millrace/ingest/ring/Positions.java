package io.millrace.ingest.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Up to which position, of those that the sender gives its records, a ring's rows go. The consumer takes rows only as far as it knows
 * the position of the last one, so that each block has an exact one, and nothing is kept for the single record.
 *
 * <p>Thread: one producer at a time, one consumer; {@link #last} from any. Neither waits for the other. Memory: allocates nothing.
 */
public final class Positions {
    /** No position: below all that there are. */
    public static final long NONE = -1;

    private static final int MAX_LOOKS = 100;
    private static final VarHandle VERSION;
    private static final VarHandle ROWS;
    private static final VarHandle POSITION;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            VERSION = lookup.findVarHandle(Positions.class, "version", long.class);
            ROWS = lookup.findVarHandle(Positions.class, "rows", long.class);
            POSITION = lookup.findVarHandle(Positions.class, "position", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private enum Use {
        /** Whoever stores first decides; until then there is no row. */
        UNDECIDED,
        WITHOUT,
        WITH
    }

    private volatile Use use = Use.WITHOUT;
    // Written by the producer, read by the consumer as a pair: the version is odd while they are written.
    private long version;
    private long rows;
    private long position = NONE;
    // The consumer's: the pair as it was seen last.
    private long seenRows;
    private long seenPosition = NONE;

    /** Of rows that have none. */
    public Positions() {}

    /** The rows may get positions: the first decides. Before the first row. */
    public void undecided() {
        use = Use.UNDECIDED;
    }

    /** Go on behind a position that an earlier run has come to. Before the first row, and before there are two threads. */
    public void resume(long last) {
        position = last;
        seenPosition = last;
    }

    // ---- producer ----

    /**
     * Whether a record is to be stored.
     *
     * @param of the record's position, or {@link #NONE}
     * @return false if it is a duplicate
     * @throws IllegalStateException if records before it had positions and it has none, or the other way round
     */
    public boolean admits(long of) {
        Use wanted = of == NONE ? Use.WITHOUT : Use.WITH;
        if (use != wanted) {
            decide(wanted);
        }
        return of == NONE || of > position;
    }

    private void decide(Use wanted) {
        if (use != Use.UNDECIDED) {
            throw new IllegalStateException("it has "
                    + (wanted == Use.WITH
                            ? "a position, and records before it had none"
                            : "no position, and records before it had one")
                    + "; give positions to all records of a receiver or to none");
        }
        use = wanted;
    }

    /**
     * All records up to a position are published or left out.
     *
     * @param publishedRows how many rows were published, ever
     * @param to above those before; {@link #NONE} changes nothing
     */
    public void advance(long publishedRows, long to) {
        if (to == NONE) {
            return;
        }
        VERSION.setOpaque(this, version + 1);
        VarHandle.storeStoreFence();
        ROWS.setOpaque(this, publishedRows);
        POSITION.setOpaque(this, to);
        VERSION.setRelease(this, version + 1);
    }

    /** The highest position that is known, {@link #NONE} if there is none. Any thread. */
    public long last() {
        return (long) POSITION.getOpaque(this);
    }

    // ---- consumer ----

    /** Look how many rows may be taken, since the ring began: all if they have no positions, else those up to a known one. */
    public long rowsToTake() {
        switch (use) {
            case WITHOUT -> {
                return Long.MAX_VALUE;
            }
            case WITH -> look();
            default -> {}
        }
        return seenRows;
    }

    /** A producer that was put aside while it writes is not waited for: what was seen before is still true. */
    private void look() {
        for (int looks = 0; looks < MAX_LOOKS; looks++) {
            long before = (long) VERSION.getAcquire(this);
            long rowsNow = (long) ROWS.getOpaque(this);
            long positionNow = (long) POSITION.getOpaque(this);
            VarHandle.loadLoadFence();
            if ((before & 1) == 0 && (long) VERSION.getOpaque(this) == before) {
                seenRows = rowsNow;
                seenPosition = positionNow;
                return;
            }
            Thread.onSpinWait();
        }
    }

    /** Where the rows go to that {@link #rowsToTake} has told of. */
    public long taken() {
        return seenPosition;
    }
}

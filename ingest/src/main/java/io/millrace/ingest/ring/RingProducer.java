package io.millrace.ingest.ring;

import io.millrace.ingest.IngestConfig;
import io.millrace.ingest.IngestPorts;
import io.millrace.ingest.SourceCounters;
import io.millrace.offheap.block.Slab;
import io.millrace.offheap.block.SlabPool;
import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.column.ElementType;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.NanoClock;

/**
 * The producing end of a ring: holds the one slab that is open, and brings its rows in.
 *
 * <p>The way of a slab: {@link #take} an empty one, {@link #use} it, append rows to it, {@link #publish} them; with the first
 * publish it enters the ring. The next {@link #use} seals it.
 *
 * <p>Thread: one writer at a time. Memory: allocates nothing; slabs come from the pool.
 */
public final class RingProducer {
    /** So much of a record that is left out is shown. */
    private static final int SHOWN_BYTES = 64;
    /** No record may take more than this share of the memory cap, so that it can grow while others are held. */
    private static final int RECORDS_IN_MEMORY = 4;

    private final int streamId;
    private final IngestRing ring;
    private final SlabPool pool;
    private final NanoClock clock;
    private final Warnings warnings;
    private final SourceCounters counters;
    private final int maxRecordBytes;

    private Slab slab;
    private boolean inRing;
    private boolean isFull;
    private long nowNanos;
    private long seenDrains;
    private long publishedRows;
    private final DurableRows durable = new DurableRows();
    private final Positions positions = new Positions();

    /** The producing end of {@code ring}, for the input stream {@code streamId}. */
    public RingProducer(
            int streamId, IngestRing ring, IngestConfig config, IngestPorts ports, SourceCounters counters) {
        this.streamId = streamId;
        this.ring = ring;
        this.pool = ports.slabs();
        this.clock = ports.clock();
        this.warnings = new Warnings(streamId, ports.events());
        this.counters = counters;
        this.maxRecordBytes =
                (int) Math.min(config.maxRecordBytes(), ports.ledger().maxBytes() / RECORDS_IN_MEMORY);
    }

    /** The input stream the records belong to. */
    public int streamId() {
        return streamId;
    }

    /** What the source has seen. */
    public SourceCounters counters() {
        return counters;
    }

    /** The longest record that is taken: {@code millrace.maxRecordBytes}, at most a quarter of the memory cap. */
    public int maxRecordBytes() {
        return maxRecordBytes;
    }

    /** The capacity of an ordinary slab. */
    public int slabBytes() {
        return pool.slabBytes();
    }

    /** The open slab, or null before the first. */
    public Slab slab() {
        return slab;
    }

    /**
     * An empty slab, sure of a place in the ring. The caller passes it to {@link #use}, or gives it back by sealing it.
     *
     * @return null when the ring or the memory is full; the first null in a row is counted
     */
    public Slab take(ElementType type) {
        return counted(ring.hasRoom() ? pool.tryAcquire(type) : null);
    }

    /** As {@link #take}, with room for a row of {@code rowBytes}; more than an ordinary slab has. */
    public Slab takeLarge(ElementType type, int rowBytes) {
        return takeLarge(type, rowBytes, null);
    }

    private Slab takeLarge(ElementType type, int rowBytes, ObjectEncoding encoding) {
        return counted(ring.hasRoom() ? pool.tryAcquireLarge(type, rowBytes, encoding) : null);
    }

    /** An empty slab with room for at least one row of {@code rowBytes}: ordinary if that is enough. */
    public Slab takeFor(ElementType type, int rowBytes) {
        return takeFor(type, rowBytes, null);
    }

    /** As {@link #takeFor(ElementType, int)}, for rows that stand for objects. */
    Slab takeFor(ElementType type, int rowBytes, ObjectEncoding encoding) {
        if (rowBytes + Long.BYTES > pool.slabBytes()) {
            return takeLarge(type, rowBytes, encoding);
        }
        return counted(ring.hasRoom() ? pool.tryAcquire(type, encoding) : null);
    }

    private Slab counted(Slab taken) {
        if (taken == null) {
            countFull();
        } else {
            isFull = false;
        }
        return taken;
    }

    /** The source is slowed: counted once, until there was room again. */
    void countFull() {
        if (!isFull) {
            isFull = true;
            counters.countRingFull();
        }
    }

    boolean mayHold(long refsWritten, long maxHeld) {
        return ring.refsHeld(refsWritten) < maxHeld;
    }

    /** From now on {@code next} is the open slab. The one before is sealed; rows of it that were not published are gone. */
    public void use(Slab next) {
        Slab previous = slab;
        boolean previousInRing = inRing;
        slab = next;
        inRing = false;
        if (previous != null) {
            previous.seal();
            if (previousInRing) {
                ring.slabSealed();
            }
        }
    }

    /**
     * Let the consumer see the rows appended to the open slab.
     *
     * @param rows how many there are since the last publish, at least one
     * @param bytes what they hold together
     */
    public void publish(int rows, long bytes) {
        // The clock costs more than a record. Its time is needed only for rows that may become the oldest of their
        // block.
        long drains = ring.drains();
        if (!inRing || drains != seenDrains) {
            seenDrains = drains;
            nowNanos = clock.nanoTime();
        }
        slab.publish(nowNanos);
        if (!inRing) {
            ring.enter(slab);
            inRing = true;
        }
        publishedRows += rows;
        counters.addRecords(rows, bytes);
    }

    /** How many rows were published. For the writer. */
    public long publishedRows() {
        return publishedRows;
    }

    /** Which of them are durable, where there is a log. */
    public DurableRows durable() {
        return durable;
    }

    /** Up to which positions they go. */
    public Positions positions() {
        return positions;
    }

    /**
     * Count a record that is too long, and remember it for {@link #tellWarnings}.
     *
     * @param length its bytes, or how many were seen when it was given up
     * @param bytes holds its beginning at {@code offset}, {@code count} bytes of it
     */
    public void leaveOut(long length, byte[] bytes, int offset, int count) {
        counters.countOversized();
        String head = new String(bytes, offset, Math.min(count, SHOWN_BYTES), StandardCharsets.UTF_8);
        warnings.add(
                "a record of " + length + " bytes or more is longer than millrace.maxRecordBytes, " + maxRecordBytes
                        + " (at most a quarter of millrace.memory.maxBytes), and was left out; it begins \""
                        + head.replaceAll("\\p{Cntrl}", ".") + "\"");
    }

    /** Remember to tell of something that changes how this stream is held. */
    void warn(String message) {
        warnings.add(message);
    }

    /**
     * Tell what there is to warn of. Any thread; only while it holds no lock that a writer needs, because whoever is told may offer
     * records to this very stream.
     */
    public void tellWarnings() {
        warnings.tell();
    }

    /** No more rows: the open slab is sealed. Later calls do nothing. */
    public void close() {
        use(null);
    }
}

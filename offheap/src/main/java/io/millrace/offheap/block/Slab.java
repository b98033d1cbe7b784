package io.millrace.offheap.block;

import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.Lane;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;
import io.millrace.offheap.memory.MemoryRegion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Rows of one type that a single thread writes while others read what is published. A slab comes from a {@link SlabPool}
 * and goes back to it when the last one who holds it lets go.
 *
 * <pre>
 *   UTF8, BYTES          0  data grows up ──▶ dataEnd │ free │ ◀── the directory grows down  capacity
 *                        row i: start (int) and end (int) at capacity - 8 * (i + 1)
 *   INT, LONG, BOOLEAN   row i: its long at 8 * i
 *   DOUBLE, FLOAT        row i: its double at 8 * i
 *   REF                  row i: an array's element i, on the heap; no off-heap bytes
 * </pre>
 *
 * <p><b>Writer</b>: one thread. Rows become visible to readers when they are {@linkplain #publish published}, not before. An
 * {@code append} that finds no room answers false and changes nothing.
 *
 * <p><b>Readers</b>: any threads that hold a reference, for rows below {@link #publishedRows}.
 *
 * <p><b>References</b> are counted. The writer has one from the start and drops it with {@link #seal}; others
 * {@link #retain} and {@link #release}. At zero the rows are forgotten and the memory is free for the next writer.
 */
public final class Slab {

    /** {@link #oldestNanos} of a slab in which nothing was published. */
    public static final long NEVER = Long.MIN_VALUE;

    private static final int ROW_BYTES = 8;
    /** The most that {@link #window} leaves for the directory: 1024 rows. */
    private static final int MAX_RESERVE_BYTES = 1024 * ROW_BYTES;

    private final SlabPool pool;
    private final int capacity;
    // Off-heap rows; null in a slab of REF rows.
    private final MemoryRegion region;
    private final UnsafeBuffer buffer;
    private final ByteBuffer window;
    private final LongBuffer longs;
    private final DoubleBuffer doubles;
    // REF rows; null in all others.
    private final Object[] refs;

    private ElementType type;
    private ObjectEncoding encoding;
    // The writer's own.
    private Lane writableLane;
    private int rows;
    private int dataEnd;
    // Written by one, read by others.
    private long oldestNanos;
    private final AtomicInteger publishedRows = new AtomicInteger();
    private final AtomicInteger takenRows = new AtomicInteger();
    private final AtomicBoolean sealed = new AtomicBoolean();
    private final References references = new References();

    /** A slab of off-heap rows that owns the region. Its capacity must be a multiple of 8. */
    Slab(SlabPool pool, MemoryRegion region) {
        this.pool = pool;
        this.capacity = region.capacity();
        this.region = region;
        this.buffer = region.buffer();
        this.window = region.byteBuffer();
        this.longs = region.byteBuffer().asLongBuffer();
        this.doubles = region.byteBuffer().asDoubleBuffer();
        this.refs = null;
    }

    /** A slab of REF rows, as many as longs would fit. */
    Slab(SlabPool pool, int capacity) {
        this.pool = pool;
        this.capacity = capacity;
        this.region = null;
        this.buffer = null;
        this.window = null;
        this.longs = null;
        this.doubles = null;
        this.refs = new Object[capacity / ROW_BYTES];
    }

    /** Make an unheld slab ready for a writer, who then holds the one reference. */
    void open(ElementType newType, ObjectEncoding newEncoding) {
        type = newType;
        encoding = newEncoding;
        writableLane = newType.lane();
        rows = 0;
        dataEnd = 0;
        oldestNanos = NEVER;
        publishedRows.setPlain(0);
        takenRows.setPlain(0);
        sealed.setPlain(false);
        references.open();
    }

    // ---- writer ----

    /**
     * Add a row of bytes.
     *
     * @param source where they are
     * @param offset of the first
     * @param length how many, from 0
     * @return false when there is no room
     */
    public boolean appendBytes(byte[] source, int offset, int length) {
        requireWritable(Lane.BYTES);
        if (length > freeBytes()) {
            return false;
        }
        buffer.putBytes(dataEnd, source, offset, length);
        return appendRow(dataEnd, dataEnd += length);
    }

    /**
     * Add a row of bytes.
     *
     * @param source where they are
     * @param offset of the first
     * @param length how many, from 0
     * @return false when there is no room
     */
    public boolean appendBytes(DirectBuffer source, int offset, int length) {
        requireWritable(Lane.BYTES);
        if (length > freeBytes()) {
            return false;
        }
        buffer.putBytes(dataEnd, source, offset, length);
        return appendRow(dataEnd, dataEnd += length);
    }

    /**
     * Add a row of type INT, LONG or BOOLEAN (0 or 1).
     *
     * @param value of the row
     * @return false when there is no room
     */
    public boolean appendLong(long value) {
        requireWritable(Lane.LONG);
        if (dataEnd == capacity) {
            return false;
        }
        buffer.putLong(dataEnd, value, ByteOrder.LITTLE_ENDIAN);
        dataEnd += ROW_BYTES;
        rows++;
        return true;
    }

    /**
     * Add a row of type DOUBLE or FLOAT.
     *
     * @param value of the row
     * @return false when there is no room
     */
    public boolean appendDouble(double value) {
        requireWritable(Lane.DOUBLE);
        if (dataEnd == capacity) {
            return false;
        }
        buffer.putDouble(dataEnd, value, ByteOrder.LITTLE_ENDIAN);
        dataEnd += ROW_BYTES;
        rows++;
        return true;
    }

    /**
     * Add a row of type REF.
     *
     * @param value any object, or null
     * @return false when there is no room
     */
    public boolean appendRef(Object value) {
        requireWritable(Lane.REF);
        if (rows == refs.length) {
            return false;
        }
        refs[rows++] = value;
        dataEnd += ROW_BYTES;
        return true;
    }

    /**
     * Where the next byte of data goes. Together with {@link #window}, {@link #advance} and {@link #appendRow} this is how text
     * is received in place: read bytes behind the data, then say which of them are rows.
     *
     * @return bytes of data held, whether in rows or not
     */
    public int dataEnd() {
        return dataEnd;
    }

    /**
     * Room for the next row.
     *
     * @return how many bytes it may have; 0 may also mean that not even an empty row fits
     */
    public int freeBytes() {
        int taken = type.lane() == Lane.BYTES ? dataEnd + (rows + 1) * ROW_BYTES : dataEnd;
        return Math.max(0, capacity - taken);
    }

    /**
     * Free bytes for a channel to read into. An eighth of what is free, at most 8 KiB, is left for the directory of the rows
     * to come; rows shorter than that may still find the directory full.
     *
     * @return always the same buffer, positioned at {@link #dataEnd}, possibly with nothing remaining
     */
    public ByteBuffer window() {
        requireWritable(Lane.BYTES);
        int free = freeBytes();
        window.limit(dataEnd + free - Math.min(free / 8, MAX_RESERVE_BYTES));
        return window.position(dataEnd);
    }

    /**
     * Take in bytes that were put behind the data by way of {@link #window} or {@link #buffer}.
     *
     * @param bytes how many
     */
    public void advance(int bytes) {
        requireWritable(Lane.BYTES);
        if (bytes < 0 || bytes > freeBytes()) {
            throw new IllegalArgumentException(
                    "advance by " + bytes + " bytes in a slab with " + freeBytes() + " free bytes");
        }
        dataEnd += bytes;
    }

    /**
     * Add a row of bytes that are in the data already.
     *
     * @param start its first byte
     * @param end the byte behind its last, up to {@link #dataEnd}
     * @return false when there is no room in the directory
     */
    public boolean appendRow(int start, int end) {
        requireWritable(Lane.BYTES);
        if (start < 0 || start > end || end > dataEnd) {
            throw new IllegalArgumentException(
                    "row from byte " + start + " to " + end + " in a slab with " + dataEnd + " bytes of data");
        }
        int entry = capacity - (rows + 1) * ROW_BYTES;
        if (entry < dataEnd) {
            return false;
        }
        buffer.putLong(entry, (long) end << 32 | start, ByteOrder.LITTLE_ENDIAN);
        rows++;
        return true;
    }

    /**
     * Let readers see every row appended so far.
     *
     * @param nanoTime now, on the engine's nano clock: the age of these rows, unless older ones still wait to be taken
     */
    public void publish(long nanoTime) {
        int before = publishedRows.getPlain();
        if (rows == before) {
            return;
        }
        if (takenRows.getAcquire() == before) {
            oldestNanos = nanoTime;
        }
        // The count goes last: a reader that sees it may trust every row below it.
        publishedRows.setRelease(rows);
    }

    /**
     * How many rows were appended, published or not.
     *
     * @return 0 or more
     */
    public int rows() {
        return rows;
    }

    /**
     * End of writing: there will be no more rows, and the writer's reference is dropped. Rows that were not published are
     * never seen.
     */
    public void seal() {
        if (sealed.getPlain()) {
            throw new IllegalStateException("slab is sealed twice; its writer's reference is gone already");
        }
        writableLane = null;
        sealed.setRelease(true);
        release();
    }

    // ---- readers ----

    /**
     * How many rows may be read.
     *
     * @return a number that only grows while the slab is held
     */
    public int publishedRows() {
        return publishedRows.getAcquire();
    }

    /**
     * Whether the writer is done. Ask this before {@link #publishedRows}: if the answer is true, that number is final.
     *
     * @return true when sealed
     */
    public boolean isSealed() {
        return sealed.getAcquire();
    }

    /**
     * What the rows are.
     *
     * @return one type for the whole slab
     */
    public ElementType type() {
        return type;
    }

    /**
     * How the objects are encoded that the rows' bytes stand for.
     *
     * @return null when the rows are what {@link #type} says
     */
    public ObjectEncoding encoding() {
        return encoding;
    }

    /**
     * The bytes of the rows.
     *
     * @return the buffer, padded as {@link MemoryRegion} says; null in a slab of REF rows
     */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /**
     * Where a row of bytes begins.
     *
     * @param row its number
     * @return offset into {@link #buffer}
     */
    public int rowStart(int row) {
        return (int) directoryEntry(row);
    }

    /**
     * Where a row of bytes ends.
     *
     * @param row its number
     * @return offset into {@link #buffer}, exclusive
     */
    public int rowEnd(int row) {
        return (int) (directoryEntry(row) >>> 32);
    }

    /**
     * How large some rows are, without directory and unused bytes.
     *
     * @param fromRow the first
     * @param toRow the one behind the last
     * @return bytes; 0 for objects
     */
    public long bytesOf(int fromRow, int toRow) {
        if (type.lane() == Lane.REF) {
            return 0;
        }
        if (type.lane() != Lane.BYTES) {
            return (long) (toRow - fromRow) * ROW_BYTES;
        }
        long bytes = 0;
        for (int row = fromRow; row < toRow; row++) {
            long entry = directoryEntry(row);
            bytes += (int) (entry >>> 32) - (int) entry;
        }
        return bytes;
    }

    /**
     * When the oldest row that waits was published: one that is published and not yet {@linkplain #markTaken taken}.
     *
     * @return nanoseconds, as given to {@link #publish}; {@link #NEVER} before the first row, meaningless when no row waits
     */
    public long oldestNanos() {
        publishedRows();
        return oldestNanos;
    }

    /**
     * Say that rows no longer wait, so that later ones have an age of their own. For the one thread that cuts, after it has
     * read {@link #oldestNanos}.
     *
     * @param toRow the row behind the last one taken, at most {@link #publishedRows}
     */
    public void markTaken(int toRow) {
        takenRows.setRelease(toRow);
    }

    /** Hold the slab. Only one who holds it, or was given it by one who does, may do so. */
    public void retain() {
        references.retain();
    }

    /**
     * Let go. The caller must not touch the slab afterwards.
     *
     * @return true when that was the last reference
     */
    public boolean release() {
        if (!references.release()) {
            return false;
        }
        if (refs != null) {
            Arrays.fill(refs, 0, rows, null);
        }
        pool.takeBack(this);
        return true;
    }

    void read(int fromRow, int count, BytesColumn out) {
        out.wrap(buffer, type);
        int[] starts = out.starts();
        int[] ends = out.ends();
        int entry = capacity - (fromRow + 1) * ROW_BYTES;
        for (int i = 0; i < count; i++) {
            long startAndEnd = buffer.getLong(entry - i * ROW_BYTES, ByteOrder.LITTLE_ENDIAN);
            starts[i] = (int) startAndEnd;
            ends[i] = (int) (startAndEnd >>> 32);
        }
    }

    void read(int fromRow, int count, LongColumn out) {
        out.setType(type);
        longs.get(fromRow, out.values(), 0, count);
    }

    void read(int fromRow, int count, DoubleColumn out) {
        out.setType(type);
        doubles.get(fromRow, out.values(), 0, count);
    }

    void read(int fromRow, int count, RefColumn out) {
        System.arraycopy(refs, fromRow, out.values(), 0, count);
    }

    int capacity() {
        return capacity;
    }

    boolean isOffHeap() {
        return region != null;
    }

    void free() {
        if (region != null) {
            region.close();
        }
    }

    private long directoryEntry(int row) {
        return buffer.getLong(capacity - (row + 1) * ROW_BYTES, ByteOrder.LITTLE_ENDIAN);
    }

    private void requireWritable(Lane lane) {
        if (writableLane != lane) {
            throw new IllegalStateException(
                    writableLane == null
                            ? "slab of " + type + " rows is written to after it was sealed"
                            : "slab of " + type + " rows is written to as if its lane were " + lane);
        }
    }
}

package io.millrace.offheap.column;

import io.millrace.offheap.memory.MemoryRegion;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Values of type UTF8 or BYTES: row i is the bytes {@code [starts[i], ends[i])} of one buffer. Rows may share bytes and need
 * not be in order.
 *
 * <p>The buffer must be readable {@link MemoryRegion#PADDING} bytes behind every row's end, as a {@link MemoryRegion}'s is:
 * loops load 8 bytes at a time. The column holds the buffer, it does not own it: rows are valid as long as the buffer is.
 */
public final class BytesColumn extends Column {

    private final int[] starts = new int[Chunk.MAX_ROWS];
    private final int[] ends = new int[Chunk.MAX_ROWS];
    private UnsafeBuffer buffer = new UnsafeBuffer(new byte[0]);
    private byte[] scratch = new byte[128];

    /** A column of type UTF8 over no bytes. */
    public BytesColumn() {
        super(ElementType.UTF8);
    }

    /**
     * Hold another buffer. The rows are then filled by way of {@link #starts} and {@link #ends}.
     *
     * @param source the bytes, kept by reference
     * @param type UTF8 or BYTES; UTF8 promises that every row will be valid UTF-8
     */
    public void wrap(UnsafeBuffer source, ElementType type) {
        type(type, Lane.BYTES);
        buffer = source;
    }

    /**
     * The bytes of all rows.
     *
     * @return the buffer given to {@link #wrap}
     */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /**
     * Where rows begin.
     *
     * @return always the same array of {@link Chunk#MAX_ROWS} offsets into the buffer
     */
    public int[] starts() {
        return starts;
    }

    /**
     * Where rows end.
     *
     * @return always the same array of {@link Chunk#MAX_ROWS} offsets into the buffer, exclusive
     */
    public int[] ends() {
        return ends;
    }

    /**
     * One row as text, whatever the type; invalid UTF-8 (possible in BYTES only) becomes U+FFFD.
     *
     * @param row from 0, below the chunk's rows
     * @return a new String
     */
    public String text(int row) {
        int length = ends[row] - starts[row];
        if (length > scratch.length) {
            scratch = new byte[Math.max(length, 2 * scratch.length)];
        }
        buffer.getBytes(starts[row], scratch, 0, length);
        return new String(scratch, 0, length, StandardCharsets.UTF_8);
    }

    /**
     * A copy of one row's bytes, whatever the type.
     *
     * @param row from 0, below the chunk's rows
     * @return a new array
     */
    public byte[] bytes(int row) {
        byte[] copy = new byte[ends[row] - starts[row]];
        buffer.getBytes(starts[row], copy, 0, copy.length);
        return copy;
    }

    @Override
    public Object get(int row) {
        return type() == ElementType.UTF8 ? text(row) : bytes(row);
    }
}

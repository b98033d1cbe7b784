package io.millrace.offheap.state;

import io.millrace.offheap.codec.UnreadableRecordException;
import io.millrace.offheap.column.Chunk;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Some entries beside each other, to be written or as they were read. The bytes of their keys and values lie elsewhere, one behind the
 * other.
 *
 * <pre>
 *   block: rows (short) │ how many bytes (int) │ bytes of keys and values │ heads │ times │ keys │ values
 * </pre>
 *
 * <p>The last four are {@link PackedNumbers}: what {@link EntryFormat#head} says, milliseconds, the number or how many bytes a key has, the
 * word or how many bytes a value has. Thread: its owner's. Memory: 40 KB on the heap.
 */
final class EntryBlock {
    static final int MAX_ROWS = Chunk.MAX_ROWS;
    /** What comes before the bytes. */
    static final int HEADER_BYTES = Short.BYTES + Integer.BYTES;

    private static final int COLUMNS = 4;

    final long[] heads = new long[MAX_ROWS];
    final long[] times = new long[MAX_ROWS];
    final long[] keys = new long[MAX_ROWS];
    final long[] values = new long[MAX_ROWS];
    private final PackedNumbers numbers = new PackedNumbers();
    private int rows;

    int rows() {
        return rows;
    }

    /** What a block takes at the most, besides the bytes of keys and values. */
    static int mostBytes(int rows) {
        return HEADER_BYTES + COLUMNS * PackedNumbers.mostBytes(rows);
    }

    /** There is room. */
    void add(int head, long time, long key, long value) {
        heads[rows] = head;
        times[rows] = time;
        keys[rows] = key;
        values[rows++] = value;
    }

    /** As {@link #add}, of several. */
    void addAll(long[] someHeads, long[] someTimes, long[] someKeys, long[] someValues, int from, int count) {
        System.arraycopy(someHeads, from, heads, rows, count);
        System.arraycopy(someTimes, from, times, rows, count);
        System.arraycopy(someKeys, from, keys, rows, count);
        System.arraycopy(someValues, from, values, rows, count);
        rows += count;
    }

    void clear() {
        rows = 0;
    }

    /** Write what surrounds the bytes that are there; where the block ends. */
    int write(MutableDirectBuffer into, int start, int bytes) {
        into.putShort(start, (short) rows, EntryFormat.ORDER);
        into.putInt(start + Short.BYTES, bytes, EntryFormat.ORDER);
        int at = start + HEADER_BYTES + bytes;
        at = numbers.write(heads, rows, into, at);
        at = numbers.write(times, rows, into, at);
        at = numbers.write(keys, rows, into, at);
        return numbers.write(values, rows, into, at);
    }

    /**
     * Read a block; where it ends.
     *
     * @param end what is behind is not read
     * @throws UnreadableRecordException if it is none
     */
    int read(DirectBuffer from, int start, int end) {
        rows = 0;
        if (end - start < HEADER_BYTES) {
            throw new UnreadableRecordException(
                    "a block of entries begins with " + HEADER_BYTES + " bytes where " + (end - start) + " are left");
        }
        int count = from.getShort(start, EntryFormat.ORDER);
        int bytes = bytes(from, start);
        if (count <= 0 || count > MAX_ROWS) {
            throw new UnreadableRecordException("a block has " + count + " entries, expected 1 to " + MAX_ROWS);
        }
        if (bytes < 0 || bytes > end - start - HEADER_BYTES) {
            throw new UnreadableRecordException("a block claims " + bytes + " bytes of keys and values where "
                    + (end - start - HEADER_BYTES) + " are left");
        }
        int at = start + HEADER_BYTES + bytes;
        at = numbers.read(from, at, end, heads, count);
        at = numbers.read(from, at, end, times, count);
        at = numbers.read(from, at, end, keys, count);
        at = numbers.read(from, at, end, values, count);
        rows = count;
        EntryFormat.check(this, bytes);
        return at;
    }

    /** How many bytes of keys and values the block at a place has. */
    static int bytes(DirectBuffer from, int start) {
        return from.getInt(start + Short.BYTES, EntryFormat.ORDER);
    }
}

package io.millrace.offheap.column;

import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryLimitException;

/**
 * Any number of values of one type, appended a column at a time and read back in any order.
 *
 * <p>Thread: one owner while it grows; afterwards any threads may read, each into columns of its own. Memory: Java arrays of
 * 8 bytes a row (4 for objects), at most twice what is filled; of texts and bytes 4 bytes a row, and the bytes off the heap.
 */
public abstract sealed class StoredColumn implements AutoCloseable
        permits StoredLongs, StoredDoubles, StoredBytes, StoredRefs {
    private static final int MIN_ROWS = 64;

    private final ElementType type;
    private int size;

    StoredColumn(ElementType type) {
        this.type = type;
    }

    /**
     * An empty column for values of that type.
     *
     * @param ledger pays for the bytes of texts
     */
    public static StoredColumn of(ElementType type, MemoryLedger ledger) {
        return switch (type.lane()) {
            case LONG -> new StoredLongs(type);
            case DOUBLE -> new StoredDoubles(type);
            case BYTES -> new StoredBytes(type, ledger);
            case REF -> new StoredRefs();
        };
    }

    /** What the values are. */
    public final ElementType type() {
        return type;
    }

    /** How many values there are. */
    public final int size() {
        return size;
    }

    /**
     * Append the first rows of a column.
     *
     * @param from of this column's type
     * @throws MemoryLimitException if the ledger has no room for the bytes; nothing was appended
     */
    public final void append(Column from, int rows) {
        int room = ensured(rows);
        copy(from, rows, room);
        size += rows;
    }

    /**
     * Append some rows of a column.
     *
     * @param from of this column's type
     * @param rows their numbers, {@code rows[first]} up to {@code rows[first + count - 1]}
     * @throws MemoryLimitException if the ledger has no room for the bytes; nothing was appended
     */
    public final void append(Column from, int[] rows, int first, int count) {
        int room = ensured(count);
        copy(from, rows, first, count, room);
        size += count;
    }

    private int ensured(int more) {
        if (more > Integer.MAX_VALUE - 8 - size) {
            throw new IllegalStateException(
                    "a column of more than " + (Integer.MAX_VALUE - 8) + " rows; spread the rows over more partitions");
        }
        return capacity() >= size + more
                ? capacity()
                : (int) Math.min(
                        Integer.MAX_VALUE - 8L, Math.max(MIN_ROWS, Math.max(size + (long) more, 2L * capacity())));
    }

    /** How many rows the arrays have room for. */
    abstract int capacity();

    /** Copy rows behind the last one; arrays are to have room for {@code room}. */
    abstract void copy(Column from, int rows, int room);

    abstract void copy(Column from, int[] rows, int first, int count, int room);

    /**
     * Show rows that lie together.
     *
     * @param into a column of this one's lane; of texts it becomes a view, valid as long as this column is unchanged
     */
    public abstract void read(int from, int count, Column into);

    /** Show rows in an order of the caller's: {@code rows[first]} up to {@code rows[first + count - 1]}. */
    public abstract void read(int[] rows, int first, int count, Column into);

    /** One value as the class it entered as. */
    public abstract Object get(int row);

    /** The same values as objects. */
    public final StoredColumn turned() {
        StoredRefs objects = new StoredRefs();
        RefColumn boxes = new RefColumn();
        for (int from = 0; from < size; from += Chunk.MAX_ROWS) {
            int rows = Math.min(Chunk.MAX_ROWS, size - from);
            for (int row = 0; row < rows; row++) {
                boxes.values()[row] = get(from + row);
            }
            objects.append(boxes, rows);
        }
        return objects;
    }

    /** Forget the values; the memory is kept for the next ones. */
    public void clear() {
        size = 0;
    }

    /** Forget the values and free the memory. */
    @Override
    public void close() {
        size = 0;
    }
}

package io.millrace.offheap.pane;

import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.memory.MemoryLedger;

/**
 * The values of one piece of time: a list of keys, each once, by their handles, and a value for each. A value may be taken away, the key stays.
 *
 * <pre>
 *   row i:  handle (31 bits), whether it has a value (1 bit) │ value (8 bytes, or an object)
 * </pre>
 *
 * <p>Owner: one thread. Memory: 12 bytes a row off the heap, at most twice what is filled.
 */
public final class Pane implements AutoCloseable {
    private static final int NO_VALUE = Integer.MIN_VALUE;

    private final MemoryLedger ledger;
    private final Numbers handles;
    private Cells values;
    private int size;

    /**
     * A pane without keys.
     *
     * @param type of the values: of the long or double lane, or REF
     * @param ledger pays for it, as {@link io.millrace.offheap.memory.MemoryUse#PANE}
     */
    public Pane(ElementType type, MemoryLedger ledger) {
        this.ledger = ledger;
        this.handles = new Numbers(ledger);
        this.values = new Cells(type, ledger);
    }

    /** How many keys it has. */
    public int size() {
        return size;
    }

    /** What its values are. */
    public ElementType type() {
        return values.type();
    }

    /**
     * Append keys and their values.
     *
     * @param keys handles, none of them negative
     * @param column of this pane's type
     * @throws io.millrace.offheap.memory.MemoryLimitException if there is no room; nothing was appended
     */
    public void append(int[] keys, Column column, int rows) {
        handles.ensure(size + rows);
        values.writeAll(size, column, rows);
        handles.setAll(size, keys, rows);
        size += rows;
    }

    /** The handle of a row. */
    public int handle(int row) {
        return handles.get(row) & ~NO_VALUE;
    }

    /** The handles of rows {@code from} on. */
    public void handles(int from, int count, int[] into) {
        handles.getAll(from, count, into);
        for (int i = 0; i < count; i++) {
            into[i] &= ~NO_VALUE;
        }
    }

    /** The values of rows {@code from} on, into a column of this pane's lane. Of rows without one, anything. */
    public void values(int from, int count, Column into) {
        values.readAll(from, count, into);
    }

    /** Which of the rows {@code from} on have a value. */
    public void present(int from, int count, boolean[] there) {
        for (int i = 0; i < count; i++) {
            there[i] = handles.get(from + i) >= 0;
        }
    }

    /** Put a row's value into a row of a column of this pane's lane. */
    public void value(int row, Column into, int intoRow) {
        values.read(row, into, intoRow);
    }

    /** Give a row another value. */
    public void setValue(int row, Column from, int fromRow) {
        values.write(row, from, fromRow);
        handles.set(row, handles.get(row) & ~NO_VALUE);
    }

    /**
     * Give rows {@code from} on other values, or none.
     *
     * @param there which of them have one
     * @param column of this pane's type
     */
    public void setValues(int from, int count, boolean[] there, Column column) {
        values.writeAll(from, column, count);
        for (int i = 0; i < count; i++) {
            int handle = handles.get(from + i) & ~NO_VALUE;
            handles.set(from + i, there[i] ? handle : handle | NO_VALUE);
        }
    }

    /** A pane with the same rows. */
    public Pane copy() {
        Pane same = new Pane(type(), ledger);
        same.handles.copyFrom(handles, size);
        same.values.copyFrom(values, size);
        same.size = size;
        return same;
    }

    /** Hold the values as objects from now on. */
    public void turn() {
        if (type() != ElementType.REF) {
            values = values.turned(size);
        }
    }

    @Override
    public void close() {
        size = 0;
        handles.close();
        values.close();
    }
}

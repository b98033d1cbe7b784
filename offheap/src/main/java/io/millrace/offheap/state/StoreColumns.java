package io.millrace.offheap.state;

import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LaneColumns;

/**
 * The columns in which a store shows keys and values: one of each lane and place, made when needed and used again. Owner: one
 * thread.
 */
public final class StoreColumns {
    private final LaneColumns keyColumns = new LaneColumns();
    private final LaneColumns valueColumns = new LaneColumns();
    private Column keys;
    private Column values;
    private int rows;

    /** Columns of no rows. */
    public StoreColumns() {}

    /**
     * The keys.
     *
     * @return null before a reader has set them
     */
    public Column keys() {
        return keys;
    }

    /**
     * The values.
     *
     * @return null before they were set
     */
    public Column values() {
        return values;
    }

    /**
     * How many rows both columns have.
     *
     * @return 0 to {@link io.millrace.offheap.column.Chunk#MAX_ROWS}
     */
    public int rows() {
        return rows;
    }

    void setRows(int count) {
        rows = count;
    }

    /** Make the keys a column for that type. */
    Column keysOf(ElementType type) {
        keys = keyColumns.of(type);
        return keys;
    }

    /** Make the values a column for that type. */
    Column valuesOf(ElementType type) {
        values = valueColumns.of(type);
        return values;
    }
}

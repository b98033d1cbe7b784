package io.millrace.offheap.state;

import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.Lane;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;
import java.util.EnumMap;
import java.util.Map;

/**
 * The columns in which a store shows keys and values: one of each lane and place, made when needed and used again. Owner: one
 * thread.
 */
public final class StoreColumns {
    private final Map<Lane, Column> keyColumns = new EnumMap<>(Lane.class);
    private final Map<Lane, Column> valueColumns = new EnumMap<>(Lane.class);
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
        keys = columnFor(type, keyColumns);
        return keys;
    }

    /** Make the values a column for that type. */
    Column valuesOf(ElementType type) {
        values = columnFor(type, valueColumns);
        return values;
    }

    private static Column columnFor(ElementType type, Map<Lane, Column> columns) {
        Column column = columns.computeIfAbsent(type.lane(), StoreColumns::newColumn);
        if (column instanceof LongColumn longs) {
            longs.setType(type);
        } else if (column instanceof DoubleColumn doubles) {
            doubles.setType(type);
        }
        return column;
    }

    private static Column newColumn(Lane lane) {
        return switch (lane) {
            case LONG -> new LongColumn();
            case DOUBLE -> new DoubleColumn();
            case BYTES -> new BytesColumn();
            case REF -> new RefColumn();
        };
    }
}

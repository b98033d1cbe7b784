package io.millrace.offheap.column;

import java.util.EnumMap;
import java.util.Map;

/** A column of each lane, made when it is first needed and used again. Owner: one thread. */
public final class LaneColumns {
    private final Map<Lane, Column> columns = new EnumMap<>(Lane.class);

    /** No column yet. */
    public LaneColumns() {}

    /**
     * The column for values of a type: always the same one of its lane.
     *
     * @return of that type; one of texts or bytes is still to be wrapped around them
     */
    public Column of(ElementType type) {
        Column column = columns.computeIfAbsent(type.lane(), LaneColumns::newColumn);
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

    /**
     * Copy one value.
     *
     * @param from any column
     * @param into a number's column of the same lane, or one of objects, which takes any value as an object
     */
    public static void copy(Column from, int fromRow, Column into, int row) {
        if (into instanceof LongColumn longs) {
            longs.values()[row] = ((LongColumn) from).values()[fromRow];
        } else if (into instanceof DoubleColumn doubles) {
            doubles.values()[row] = ((DoubleColumn) from).values()[fromRow];
        } else {
            ((RefColumn) into).values()[row] = from.get(fromRow);
        }
    }

    /** Let go of the objects of the first rows, so that they are not kept alive. */
    public void forget(int rows) {
        if (columns.get(Lane.REF) instanceof RefColumn refs) {
            refs.clear(rows);
        }
    }
}

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

    /**
     * Gather rows of a column.
     *
     * @param from any column
     * @param rows which, {@code count} of them
     * @param into gets them as its first rows: a number's column of the same lane, or one of objects
     */
    public static void gather(Column from, int[] rows, int count, Column into) {
        if (into instanceof LongColumn longs) {
            long[] source = ((LongColumn) from).values();
            long[] target = longs.values();
            for (int i = 0; i < count; i++) {
                target[i] = source[rows[i]];
            }
        } else if (into instanceof DoubleColumn doubles) {
            double[] source = ((DoubleColumn) from).values();
            double[] target = doubles.values();
            for (int i = 0; i < count; i++) {
                target[i] = source[rows[i]];
            }
        } else {
            Object[] target = ((RefColumn) into).values();
            for (int i = 0; i < count; i++) {
                target[i] = from.get(rows[i]);
            }
        }
    }

    /**
     * Copy rows of a column to the same rows of another one.
     *
     * @param from any column
     * @param rows which, {@code count} of them
     * @param into a number's column of the same lane, or one of objects
     */
    public static void copyRows(Column from, int[] rows, int count, Column into) {
        if (into instanceof LongColumn longs) {
            long[] source = ((LongColumn) from).values();
            long[] target = longs.values();
            for (int i = 0; i < count; i++) {
                target[rows[i]] = source[rows[i]];
            }
        } else if (into instanceof DoubleColumn doubles) {
            double[] source = ((DoubleColumn) from).values();
            double[] target = doubles.values();
            for (int i = 0; i < count; i++) {
                target[rows[i]] = source[rows[i]];
            }
        } else {
            Object[] target = ((RefColumn) into).values();
            for (int i = 0; i < count; i++) {
                target[rows[i]] = from.get(rows[i]);
            }
        }
    }

    /**
     * Scatter the first rows of a column: the reverse of {@link #gather}.
     *
     * @param from any column
     * @param into a number's column of the same lane, or one of objects
     * @param rows where each goes, {@code count} of them
     */
    public static void scatter(Column from, Column into, int[] rows, int count) {
        if (into instanceof LongColumn longs) {
            long[] source = ((LongColumn) from).values();
            long[] target = longs.values();
            for (int i = 0; i < count; i++) {
                target[rows[i]] = source[i];
            }
        } else if (into instanceof DoubleColumn doubles) {
            double[] source = ((DoubleColumn) from).values();
            double[] target = doubles.values();
            for (int i = 0; i < count; i++) {
                target[rows[i]] = source[i];
            }
        } else {
            Object[] target = ((RefColumn) into).values();
            for (int i = 0; i < count; i++) {
                target[rows[i]] = from.get(i);
            }
        }
    }

    /** Let go of the objects of the first rows, so that they are not kept alive. */
    public void forget(int rows) {
        if (columns.get(Lane.REF) instanceof RefColumn refs) {
            refs.clear(rows);
        }
    }
}

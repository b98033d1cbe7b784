package io.millrace.engine.state;

import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;

/** A column of each lane that lasting values have, made when needed and used again. Texts and bytes are objects here. Owner: one thread. */
public final class OneColumn {
    private LongColumn longs;
    private DoubleColumn doubles;
    private RefColumn refs;
    private Column shown;

    /** No column yet. */
    public OneColumn() {}

    /** The column for values of that type: always the same one of its lane. */
    public Column of(ElementType type) {
        return switch (type.lane()) {
            case LONG -> {
                longs = longs == null ? new LongColumn() : longs;
                longs.setType(type);
                yield longs;
            }
            case DOUBLE -> {
                doubles = doubles == null ? new DoubleColumn() : doubles;
                doubles.setType(type);
                yield doubles;
            }
            default -> {
                refs = refs == null ? new RefColumn() : refs;
                yield refs;
            }
        };
    }

    /** The column for values of that type, which {@link #shown} gives from now on. */
    public Column show(ElementType type) {
        shown = of(type);
        return shown;
    }

    /** The column that was shown last. */
    public Column shown() {
        return shown;
    }

    /** Copy a value into a column of the same lane, or as an object into one of objects. */
    public static void copy(Column from, int fromRow, Column into, int row) {
        if (into instanceof LongColumn longs) {
            longs.values()[row] = ((LongColumn) from).values()[fromRow];
        } else if (into instanceof DoubleColumn doubles) {
            doubles.values()[row] = ((DoubleColumn) from).values()[fromRow];
        } else {
            ((RefColumn) into).values()[row] = from.get(fromRow);
        }
    }

    /** Let go of the objects of the first rows. */
    public void clear(int rows) {
        if (refs != null) {
            refs.clear(rows);
        }
    }
}

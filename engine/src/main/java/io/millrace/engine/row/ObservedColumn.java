package io.millrace.engine.row;

import io.millrace.engine.function.ElementTypes;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;
import io.millrace.type.RecordType;

/**
 * A column whose type was declared, or is picked by the first value; every later value is held against it. A value that does not fit is refused;
 * the owner then hands on what it has and turns the column to objects, once and for good.
 */
final class ObservedColumn {
    // Made when the type is known: a loop may be made for one small batch.
    private LongColumn longs;
    private DoubleColumn doubles;
    private RefColumn refs;
    private long[] longValues;
    private double[] doubleValues;
    private Object[] refValues;
    private ElementType type;

    /**
     * An empty column.
     *
     * @param specialised false keeps everything as objects from the start
     * @param declared the type that was promised; one that is no primitive leaves the choice to the first value
     */
    ObservedColumn(boolean specialised, RecordType declared) {
        if (!specialised) {
            become(ElementType.REF);
            return;
        }
        ElementTypes.primitiveOf(declared).ifPresent(this::become);
    }

    /** How the rows are held; null before the first, if nothing was declared. */
    ElementType type() {
        return type;
    }

    /** Put a value; false if it does not fit the type seen so far. */
    boolean put(int row, Object value) {
        if (type == null) {
            become(ElementType.of(value));
        }
        switch (type) {
            case INT:
                if (value instanceof Integer) {
                    longValues[row] = (Integer) value;
                    return true;
                }
                return false;
            case LONG:
                if (value instanceof Long) {
                    longValues[row] = (Long) value;
                    return true;
                }
                return false;
            case DOUBLE:
                if (value instanceof Double) {
                    doubleValues[row] = (Double) value;
                    return true;
                }
                return false;
            case FLOAT:
                if (value instanceof Float) {
                    doubleValues[row] = (Float) value;
                    return true;
                }
                return false;
            case BOOLEAN:
                if (value instanceof Boolean) {
                    longValues[row] = (Boolean) value ? 1 : 0;
                    return true;
                }
                return false;
            default:
                refValues[row] = value;
                return true;
        }
    }

    /** Put a value of the long lane; false if the column holds another type. */
    boolean putLong(int row, long value, ElementType valueType) {
        if (type == null) {
            become(valueType);
        }
        if (type != valueType) {
            return false;
        }
        longValues[row] = value;
        return true;
    }

    /** Put a double; false if the column holds another type. */
    boolean putDouble(int row, double value) {
        if (type == null) {
            become(ElementType.DOUBLE);
        }
        if (type != ElementType.DOUBLE) {
            return false;
        }
        doubleValues[row] = value;
        return true;
    }

    private void become(ElementType observed) {
        type = observed;
        switch (observed.lane()) {
            case LONG -> {
                longs = new LongColumn();
                longs.setType(observed);
                longValues = longs.values();
            }
            case DOUBLE -> {
                doubles = new DoubleColumn();
                doubles.setType(observed);
                doubleValues = doubles.values();
            }
            default -> {
                refs = new RefColumn();
                refValues = refs.values();
            }
        }
    }

    /** From now on everything is held as objects. */
    void turn() {
        longs = null;
        doubles = null;
        become(ElementType.REF);
    }

    /** The column as it stands; its rows are those put since the last {@link #clear}. */
    Column column() {
        if (type == null) {
            become(ElementType.REF);
        }
        return switch (type.lane()) {
            case LONG -> longs;
            case DOUBLE -> doubles;
            default -> refs;
        };
    }

    /** Forget the rows, so that no object is kept alive by them. */
    void clear(int rows) {
        if (type == ElementType.REF) {
            refs.clear(rows);
        }
    }
}

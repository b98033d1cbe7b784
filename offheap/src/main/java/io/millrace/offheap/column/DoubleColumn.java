package io.millrace.offheap.column;

import java.util.Arrays;

/** Values of type DOUBLE or FLOAT in a {@code double[]}. */
public final class DoubleColumn extends Column {

    private final double[] values = new double[Chunk.MAX_ROWS];

    /** A column of type DOUBLE. */
    public DoubleColumn() {
        super(ElementType.DOUBLE);
    }

    /**
     * The values.
     *
     * @return always the same array of {@link Chunk#MAX_ROWS}
     */
    public double[] values() {
        return values;
    }

    /**
     * Say what the values are. They are not converted: a FLOAT must be the double of some float.
     *
     * @param type DOUBLE or FLOAT
     */
    public void setType(ElementType type) {
        type(type, Lane.DOUBLE);
    }

    /**
     * Give the first rows one value.
     *
     * @param value of each row
     * @param rows how many, up to {@link Chunk#MAX_ROWS}
     */
    public void fill(double value, int rows) {
        Arrays.fill(values, 0, rows, value);
    }

    @Override
    public Object get(int row) {
        return type().boxed(values[row]);
    }
}

package io.millrace.offheap.column;

import java.util.Arrays;

/** Values of type INT, LONG or BOOLEAN in a {@code long[]}. */
public final class LongColumn extends Column {

    private final long[] values = new long[Chunk.MAX_ROWS];

    /** A column of type LONG. */
    public LongColumn() {
        super(ElementType.LONG);
    }

    /**
     * The values.
     *
     * @return always the same array of {@link Chunk#MAX_ROWS}
     */
    public long[] values() {
        return values;
    }

    /**
     * Say what the values are. They are not converted: an INT must lie in the range of int, a BOOLEAN be 0 or 1.
     *
     * @param type INT, LONG or BOOLEAN
     */
    public void setType(ElementType type) {
        type(type, Lane.LONG);
    }

    /**
     * Give the first rows one value.
     *
     * @param value of each row
     * @param rows how many, up to {@link Chunk#MAX_ROWS}
     */
    public void fill(long value, int rows) {
        Arrays.fill(values, 0, rows, value);
    }

    @Override
    public Object get(int row) {
        return type().boxed(values[row]);
    }
}

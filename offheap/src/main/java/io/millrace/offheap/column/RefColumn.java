package io.millrace.offheap.column;

import java.util.Arrays;

/** Objects, nulls among them, in an {@code Object[]}. */
public final class RefColumn extends Column {

    private final Object[] values = new Object[Chunk.MAX_ROWS];

    /** A column of nulls. */
    public RefColumn() {
        super(ElementType.REF);
    }

    /**
     * The values.
     *
     * @return always the same array of {@link Chunk#MAX_ROWS}
     */
    public Object[] values() {
        return values;
    }

    /**
     * Forget the objects of the first rows, so that the column does not keep them alive.
     *
     * @param rows how many, up to {@link Chunk#MAX_ROWS}
     */
    public void clear(int rows) {
        Arrays.fill(values, 0, rows, null);
    }

    @Override
    public Object get(int row) {
        return values[row];
    }
}

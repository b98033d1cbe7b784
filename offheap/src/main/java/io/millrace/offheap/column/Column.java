package io.millrace.offheap.column;

/**
 * Up to {@link Chunk#MAX_ROWS} values of one type. How many of its rows count is said by the {@link Chunk} it is in; what
 * lies behind them is left over from earlier use.
 *
 * <p>Thread: one owner. Loops take the arrays of the subclass; {@link #get} is for code that wants objects.
 */
public abstract sealed class Column permits LongColumn, DoubleColumn, BytesColumn, RefColumn {

    private ElementType type;

    Column(ElementType type) {
        this.type = type;
    }

    /**
     * What the values are.
     *
     * @return a type of this column's lane
     */
    public final ElementType type() {
        return type;
    }

    /**
     * One value as the class it entered as: an Integer from INT, a String from UTF8, a copy of the bytes from BYTES.
     *
     * @param row from 0, below the chunk's rows
     * @return the boxed value; null only from REF
     */
    public abstract Object get(int row);

    final void type(ElementType newType, Lane lane) {
        if (newType.lane() != lane) {
            throw new IllegalArgumentException("type " + newType + " is held in lane " + newType.lane()
                    + " and cannot be held in a column of lane " + lane);
        }
        type = newType;
    }
}

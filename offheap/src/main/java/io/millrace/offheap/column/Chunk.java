package io.millrace.offheap.column;

/**
 * A view of up to {@link #MAX_ROWS} rows in one column, or in two when the rows are pairs: one task's bite.
 *
 * <p>A chunk is reused. It belongs to whoever fills it, and what it shows is valid until that one fills it again.
 */
public final class Chunk {

    /** The most rows a chunk shows: small enough that its columns stay in the first-level cache. */
    public static final int MAX_ROWS = 1024;

    private int rows;
    private Column first;
    private Column second;

    /** A chunk of no rows. */
    public Chunk() {}

    /**
     * How many rows there are.
     *
     * @return 0 to {@link #MAX_ROWS}
     */
    public int rows() {
        return rows;
    }

    /**
     * The values; of pairs, the keys.
     *
     * @return the column, or null before the first {@link #set(Column, int)}
     */
    public Column first() {
        return first;
    }

    /**
     * The values of pairs.
     *
     * @return the column, or null unless this is a chunk of pairs
     */
    public Column second() {
        return second;
    }

    /**
     * Whether the rows are pairs of a key and a value.
     *
     * @return true when there is a second column
     */
    public boolean isPair() {
        return second != null;
    }

    /**
     * Show rows of single values.
     *
     * @param values the column
     * @param rowCount how many of its rows, 0 to {@link #MAX_ROWS}
     */
    public void set(Column values, int rowCount) {
        set(values, null, rowCount);
    }

    /**
     * Show rows of pairs.
     *
     * @param keys the column of keys
     * @param values the column of values
     * @param rowCount how many of their rows, 0 to {@link #MAX_ROWS}
     */
    public void set(Column keys, Column values, int rowCount) {
        if (rowCount < 0 || rowCount > MAX_ROWS) {
            throw new IllegalArgumentException("a chunk of " + rowCount + " rows, expected 0 to " + MAX_ROWS);
        }
        first = keys;
        second = values;
        rows = rowCount;
    }
}

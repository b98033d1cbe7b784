package io.millrace.offheap.block;

/**
 * Some published rows of a slab. Whoever makes a slice of a slab retains the slab for it.
 *
 * @param slab where the rows are
 * @param fromRow the first row
 * @param toRow the row behind the last one; published already
 */
public record SlabSlice(Slab slab, int fromRow, int toRow) {

    /** Check that the rows are there. */
    public SlabSlice {
        int published = slab.publishedRows();
        if (fromRow < 0 || fromRow > toRow || toRow > published) {
            throw new IllegalArgumentException(
                    "slice of rows " + fromRow + " to " + toRow + " of a slab with " + published + " published rows");
        }
    }

    /**
     * How many rows the slice has.
     *
     * @return 0 or more
     */
    public int rowCount() {
        return toRow - fromRow;
    }
}

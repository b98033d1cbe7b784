package io.millrace.engine.kernel;

import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.RefColumn;

/** How values of one slot become one, whatever lane they come in. Safe from several threads; folds belong to one each. */
public interface Folding {
    /** A fold for values of that type. */
    SlotFold foldFor(ElementType type);

    /**
     * Fold a column of any type, turning the fold to objects where it must.
     *
     * @param fold the fold so far
     * @param boxes scratch for a column that has to become objects
     * @return the fold to go on with: {@code fold}, or the one it turned into
     */
    SlotFold fold(SlotFold fold, int[] slots, Column input, int rows, int slotCount, RefColumn boxes) throws Exception;
}

package io.millrace.engine.kernel;

import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LaneColumns;
import io.millrace.offheap.column.RefColumn;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Two columns made one by a reducing function, row by row: the loops of {@link Merging}, with a slot for each row.
 *
 * <p>Owner: one worker at a time. No allocation per row, unless the function or an object lane allocates.
 */
public final class ColumnMerge {
    private static final int[] EACH_ROW = new int[Chunk.MAX_ROWS];

    static {
        Arrays.setAll(EACH_ROW, row -> row);
    }

    private final Merging merging;
    private final Map<ElementType, SlotFold> folds = new EnumMap<>(ElementType.class);
    private final LaneColumns results = new LaneColumns();
    private final RefColumn boxes = new RefColumn();

    /** @param merging the function, and which lanes it takes */
    public ColumnMerge(Merging merging) {
        this.merging = merging;
    }

    /**
     * Merge each row of {@code left} with that of {@code right}, the left one first.
     *
     * @return a column that is this object's, until the next call; of the left one's type if all results fit it, else REF
     */
    public Column merge(Column left, Column right, int rows) throws Exception {
        results.forget(rows);
        ElementType held = merging.heldAs(left.type());
        SlotFold fold = folds.computeIfAbsent(held, merging::foldFor);
        try {
            fold.fold(EACH_ROW, held == ElementType.REF ? Merging.boxed(left, 0, rows, boxes) : left, 0, rows, rows);
            SlotFold merged = merging.fold(fold, EACH_ROW, right, rows, rows, boxes);
            Column result = results.of(merged.type());
            merged.read(EACH_ROW, 0, rows, result);
            return result;
        } finally {
            fold.clear();
            boxes.clear(rows);
        }
    }
}

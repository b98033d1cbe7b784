package io.millrace.engine.kernel;

import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;

/** Sum, least or greatest of doubles: a plain loop, no function called. */
final class NamedDoubleFold extends DoubleFold {
    private final NamedFold named;

    NamedDoubleFold(NamedFold named) {
        super(ElementType.DOUBLE);
        this.named = named;
    }

    @Override
    public int fold(int[] slots, Column input, int from, int rows, int slotCount) {
        if (from != 0) {
            throw new IllegalArgumentException(
                    "a named fold never stops half-way, but was told to begin at row " + from);
        }
        double[] in = ((DoubleColumn) input).values();
        values.ensure(slotCount);
        switch (named) {
            case SUM -> values.add(slots, in, rows);
            case SUBTRACT -> values.subtract(slots, in, rows);
            case MIN -> values.min(slots, in, rows);
            case MAX -> values.max(slots, in, rows);
            default -> throw new IllegalStateException("no loop for " + named);
        }
        values.setFilled(slotCount);
        return rows;
    }
}

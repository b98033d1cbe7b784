package io.millrace.engine.kernel;

import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;

/** Sum, least or greatest of longs or ints: a plain loop, no function called. */
final class NamedLongFold extends LongFold {
    private final NamedFold named;

    NamedLongFold(NamedFold named, ElementType type) {
        super(type);
        this.named = named;
    }

    @Override
    public int fold(int[] slots, Column input, int from, int rows, int slotCount) {
        if (from != 0) {
            throw new IllegalArgumentException(
                    "a named fold never stops half-way, but was told to begin at row " + from);
        }
        long[] in = ((LongColumn) input).values();
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

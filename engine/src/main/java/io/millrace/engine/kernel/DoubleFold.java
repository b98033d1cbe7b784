package io.millrace.engine.kernel;

import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.table.DoubleSlots;

/** A fold on the double lane: DOUBLE or FLOAT. */
abstract class DoubleFold extends SlotFold {
    final DoubleSlots values = new DoubleSlots();
    private final ElementType type;

    DoubleFold(ElementType type) {
        this.type = type;
    }

    @Override
    public final ElementType type() {
        return type;
    }

    @Override
    public final int filled() {
        return values.filled();
    }

    @Override
    public final Object get(int slot) {
        return type.boxed(values.values()[slot]);
    }

    @Override
    public final void read(int[] order, int from, int count, Column into) {
        DoubleColumn column = (DoubleColumn) into;
        column.setType(type);
        double[] out = column.values();
        double[] in = values.values();
        for (int row = 0; row < count; row++) {
            out[row] = in[order[from + row]];
        }
    }

    @Override
    public final void clear() {
        values.clear();
    }
}

package io.millrace.engine.kernel;

import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.table.LongSlots;

/** A fold on the long lane: INT or LONG. */
abstract class LongFold extends SlotFold {
    final LongSlots values = new LongSlots();
    private final ElementType type;

    LongFold(ElementType type) {
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
        LongColumn column = (LongColumn) into;
        column.setType(type);
        long[] out = column.values();
        long[] in = values.values();
        if (type == ElementType.INT) {
            for (int row = 0; row < count; row++) {
                out[row] = (int) in[order[from + row]]; // sums are kept as long and wrap here, as int addition does
            }
        } else {
            for (int row = 0; row < count; row++) {
                out[row] = in[order[from + row]];
            }
        }
    }

    @Override
    public final void clear() {
        values.clear();
    }
}

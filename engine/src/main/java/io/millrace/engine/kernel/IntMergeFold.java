package io.millrace.engine.kernel;

import io.millrace.api.function.IntMerge;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;

/** A {@link IntMerge}: no boxes, whatever the JIT does. A template. */
final class IntMergeFold extends LongFold {
    private final OperatorFunction function;
    private final IntMerge merge;

    IntMergeFold(OperatorFunction function, ElementType type) {
        super(type);
        this.function = function;
        this.merge = (IntMerge) function.function();
    }

    @Override
    public int fold(int[] slots, Column input, int from, int rows, int slotCount) {
        values.ensure(slotCount);
        long[] held = values.values();
        long[] in = ((LongColumn) input).values();
        int filled = values.filled();
        for (int row = from; row < rows; row++) {
            int slot = slots[row];
            if (slot == filled) {
                held[slot] = in[row];
                filled++;
            } else {
                held[slot] = call((int) held[slot], (int) in[row]);
            }
        }
        values.setFilled(filled);
        return rows;
    }

    private int call(int held, int value) {
        try {
            return merge.merge(held, value);
        } catch (Throwable thrown) {
            function.skipOrThrow(Merging.shown(held, value), thrown);
            return held;
        }
    }
}

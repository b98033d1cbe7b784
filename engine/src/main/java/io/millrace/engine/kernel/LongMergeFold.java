package io.millrace.engine.kernel;

import io.millrace.api.function.LongMerge;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;

/** A {@link LongMerge}: no boxes, whatever the JIT does. A template. */
final class LongMergeFold extends LongFold {
    private final OperatorFunction function;
    private final LongMerge merge;

    LongMergeFold(OperatorFunction function, ElementType type) {
        super(type);
        this.function = function;
        this.merge = (LongMerge) function.function();
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
                held[slot] = call(held[slot], in[row]);
            }
        }
        values.setFilled(filled);
        return rows;
    }

    private long call(long held, long value) {
        try {
            return merge.merge(held, value);
        } catch (Throwable thrown) {
            function.skipOrThrow(Merging.shown(held, value), thrown);
            return held;
        }
    }
}

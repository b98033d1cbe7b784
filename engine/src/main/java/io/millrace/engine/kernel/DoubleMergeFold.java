package io.millrace.engine.kernel;

import io.millrace.api.function.DoubleMerge;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;

/** A {@link DoubleMerge}: no boxes, whatever the JIT does. A template. */
final class DoubleMergeFold extends DoubleFold {
    private final OperatorFunction function;
    private final DoubleMerge merge;

    DoubleMergeFold(OperatorFunction function, ElementType type) {
        super(type);
        this.function = function;
        this.merge = (DoubleMerge) function.function();
    }

    @Override
    public int fold(int[] slots, Column input, int from, int rows, int slotCount) {
        values.ensure(slotCount);
        double[] held = values.values();
        double[] in = ((DoubleColumn) input).values();
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

    private double call(double held, double value) {
        try {
            return merge.merge(held, value);
        } catch (Throwable thrown) {
            function.skipOrThrow(Merging.shown(held, value), thrown);
            return held;
        }
    }
}

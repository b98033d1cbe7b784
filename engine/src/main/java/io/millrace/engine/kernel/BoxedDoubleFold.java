package io.millrace.engine.kernel;

import io.millrace.api.function.Function2;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;

/** A plain lambda over values of the double lane. A template. */
final class BoxedDoubleFold extends DoubleFold {
    private final OperatorFunction function;
    private final Function2<Object, Object, Object> merge;
    private Object missed;

    @SuppressWarnings("unchecked")
    BoxedDoubleFold(OperatorFunction function, ElementType type) {
        super(type);
        this.function = function;
        this.merge = (Function2<Object, Object, Object>) function.function();
    }

    @Override
    public int fold(int[] slots, Column input, int from, int rows, int slotCount) {
        values.ensure(slotCount);
        double[] held = values.values();
        double[] in = ((DoubleColumn) input).values();
        boolean isFloat = type() == ElementType.FLOAT;
        int filled = values.filled();
        for (int row = from; row < rows; row++) {
            int slot = slots[row];
            if (slot == filled) {
                held[slot] = in[row];
                filled++;
                continue;
            }
            Object merged = isFloat ? call((float) held[slot], (float) in[row]) : call(held[slot], in[row]);
            if (!isFloat && merged instanceof Double) {
                held[slot] = (Double) merged;
            } else if (isFloat && merged instanceof Float) {
                held[slot] = (Float) merged;
            } else {
                missed = merged;
                values.setFilled(filled);
                return row;
            }
        }
        values.setFilled(filled);
        return rows;
    }

    private Object call(Object held, Object value) {
        try {
            return merge.call(held, value);
        } catch (Throwable thrown) {
            function.skipOrThrow(Merging.shown(held, value), thrown);
            return held;
        }
    }

    @Override
    public Object missed() {
        return missed;
    }
}

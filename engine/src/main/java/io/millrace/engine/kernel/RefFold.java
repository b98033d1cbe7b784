package io.millrace.engine.kernel;

import io.millrace.api.function.Function2;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.RefColumn;

/** A function over objects of any class: what every other fold turns into when its type is broken. A template. */
final class RefFold extends ObjectFold {
    private final OperatorFunction function;
    private final Function2<Object, Object, Object> merge;

    @SuppressWarnings("unchecked")
    RefFold(OperatorFunction function, ElementType type) {
        if (type != ElementType.REF) {
            throw new IllegalArgumentException("a fold over objects cannot hold " + type);
        }
        this.function = function;
        this.merge = (Function2<Object, Object, Object>) function.function();
    }

    @Override
    public int fold(int[] slots, Column input, int from, int rows, int slotCount) {
        values.ensure(slotCount);
        Object[] held = values.values();
        Object[] in = ((RefColumn) input).values();
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

    private Object call(Object held, Object value) {
        try {
            return merge.call(held, value);
        } catch (Throwable thrown) {
            function.skipOrThrow(Merging.shown(held, value), thrown);
            return held;
        }
    }
}

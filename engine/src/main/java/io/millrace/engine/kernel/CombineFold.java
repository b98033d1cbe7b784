package io.millrace.engine.kernel;

import io.millrace.api.function.Function;
import io.millrace.api.function.Function2;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.RefColumn;
import io.millrace.plan.Aggregator;

/** {@code combineByKey}: one combiner per slot. A template. */
final class CombineFold extends ObjectFold {
    private final OperatorFunction function;
    private final Function<Object, Object> create;
    private final Function2<Object, Object, Object> mergeValue;

    @SuppressWarnings("unchecked")
    CombineFold(OperatorFunction function, ElementType type) {
        if (type != ElementType.REF) {
            throw new IllegalArgumentException("combiners are objects and cannot be held as " + type);
        }
        Aggregator.Combine by = (Aggregator.Combine) function.function();
        this.function = function;
        this.create = (Function<Object, Object>) by.create();
        this.mergeValue = (Function2<Object, Object, Object>) by.mergeValue();
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
                held[slot] = created(in[row]);
                filled++;
            } else {
                held[slot] = merged(held[slot], in[row]);
            }
        }
        values.setFilled(filled);
        return rows;
    }

    private Object created(Object value) {
        try {
            return create.call(value);
        } catch (Throwable thrown) {
            throw function.failed(value, thrown);
        }
    }

    private Object merged(Object held, Object value) {
        try {
            return mergeValue.call(held, value);
        } catch (Throwable thrown) {
            function.skipOrThrow(Merging.shown(held, value), thrown);
            return held;
        }
    }
}

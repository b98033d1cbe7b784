package io.millrace.engine.kernel;

import io.millrace.api.function.Function2;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;

/**
 * A plain lambda over ints or longs, a loop for each so that the boxes have one class. A template: with a class of its own per shape the lambda is inlined and its
 * boxes go.
 */
final class BoxedLongFold extends LongFold {
    private final OperatorFunction function;
    private final Function2<Object, Object, Object> merge;
    private Object missed;

    @SuppressWarnings("unchecked")
    BoxedLongFold(OperatorFunction function, ElementType type) {
        super(type);
        this.function = function;
        this.merge = (Function2<Object, Object, Object>) function.function();
    }

    @Override
    public int fold(int[] slots, Column input, int from, int rows, int slotCount) {
        return type() == ElementType.INT
                ? foldInts(slots, (LongColumn) input, from, rows, slotCount)
                : foldLongs(slots, (LongColumn) input, from, rows, slotCount);
    }

    private int foldInts(int[] slots, LongColumn input, int from, int rows, int slotCount) {
        values.ensure(slotCount);
        long[] held = values.values();
        long[] in = input.values();
        int filled = values.filled();
        for (int row = from; row < rows; row++) {
            int slot = slots[row];
            if (slot == filled) {
                held[slot] = in[row];
                filled++;
                continue;
            }
            Object merged = call((int) held[slot], (int) in[row]);
            if (!(merged instanceof Integer)) {
                return miss(merged, filled, row);
            }
            held[slot] = (Integer) merged;
        }
        values.setFilled(filled);
        return rows;
    }

    private int foldLongs(int[] slots, LongColumn input, int from, int rows, int slotCount) {
        values.ensure(slotCount);
        long[] held = values.values();
        long[] in = input.values();
        int filled = values.filled();
        for (int row = from; row < rows; row++) {
            int slot = slots[row];
            if (slot == filled) {
                held[slot] = in[row];
                filled++;
                continue;
            }
            Object merged = call(held[slot], in[row]);
            if (!(merged instanceof Long)) {
                return miss(merged, filled, row);
            }
            held[slot] = (Long) merged;
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

    private int miss(Object merged, int filled, int row) {
        missed = merged;
        values.setFilled(filled);
        return row;
    }

    @Override
    public Object missed() {
        return missed;
    }
}

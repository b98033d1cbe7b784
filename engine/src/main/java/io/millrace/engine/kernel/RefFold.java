package io.millrace.engine.kernel;

import io.millrace.api.function.Function2;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.RefColumn;
import io.millrace.offheap.table.RefSlots;

/** A function over objects of any class: what every other fold turns into when its type is broken. A template. */
final class RefFold extends SlotFold {
    private final RefSlots values = new RefSlots();
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

    /** Take over the values of a typed fold. */
    void load(SlotFold typed) {
        int filled = typed.filled();
        values.ensure(filled);
        for (int slot = 0; slot < filled; slot++) {
            values.values()[slot] = typed.get(slot);
        }
        values.setFilled(filled);
    }

    /** Set the value of a slot that is filled. */
    void set(int slot, Object value) {
        values.values()[slot] = value;
    }

    @Override
    public ElementType type() {
        return ElementType.REF;
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
            throw function.failed(Merging.shown(held, value), thrown);
        }
    }

    @Override
    public int filled() {
        return values.filled();
    }

    @Override
    public Object get(int slot) {
        return values.values()[slot];
    }

    @Override
    public void read(int[] order, int from, int count, Column into) {
        Object[] out = ((RefColumn) into).values();
        Object[] in = values.values();
        for (int row = 0; row < count; row++) {
            out[row] = in[order[from + row]];
        }
    }

    @Override
    public void clear() {
        values.clear();
    }
}

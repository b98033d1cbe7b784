package io.millrace.engine.kernel;

import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.RefColumn;
import io.millrace.offheap.table.RefSlots;

/** A fold over objects: what a fold of any other type can turn into. */
abstract class ObjectFold extends SlotFold {
    final RefSlots values = new RefSlots();

    /** Take over the values of a typed fold. */
    final void load(SlotFold typed) {
        int filled = typed.filled();
        values.ensure(filled);
        for (int slot = 0; slot < filled; slot++) {
            values.values()[slot] = typed.get(slot);
        }
        values.setFilled(filled);
    }

    /** Set the value of a slot that is filled. */
    final void set(int slot, Object value) {
        values.values()[slot] = value;
    }

    @Override
    public final ElementType type() {
        return ElementType.REF;
    }

    @Override
    public final int filled() {
        return values.filled();
    }

    @Override
    public final Object get(int slot) {
        return values.values()[slot];
    }

    @Override
    public final void read(int[] order, int from, int count, Column into) {
        Object[] out = ((RefColumn) into).values();
        Object[] in = values.values();
        for (int row = 0; row < count; row++) {
            out[row] = in[order[from + row]];
        }
    }

    @Override
    public final void clear() {
        values.clear();
    }
}

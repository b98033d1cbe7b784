package io.millrace.engine.kernel;

import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;

/**
 * One running value per slot, and the loop that folds a column into it. Slots are dense and new ones appear in order, so a
 * slot is new exactly when it equals the number of slots filled so far; its first value is taken as it is.
 *
 * <p>Owner: one worker at a time. No allocation per row, unless the function or an object lane allocates.
 */
public abstract class SlotFold {
    /** The type of the running values, and of the only inputs that {@link #fold} takes. */
    public abstract ElementType type();

    /**
     * Fold rows {@code [from, rows)} of a column of this fold's type.
     *
     * @param slots slot of each row, all below {@code slotCount}
     * @return {@code rows} when all are folded; or the first row whose result does not fit this fold's type, which
     *     {@link #missed} then holds
     */
    public abstract int fold(int[] slots, Column input, int from, int rows, int slotCount) throws Exception;

    /** The result that did not fit. */
    public Object missed() {
        throw new IllegalStateException("nothing was missed by " + this);
    }

    /** How many slots hold a value. */
    public abstract int filled();

    /** The value of a slot as an object, as the class it entered as. */
    public abstract Object get(int slot);

    /** Copy the values of {@code count} slots, {@code order[from]} on, into the rows of a column of this fold's type. */
    public abstract void read(int[] order, int from, int count, Column into);

    /** Forget all values. */
    public abstract void clear();
}

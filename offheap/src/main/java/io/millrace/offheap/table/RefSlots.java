package io.millrace.offheap.table;

import java.util.Arrays;

/**
 * One running object per slot, for values that no other lane holds. Slot numbers come from a key index.
 *
 * <p>As in {@link LongSlots}, the slots below {@link #filled} hold a value already (it may be null), and the slot that
 * equals it is new.
 *
 * <p>Thread: one owner. Nothing is allocated but by {@link #ensure}, when it grows.
 */
public final class RefSlots {

    private static final int MIN_SLOTS = 64;

    private final ShrinkRule shrinkRule = new ShrinkRule();
    private Object[] values = new Object[MIN_SLOTS];
    private int size;
    private int filled;

    /** No slots. */
    public RefSlots() {}

    /**
     * How many slots there are.
     *
     * @return the size last ensured
     */
    public int size() {
        return size;
    }

    /**
     * The values.
     *
     * @return an array at least as long as {@link #size}; another one after {@link #ensure} has grown it
     */
    public Object[] values() {
        return values;
    }

    /**
     * Have this many slots at least; new ones are null.
     *
     * @param slots how many, usually the size of the key index
     */
    public void ensure(int slots) {
        if (slots > values.length) {
            values = Arrays.copyOf(values, Math.max(slots, 2 * values.length));
        }
        size = Math.max(size, slots);
    }

    /**
     * How many slots have been given their first value.
     *
     * @return the slot that is new when it comes up next
     */
    public int filled() {
        return filled;
    }

    /**
     * Take note of first values that a loop elsewhere has put into {@link #values}.
     *
     * @param slots all below this one have a value now
     */
    public void setFilled(int slots) {
        filled = slots;
    }

    /** Have no slots, and hold no object. The memory is kept, unless it stood mostly empty for many clears. */
    public void clear() {
        Arrays.fill(values, 0, size, null);
        int keep = shrinkRule.capacityToKeep(size, values.length);
        if (keep < values.length && values.length > MIN_SLOTS) {
            values = new Object[Math.max(MIN_SLOTS, keep)];
        }
        size = 0;
        filled = 0;
    }
}

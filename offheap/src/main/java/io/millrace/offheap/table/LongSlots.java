// lanes: double
package io.millrace.offheap.table;

import java.util.Arrays;

/**
 * One running value per slot. Slot numbers come from a key index; this class never sees a key.
 *
 * <p>A loop that has a neutral value to start from ({@link #add}) needs only {@link #ensure}. One that has not ({@link #min},
 * {@link #max}, or a loop over {@link #values} elsewhere) must know which slots hold a value already: since slots are numbered
 * as they are first seen, those are the slots below {@link #filled}, and the slot that equals it is new.
 *
 * <p>Thread: one owner. Nothing is allocated but by {@link #ensure}, when it grows.
 */
public final class /*V*/ LongSlots {

    private static final int MIN_SLOTS = 64;

    /** What changes no value by being added: 0, and of doubles the one zero that leaves even -0.0 as it is. */
    @SuppressWarnings("cast")
    private static final /*V*/ long NEUTRAL = (/*V*/ long) -0.0;

    private final ShrinkRule shrinkRule = new ShrinkRule();
    private /*V*/ long[] values = new /*V*/ long[MIN_SLOTS];
    private int size;
    private int filled;

    /** No slots. */
    public /*V*/ LongSlots() {}

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
    public /*V*/ long[] values() {
        return values;
    }

    /**
     * Have this many slots at least; new ones are 0.
     *
     * @param slots how many, usually the size of the key index
     */
    public void ensure(int slots) {
        if (slots > values.length) {
            values = Arrays.copyOf(values, Math.max(slots, 2 * values.length));
        }
        if (slots > size) {
            Arrays.fill(values, size, slots, NEUTRAL);
            size = slots;
        }
    }

    /**
     * How many slots have been given their first value by a loop that has no neutral one.
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

    /**
     * Add {@code input[row]} into slot {@code slots[row]}, for {@code 0 <= row < rows}.
     *
     * @param slots slot of each row, below {@link #size}
     * @param input value of each row
     * @param rows how many
     */
    public void add(int[] slots, /*V*/ long[] input, int rows) {
        /*V*/ long[] sums = values;
        for (int row = 0; row < rows; row++) {
            sums[slots[row]] += input[row];
        }
    }

    /**
     * Add the same amount for every row, as a count does.
     *
     * @param slots slot of each row, below {@link #size}
     * @param amount value of each row
     * @param rows how many
     */
    public void add(int[] slots, /*V*/ long amount, int rows) {
        /*V*/ long[] sums = values;
        for (int row = 0; row < rows; row++) {
            sums[slots[row]] += amount;
        }
    }

    /**
     * Take from each slot what it is given, but for the first value, which it keeps.
     *
     * @param slots slot of each row, below {@link #size}; new slots in the order of their numbers
     * @param input value of each row
     * @param rows how many
     */
    public void subtract(int[] slots, /*V*/ long[] input, int rows) {
        /*V*/ long[] left = values;
        int next = filled;
        for (int row = 0; row < rows; row++) {
            int slot = slots[row];
            if (slot == next) {
                left[slot] = input[row];
                next++;
            } else {
                left[slot] -= input[row];
            }
        }
        filled = next;
    }

    /**
     * Keep in each slot the least value it was given, as {@link Math#min} sees it.
     *
     * @param slots slot of each row, below {@link #size}; new slots in the order of their numbers
     * @param input value of each row
     * @param rows how many
     */
    public void min(int[] slots, /*V*/ long[] input, int rows) {
        /*V*/ long[] least = values;
        int next = filled;
        for (int row = 0; row < rows; row++) {
            int slot = slots[row];
            if (slot == next) {
                least[slot] = input[row];
                next++;
            } else {
                least[slot] = Math.min(least[slot], input[row]);
            }
        }
        filled = next;
    }

    /**
     * Keep in each slot the greatest value it was given, as {@link Math#max} sees it.
     *
     * @param slots slot of each row, below {@link #size}; new slots in the order of their numbers
     * @param input value of each row
     * @param rows how many
     */
    public void max(int[] slots, /*V*/ long[] input, int rows) {
        /*V*/ long[] greatest = values;
        int next = filled;
        for (int row = 0; row < rows; row++) {
            int slot = slots[row];
            if (slot == next) {
                greatest[slot] = input[row];
                next++;
            } else {
                greatest[slot] = Math.max(greatest[slot], input[row]);
            }
        }
        filled = next;
    }

    /** Have no slots. The memory is kept for the next ones, unless it stood mostly empty for many clears. */
    public void clear() {
        int keep = shrinkRule.capacityToKeep(size, values.length);
        if (keep < values.length && values.length > MIN_SLOTS) {
            values = new /*V*/ long[Math.max(MIN_SLOTS, keep)];
        }
        size = 0;
        filled = 0;
    }
}

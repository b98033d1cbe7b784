package io.millrace.offheap.table;

/**
 * When does something that is cleared again and again give memory back? When it stood mostly empty (less than an eighth full)
 * for {@link #PATIENCE} clears in a row; it then keeps twice what it needed at most in that time.
 */
final class ShrinkRule {

    static final int PATIENCE = 1024;

    private int mostlyEmptyClears;
    private int mostUsed;

    /** Told the use at a clear, say what capacity to keep: the one there is, or a smaller one. */
    int capacityToKeep(int used, int capacity) {
        if (used >= capacity >>> 3) {
            mostlyEmptyClears = 0;
            mostUsed = 0;
            return capacity;
        }
        mostUsed = Math.max(mostUsed, used);
        if (++mostlyEmptyClears < PATIENCE) {
            return capacity;
        }
        int keep = 2 * mostUsed;
        mostlyEmptyClears = 0;
        mostUsed = 0;
        return keep;
    }
}

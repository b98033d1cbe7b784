package io.millrace.offheap.pane;

import io.millrace.offheap.memory.MemoryRegion;

/** To how many elements an array off the heap grows. */
final class Growth {
    private Growth() {}

    /**
     * Twice what there was, at least what is wanted.
     *
     * @param bytes of an element
     * @throws IllegalStateException if a region cannot be so large
     */
    static int of(int wanted, int capacity, int min, int bytes) {
        long most = (Integer.MAX_VALUE - MemoryRegion.PADDING) / bytes;
        if (wanted > most) {
            throw new IllegalStateException("a window with " + wanted + " keys in one partition, at most " + most
                    + " are possible; use more partitions, so that each holds fewer keys");
        }
        return (int) Math.min(most, Math.max(wanted, Math.max(min, 2L * capacity)));
    }
}

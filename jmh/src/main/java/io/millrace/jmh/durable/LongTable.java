package io.millrace.jmh.durable;

import io.millrace.jmh.data.Randomness;

/** Longs by longs, keys and values side by side; grows by doubling, and is never more than half full. No key is {@link #FREE}. */
final class LongTable {
    private static final long FREE = Long.MIN_VALUE;
    private static final int FIRST_CAPACITY = 1 << 12;

    private long[] places = free(FIRST_CAPACITY);
    private int mask = FIRST_CAPACITY - 1;
    private int size;

    private static long[] free(int capacity) {
        long[] places = new long[2 * capacity];
        for (int at = 0; at < places.length; at += 2) {
            places[at] = FREE;
        }
        return places;
    }

    int size() {
        return size;
    }

    void put(long key, long value) {
        int at = find(key);
        if (places[at] == FREE) {
            places[at] = key;
            size++;
        }
        places[at + 1] = value;
        if (size > mask / 2) {
            grow();
        }
    }

    private int find(long key) {
        int place = (int) Randomness.mix(key) & mask;
        while (places[2 * place] != key && places[2 * place] != FREE) {
            place = place + 1 & mask;
        }
        return 2 * place;
    }

    private void grow() {
        long[] old = places;
        places = free(mask * 2 + 2);
        mask = mask * 2 + 1;
        for (int from = 0; from < old.length; from += 2) {
            if (old[from] != FREE) {
                int at = find(old[from]);
                places[at] = old[from];
                places[at + 1] = old[from + 1];
            }
        }
    }
}

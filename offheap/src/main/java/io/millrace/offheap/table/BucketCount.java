package io.millrace.offheap.table;

/**
 * How many buckets for how many keys: always a power of two. In a table that fits in a core's cache, a probe that the processor
 * did not foresee costs more than loads do, so a small table is kept rather empty (a thousand longs: under 3 ns a key at an
 * eighth full, over 4 at a third); in a large one the loads are what costs.
 */
final class BucketCount {

    static final int MIN = 128;
    static final int MAX = 1 << 28;
    private static final int MAX_SMALL = 1 << 14;
    private static final int MAX_MEDIUM = 1 << 16;

    private BucketCount() {}

    static int maxKeys(int buckets) {
        if (buckets <= MAX_SMALL) {
            return buckets / 8;
        }
        return buckets <= MAX_MEDIUM ? buckets / 4 : buckets / 2;
    }

    static int next(int buckets) {
        if (buckets >= MAX) {
            throw new IllegalStateException("a table of " + maxKeys(buckets)
                    + " distinct keys is full; use more partitions, so that each holds fewer keys");
        }
        return buckets * 2;
    }

    static int forKeys(int keys) {
        int buckets = MIN;
        while (maxKeys(buckets) < keys) {
            buckets = next(buckets);
        }
        return buckets;
    }
}

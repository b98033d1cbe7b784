package io.millrace.offheap.table;

import java.util.Arrays;

/**
 * Gives each distinct long a slot number: 0, 1, 2 … as keys are first seen.
 *
 * <p>Thread: one owner. Memory: 16 to 32 bytes of Java arrays a key once there are many. Cost: 3 ns for one of a thousand
 * different keys, 14 ns for one of a million.
 */
public final class LongKeyIndex {

    private static final int MIN_KEYS = 64;
    static final int MAX_ID = 1 << 30;

    private final ShrinkRule shrinkRule = new ShrinkRule();

    /** The id of each bucket's key. The key itself is in {@link #keys}: so small a table finds room in a cache. */
    private int[] buckets;

    private int bucketMask;
    private int maxKeys;
    private int firstId;

    private long[] keys = new long[MIN_KEYS];
    private int size;

    /** An index without keys. */
    public LongKeyIndex() {
        this(1);
    }

    /** An index as it is after many keys were seen and cleared. */
    LongKeyIndex(int firstId) {
        this.firstId = firstId;
        allocate(BucketCount.MIN);
    }

    /**
     * How many distinct keys there are.
     *
     * @return the next slot
     */
    public int size() {
        return size;
    }

    /**
     * The slots of a chunk's keys; unknown keys get the next ones.
     *
     * @param keyOfRow the keys
     * @param rows how many
     * @param slots is set, for each row, to a number from 0 to {@link #size()} - 1
     */
    public void slotsOf(long[] keyOfRow, int rows, int[] slots) {
        // The same as slotOf, but with fields in locals, which an insert may change: 1 ns less a key.
        int[] ids = buckets;
        long[] known = keys;
        int mask = bucketMask;
        int first = firstId;
        for (int row = 0; row < rows; row++) {
            long key = keyOfRow[row];
            int bucket = KeyHash.of(key) & mask;
            int slot = ids[bucket] - first;
            while (slot >= 0 && known[slot] != key) {
                bucket = bucket + 1 & mask;
                slot = ids[bucket] - first;
            }
            if (slot < 0) {
                slot = insert(key);
                ids = buckets;
                known = keys;
                mask = bucketMask;
            }
            slots[row] = slot;
        }
    }

    /**
     * The slot of one key; an unknown key gets the next one.
     *
     * @param key any value
     * @return a number from 0 to {@link #size()} - 1
     */
    public int slotOf(long key) {
        int bucket = KeyHash.of(key) & bucketMask;
        int slot = buckets[bucket] - firstId;
        while (slot >= 0 && keys[slot] != key) {
            bucket = bucket + 1 & bucketMask;
            slot = buckets[bucket] - firstId;
        }
        return slot < 0 ? insert(key) : slot;
    }

    private int insert(long key) {
        if (size == maxKeys) {
            allocate(BucketCount.next(bucketMask + 1));
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
        }
        keys[size] = key;
        place(key, firstId + size);
        return size++;
    }

    private void place(long key, int id) {
        int bucket = KeyHash.of(key) & bucketMask;
        while (buckets[bucket] >= firstId) {
            bucket = bucket + 1 & bucketMask;
        }
        buckets[bucket] = id;
    }

    /** Take a table of this many buckets and move the keys into it. */
    private void allocate(int bucketCount) {
        buckets = new int[bucketCount];
        bucketMask = bucketCount - 1;
        maxKeys = BucketCount.maxKeys(bucketCount);
        for (int slot = 0; slot < size; slot++) {
            place(keys[slot], firstId + slot);
        }
    }

    /**
     * The hash of a key, for example to choose its {@linkplain KeyHash#partition partition}.
     *
     * @param slot of the key
     * @return 32 mixed bits, the same for this key in every index
     */
    public int hash(int slot) {
        return KeyHash.of(keys[slot]);
    }

    /**
     * A key.
     *
     * @param slot of the key
     * @return its value
     */
    public long keyAt(int slot) {
        return keys[slot];
    }

    /** Forget all keys. The memory is kept for the next ones, unless it stood mostly empty for many clears. */
    public void clear() {
        int keep = shrinkRule.capacityToKeep(size, maxKeys);
        firstId += size;
        size = 0;
        if (BucketCount.forKeys(keep) <= bucketMask) {
            allocate(BucketCount.forKeys(keep));
            keys = new long[MIN_KEYS];
        }
        if (firstId > MAX_ID) {
            Arrays.fill(buckets, 0);
            firstId = 1;
        }
    }
}

package io.millrace.offheap.table;

import java.util.Arrays;

/**
 * Gives each distinct object, null among them, a slot number: 0, 1, 2 … as keys are first seen. What is distinct is decided
 * by {@code equals} and {@code hashCode}, as in a {@link java.util.HashMap}; what these throw passes through and leaves the
 * index as it was.
 *
 * <p>Thread: one owner. Memory: 24 to 48 bytes of Java arrays a key once there are many; the keys are held until
 * {@link #clear}.
 */
public final class RefKeyIndex {

    private static final int MIN_KEYS = 64;
    static final int MAX_ID = 1 << 30;

    private final ShrinkRule shrinkRule = new ShrinkRule();

    // Bucket i: the hash of its key (high int) and its id (low int).
    private long[] buckets;
    private int bucketMask;
    private int maxKeys;
    private int firstId;

    private Object[] keys = new Object[MIN_KEYS];
    private int[] hashes = new int[MIN_KEYS];
    private int size;

    /** An index without keys. */
    public RefKeyIndex() {
        this(1);
    }

    /** An index as it is after many keys were seen and cleared. */
    RefKeyIndex(int firstId) {
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
    public void slotsOf(Object[] keyOfRow, int rows, int[] slots) {
        for (int row = 0; row < rows; row++) {
            slots[row] = slotOf(keyOfRow[row]);
        }
    }

    /**
     * The slot of one key; an unknown key gets the next one.
     *
     * @param key any object, or null
     * @return a number from 0 to {@link #size()} - 1
     */
    public int slotOf(Object key) {
        int hash = KeyHash.of(key);
        long[] table = buckets;
        int bucket = hash & bucketMask;
        while (true) {
            long hashAndId = table[bucket];
            int slot = (int) hashAndId - firstId;
            if (slot < 0) {
                return insert(key, hash);
            }
            if ((int) (hashAndId >>> 32) == hash && same(key, keys[slot])) {
                return slot;
            }
            bucket = bucket + 1 & bucketMask;
        }
    }

    private static boolean same(Object key, Object held) {
        return key == held || key != null && key.equals(held);
    }

    private int insert(Object key, int hash) {
        if (size == maxKeys) {
            allocate(BucketCount.next(bucketMask + 1));
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            hashes = Arrays.copyOf(hashes, 2 * size);
        }
        keys[size] = key;
        hashes[size] = hash;
        place(hash, firstId + size);
        return size++;
    }

    private void place(int hash, int id) {
        int bucket = hash & bucketMask;
        while ((int) buckets[bucket] >= firstId) {
            bucket = bucket + 1 & bucketMask;
        }
        buckets[bucket] = (long) hash << 32 | id;
    }

    /** Take a table of this many buckets and move the keys into it. */
    private void allocate(int bucketCount) {
        buckets = new long[bucketCount];
        bucketMask = bucketCount - 1;
        maxKeys = BucketCount.maxKeys(bucketCount);
        for (int slot = 0; slot < size; slot++) {
            place(hashes[slot], firstId + slot);
        }
    }

    /**
     * The hash of a key, for example to choose its {@linkplain KeyHash#partition partition}.
     *
     * @param slot of the key
     * @return 32 mixed bits, the same for equal keys in every index
     */
    public int hash(int slot) {
        return hashes[slot];
    }

    /**
     * A key.
     *
     * @param slot of the key
     * @return the first of all equal objects given, or null
     */
    public Object keyAt(int slot) {
        return keys[slot];
    }

    /** Forget all keys. The memory is kept for the next ones, unless it stood mostly empty for many clears. */
    public void clear() {
        int keep = shrinkRule.capacityToKeep(size, maxKeys);
        Arrays.fill(keys, 0, size, null);
        firstId += size;
        size = 0;
        if (BucketCount.forKeys(keep) <= bucketMask) {
            allocate(BucketCount.forKeys(keep));
            keys = new Object[MIN_KEYS];
            hashes = new int[MIN_KEYS];
        }
        if (firstId > MAX_ID) {
            Arrays.fill(buckets, 0);
            firstId = 1;
        }
    }
}

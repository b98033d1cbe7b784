package io.millrace.offheap.table;

import io.millrace.offheap.codec.Utf8;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryLimitException;
import io.millrace.offheap.memory.MemoryRegion;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Gives each distinct key, a range of bytes, a slot number: 0, 1, 2 … as keys are first seen.
 *
 * <pre>
 *   bucket i: three longs   bytes 0-7 of its key │ bytes 8-15 │ length (high int), id (low int)
 *   key heap, off-heap      the bytes of all keys, one behind the other, in slot order
 * </pre>
 *
 * <p>A key of up to 16 bytes is found in its bucket alone; of a longer one the rest is compared in the key heap. Keys are
 * loaded 8 bytes at a time, so their buffer must be readable 16 bytes behind each key, as a {@link MemoryRegion}'s is.
 *
 * <p>Thread: one owner. Memory: per key its bytes off-heap, and 56 to 104 bytes of Java arrays once there are many. All keys
 * together may have 1 GiB. Cost: about 7 ns for a word of text with ten thousand different ones.
 */
public final class BytesKeyIndex implements AutoCloseable {

    private static final int INLINE_BYTES = KeyHash.WORDS_BYTES;
    private static final int BUCKET_LONGS = 3;
    private static final int MIN_KEYS = 64;
    static final int MAX_ID = 1 << 30;

    private final KeyHeap heap;
    private final ShrinkRule shrinkRule = new ShrinkRule();
    private ElementType keyType = ElementType.UTF8;

    private long[] buckets;
    private int bucketMask;
    private int maxKeys;
    private int firstId;

    private int[] hashes = new int[MIN_KEYS];
    private int size;

    /**
     * An index without keys.
     *
     * @param ledger pays for the bytes of the keys, as {@link io.millrace.offheap.memory.MemoryUse#TABLE}
     */
    public BytesKeyIndex(MemoryLedger ledger) {
        this(ledger, 1);
    }

    /** An index as it is after many keys were seen and cleared. */
    BytesKeyIndex(MemoryLedger ledger, int firstId) {
        this.heap = new KeyHeap(ledger);
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
     * @param keys the keys, in a buffer that is readable 16 bytes behind each
     * @param rows how many
     * @param slots is set, for each row, to a number from 0 to {@link #size()} - 1
     * @throws MemoryLimitException when the ledger has no room for a new key; the keys before it are in
     */
    public void slotsOf(BytesColumn keys, int rows, int[] slots) {
        keyType = keys.type();
        UnsafeBuffer buffer = keys.buffer();
        int[] starts = keys.starts();
        int[] ends = keys.ends();
        for (int row = 0; row < rows; row++) {
            slots[row] = slotOf(buffer, starts[row], ends[row]);
        }
    }

    /**
     * The slot of one key; an unknown key gets the next one.
     *
     * @param buffer holds the key and is readable 16 bytes behind it
     * @param start of the key
     * @param end of the key, exclusive
     * @return a number from 0 to {@link #size()} - 1
     * @throws MemoryLimitException when the ledger has no room for a new key; the index stays as it was
     */
    public int slotOf(UnsafeBuffer buffer, int start, int end) {
        int length = end - start;
        long first = KeyHash.firstWord(buffer, start, length);
        long second = KeyHash.secondWord(buffer, start, length);
        int hash = length <= INLINE_BYTES
                ? KeyHash.of(first, second, length)
                : KeyHash.of(first, second, buffer, start, length);

        long[] table = buckets;
        int bucket = hash & bucketMask;
        while (true) {
            int at = bucket * BUCKET_LONGS;
            long lengthAndId = table[at + 2];
            int slot = (int) lengthAndId - firstId;
            if (slot < 0) {
                return insert(buffer, start, length, first, second, hash);
            }
            // One branch for three comparisons: whether a bucket holds the key is the only thing hard to predict here.
            long difference = (table[at] ^ first) | (table[at + 1] ^ second) | ((lengthAndId >>> 32) ^ length);
            if (difference == 0 && (length <= INLINE_BYTES || sameRest(slot, hash, buffer, start, length))) {
                return slot;
            }
            bucket = bucket + 1 & bucketMask;
        }
    }

    private boolean sameRest(int slot, int hash, UnsafeBuffer buffer, int start, int length) {
        return hashes[slot] == hash
                && heap.holds(slot, INLINE_BYTES, buffer, start + INLINE_BYTES, length - INLINE_BYTES);
    }

    private int insert(UnsafeBuffer buffer, int start, int length, long first, long second, int hash) {
        if (size == maxKeys) {
            allocate(BucketCount.next(bucketMask + 1));
        }
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * size);
        }
        heap.append(size, buffer, start, length);
        hashes[size] = hash;
        place(hash, first, second, (long) length << 32 | firstId + size);
        return size++;
    }

    private void place(int hash, long first, long second, long lengthAndId) {
        int bucket = hash & bucketMask;
        while ((int) buckets[bucket * BUCKET_LONGS + 2] >= firstId) {
            bucket = bucket + 1 & bucketMask;
        }
        int at = bucket * BUCKET_LONGS;
        buckets[at] = first;
        buckets[at + 1] = second;
        buckets[at + 2] = lengthAndId;
    }

    /** Take a table of this many buckets and move the keys into it. */
    private void allocate(int bucketCount) {
        long[] old = buckets;
        buckets = new long[bucketCount * BUCKET_LONGS];
        bucketMask = bucketCount - 1;
        maxKeys = BucketCount.maxKeys(bucketCount);
        for (int at = 0; size > 0 && at < old.length; at += BUCKET_LONGS) {
            int slot = (int) old[at + 2] - firstId;
            if (slot >= 0) {
                place(hashes[slot], old[at], old[at + 1], old[at + 2]);
            }
        }
    }

    /**
     * The hash of a key, for example to choose its {@linkplain KeyHash#partition partition}.
     *
     * @param slot of the key
     * @return 32 mixed bits, the same for these bytes in every index
     */
    public int hash(int slot) {
        return hashes[slot];
    }

    /**
     * What {@code hashCode} gives for a key as text. Costs a look at each of its bytes.
     *
     * @param slot of the key
     * @return as {@link KeyHash#javaHashes} has it
     */
    public int javaHash(int slot) {
        return Utf8.javaHash(heap.buffer(), heap.start(slot), heap.end(slot));
    }

    /**
     * Show the keys of some slots.
     *
     * @param slots numbers of keys
     * @param from the first of the numbers to take
     * @param count how many, up to a chunk's rows
     * @param out is set to the keys' bytes, in the type of the last {@link #slotsOf}; valid until this index gets another key
     *     or is cleared
     */
    public void readKeys(int[] slots, int from, int count, BytesColumn out) {
        out.wrap(heap.buffer(), keyType);
        int[] starts = out.starts();
        int[] ends = out.ends();
        for (int row = 0; row < count; row++) {
            int slot = slots[from + row];
            starts[row] = heap.start(slot);
            ends[row] = heap.end(slot);
        }
    }

    /**
     * A key as text.
     *
     * @param slot of the key
     * @return a new String; invalid UTF-8 becomes U+FFFD
     */
    public String keyAt(int slot) {
        byte[] bytes = new byte[heap.end(slot) - heap.start(slot)];
        heap.buffer().getBytes(heap.start(slot), bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Forget all keys. The memory is kept for the next ones, unless it stood mostly empty for many clears. */
    public void clear() {
        heap.clear();
        int keep = shrinkRule.capacityToKeep(size, maxKeys);
        firstId += size;
        size = 0;
        if (BucketCount.forKeys(keep) <= bucketMask) {
            allocate(BucketCount.forKeys(keep));
            hashes = new int[MIN_KEYS];
        }
        if (firstId > MAX_ID) {
            Arrays.fill(buckets, 0);
            firstId = 1;
        }
    }

    /** Free the keys' bytes. The index is empty and refuses new keys. Later calls do nothing. */
    @Override
    public void close() {
        clear();
        heap.close();
    }
}

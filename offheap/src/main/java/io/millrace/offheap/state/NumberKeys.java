package io.millrace.offheap.state;

import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.table.KeyHash;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/** Keys that are Integers, or Longs: the number is the entry's key word. */
final class NumberKeys extends KeyTable {
    static final int INTEGERS = 0;
    static final int LONGS = 1;

    /** Asked when a key is not resident; gives it a slot. */
    @FunctionalInterface
    interface Misses {
        int slotOf(NumberKeys table, long key, int hash);
    }

    /** Of the rows of a chunk: hashes, the buckets first looked at, the slots that have the hash (-1 for none), and which rows are not settled by them. */
    private final int[] hashes = new int[Chunk.MAX_ROWS];

    private final long[] homes = new long[Chunk.MAX_ROWS];
    private final int[] slots = new int[Chunk.MAX_ROWS];
    private final int[] otherRows = new int[Chunk.MAX_ROWS];

    NumberKeys(int kind, Room room, boolean tracksTimes) {
        super(kind, room, tracksTimes);
    }

    static int hash(long key) {
        return spread(KeyHash.of(key));
    }

    /**
     * The handles of a chunk's keys, each marked as asked for in this batch. Loops of their own, so that loads of memory do not wait
     * for each other: the bucket where each key is looked for first, the slot that has its hash, the entries of those slots; then
     * the other keys, which are new or share a hash, one by one.
     */
    void handlesOf(long[] keys, int rows, int[] handles, int stamp, Misses misses) {
        loadBuckets(keys, rows);
        findSlots(rows);
        int others = findEntries(keys, rows, handles, stamp);
        for (int i = 0; i < others; i++) {
            int row = otherRows[i];
            int slot = find(keys[row], hashes[row]);
            if (slot < 0) {
                slot = misses.slotOf(this, keys[row], hashes[row]);
            }
            mark(slot, stamp);
            handles[row] = handle(slot);
        }
    }

    private void loadBuckets(long[] keys, int rows) {
        SlotIndex.Segment[] directory = index.directory();
        int shift = index.shift();
        for (int row = 0; row < rows; row++) {
            int hash = hash(keys[row]);
            SlotIndex.Segment segment = directory[hash >>> shift];
            hashes[row] = hash;
            homes[row] = segment.bucket(hash & segment.mask);
        }
    }

    /** The first slot with a row's hash: mostly the one at home, which is loaded, or a neighbour in its cache line. */
    private void findSlots(int rows) {
        SlotIndex.Segment[] directory = index.directory();
        int shift = index.shift();
        for (int row = 0; row < rows; row++) {
            int hash = hashes[row];
            long bucket = homes[row];
            if ((int) (bucket >>> 32) != hash && bucket != 0) {
                SlotIndex.Segment segment = directory[hash >>> shift];
                int at = hash;
                do {
                    at++;
                    bucket = segment.bucket(at & segment.mask);
                } while ((int) (bucket >>> 32) != hash && bucket != 0);
            }
            slots[row] = (int) bucket - 1;
        }
    }

    /** The handles of keys that are at those slots; how many are not. */
    private int findEntries(long[] keys, int rows, int[] handles, int stamp) {
        UnsafeBuffer[] buffers = pages.buffers();
        int others = 0;
        for (int row = 0; row < rows; row++) {
            int slot = slots[row];
            if (slot >= 0) {
                UnsafeBuffer page = buffers[slot >>> EntryPages.PAGE_SHIFT];
                int entry = EntryPages.at(slot);
                if (page.getLong(entry + Entry.KEY) == keys[row]) {
                    mark(page, entry + Entry.PINS, stamp);
                    handles[row] = handle(slot);
                    continue;
                }
            }
            otherRows[others++] = row;
        }
        return others;
    }

    /** The slot of a key, or -1. */
    int find(long key, int hash) {
        SlotIndex.Segment segment = index.directory()[hash >>> index.shift()];
        int at = hash & segment.mask;
        for (long bucket = segment.bucket(at); bucket != 0; bucket = segment.bucket(at)) {
            int slot = (int) bucket - 1;
            if ((int) (bucket >>> 32) == hash && numberAt(slot) == key) {
                return slot;
            }
            at = at + 1 & segment.mask;
        }
        return -1;
    }

    long numberAt(int slot) {
        return pages.page(slot).getLong(EntryPages.at(slot) + Entry.KEY);
    }

    static byte[] coldKey(long key) {
        byte[] bytes = new byte[Long.BYTES];
        new UnsafeBuffer(bytes).putLong(0, key, ByteOrder.LITTLE_ENDIAN);
        return bytes;
    }

    static long number(byte[] coldKey) {
        return new UnsafeBuffer(coldKey).getLong(0, ByteOrder.LITTLE_ENDIAN);
    }

    private Object boxed(long key) {
        return kind == INTEGERS ? (Object) (int) key : (Object) key;
    }

    @Override
    Object keyAt(int slot) {
        return boxed(numberAt(slot));
    }

    @Override
    byte[] coldKeyAt(int slot) {
        return coldKey(numberAt(slot));
    }

    @Override
    int findCold(byte[] key) {
        long number = number(key);
        return find(number, hash(number));
    }

    @Override
    Object keyOf(byte[] key) {
        return boxed(number(key));
    }

    @Override
    void freeKey(int slot) {}
}

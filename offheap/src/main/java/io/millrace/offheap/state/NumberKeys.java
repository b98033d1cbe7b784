package io.millrace.offheap.state;

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

    /** Written so that the loads are not left out. */
    private long loaded;

    NumberKeys(int kind, Room room, boolean tracksTimes) {
        super(kind, room, tracksTimes);
    }

    static int hash(long key) {
        return spread(KeyHash.of(key));
    }

    /**
     * Load the bucket where each key is looked for first. Loads that do not wait for each other are under way at the same time; in
     * the loop behind this one a wrong guess of the processor's would hold up each until the one before is there (a million keys:
     * 75 ns a key without this, 32 with it).
     */
    private void loadBuckets(long[] keys, int rows) {
        SlotIndex.Segment[] directory = index.directory();
        int shift = index.shift();
        long sum = 0;
        for (int row = 0; row < rows; row++) {
            int hash = hash(keys[row]);
            SlotIndex.Segment segment = directory[hash >>> shift];
            sum += segment.bucket(hash & segment.mask);
        }
        loaded = sum;
    }

    /** The handles of a chunk's keys, each marked as asked for in this batch. */
    void handlesOf(long[] keys, int rows, int[] handles, int stamp, Misses misses) {
        loadBuckets(keys, rows);
        SlotIndex.Segment[] directory = index.directory();
        UnsafeBuffer[] buffers = pages.buffers();
        int shift = index.shift();
        int row = 0;
        while (row < rows) {
            long key = keys[row];
            int hash = hash(key);
            SlotIndex.Segment segment = directory[hash >>> shift];
            int mask = segment.mask;
            int at = hash & mask;
            int slot = -1;
            for (long bucket = segment.bucket(at); bucket != 0; bucket = segment.bucket(at)) {
                if ((int) (bucket >>> 32) == hash) {
                    int found = (int) bucket - 1;
                    UnsafeBuffer page = buffers[found >>> EntryPages.PAGE_SHIFT];
                    int entry = EntryPages.at(found);
                    if (page.getLong(entry + Entry.KEY) == key) {
                        slot = found;
                        int pins = page.getInt(entry + Entry.PINS);
                        if (pins >>> Entry.STAMP_SHIFT != stamp) {
                            page.putInt(entry + Entry.PINS, pins & Entry.MAX_PINS | stamp << Entry.STAMP_SHIFT);
                        }
                        break;
                    }
                }
                at = at + 1 & mask;
            }
            if (slot < 0) {
                slot = misses.slotOf(this, key, hash);
                directory = index.directory();
                buffers = pages.buffers();
                shift = index.shift();
            }
            handles[row++] = handle(slot);
        }
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

package io.millrace.offheap.state;

import io.millrace.offheap.table.KeyHash;
import java.util.Arrays;

/** Keys that only {@code equals} and {@code hashCode} know: held as the objects they are, and never evicted. */
final class ObjectKeys extends KeyTable {
    static final int KIND = 3;

    private Object[] keys = new Object[64];

    ObjectKeys(Room room, boolean tracksTimes) {
        super(KIND, room, tracksTimes);
    }

    static int hash(Object key) {
        return spread(KeyHash.of(key));
    }

    /** The slot of a key, or -1. */
    int find(Object key, int hash) {
        SlotIndex.Segment segment = index.directory()[hash >>> index.shift()];
        int at = hash & segment.mask;
        for (long bucket = segment.bucket(at); bucket != 0; bucket = segment.bucket(at)) {
            int slot = (int) bucket - 1;
            if ((int) (bucket >>> 32) == hash && key.equals(keys[slot])) {
                return slot;
            }
            at = at + 1 & segment.mask;
        }
        return -1;
    }

    void set(int slot, Object key) {
        if (slot >= keys.length) {
            keys = Arrays.copyOf(keys, Math.max(slot + 1, 2 * keys.length));
        }
        keys[slot] = key;
    }

    @Override
    Object keyAt(int slot) {
        return keys[slot];
    }

    @Override
    byte[] coldKeyAt(int slot) {
        throw new IllegalStateException("keys without bytes are never evicted");
    }

    @Override
    int findCold(byte[] key) {
        return -1;
    }

    @Override
    Object keyOf(byte[] key) {
        throw new IllegalStateException("keys without bytes are never evicted");
    }

    @Override
    void freeKey(int slot) {
        keys[slot] = null;
    }
}

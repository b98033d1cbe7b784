package io.millrace.offheap.state;

import io.millrace.offheap.codec.UnreadableRecordException;
import io.millrace.offheap.table.KeyHash;
import java.util.Arrays;

/**
 * Keys that only {@code equals} and {@code hashCode} know: held as the objects they are, on the heap. The cold store has them by hash
 * code, see {@link ObjectBuckets}; those that cannot become bytes, or become others by it, are never evicted.
 */
final class ObjectKeys extends KeyTable {
    static final int KIND = 3;

    private final ObjectBytes objects;
    private final HeapWarning warning;
    private Object[] keys = new Object[64];

    ObjectKeys(String operator, Room room, boolean tracksTimes, ObjectBytes objects) {
        super(KIND, room, tracksTimes);
        this.objects = objects;
        this.warning = new HeapWarning(operator, "keys");
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
        return objects.bytesOf(keys[slot]);
    }

    /** As {@link #coldKeyAt}; null, with a warning for the first one, if the key would not be found again by these bytes. */
    byte[] safeColdKeyAt(int slot) {
        Object key = keys[slot];
        try {
            byte[] bytes = coldKeyAt(slot);
            Object again = objects.read(bytes);
            if (key.equals(again) && again.equals(key) && key.hashCode() == again.hashCode()) {
                return bytes;
            }
            warning.about(key, "what is made from its bytes does not equal it; give the class equals and hashCode");
        } catch (IllegalArgumentException | UnreadableRecordException unwritable) {
            warning.about(key, unwritable.getMessage());
        }
        return null;
    }

    @Override
    int findCold(byte[] key) {
        Object wanted = keyOf(key);
        return find(wanted, hash(wanted));
    }

    @Override
    Object keyOf(byte[] key) {
        return objects.read(key);
    }

    @Override
    void freeKey(int slot) {
        keys[slot] = null;
    }
}

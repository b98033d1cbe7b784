package io.millrace.offheap.state;

import java.util.function.IntFunction;

/**
 * The cold stores behind a table, one for each kind of keys, opened when the first key goes there. Keys are given as bytes; that of
 * objects has them by hash code. Without a way to open them it never has a key.
 */
final class ColdTier implements AutoCloseable {
    static final int KINDS = Entries.KINDS;

    private final IntFunction<ColdStore> open;
    private final ObjectBytes objects;
    private final ObjectBuckets buckets;
    private final ColdStore[] stores = new ColdStore[KINDS];
    private final long[] keys = new long[KINDS];
    private long reads;

    ColdTier(IntFunction<ColdStore> open, ObjectBytes objects) {
        this.open = open;
        this.objects = objects;
        this.buckets = new ObjectBuckets(objects);
    }

    /** Whether keys may go there. */
    boolean isThere() {
        return open != null;
    }

    boolean hasKeys(int kind) {
        return keys[kind] > 0;
    }

    /** A value in an array of its own, or null. */
    byte[] get(int kind, byte[] key) {
        if (kind == ObjectKeys.KIND) {
            return getObject(objects.read(key));
        }
        reads++;
        byte[] value = stores[kind].get(key);
        return value == null ? null : value.clone();
    }

    /** As {@link #get}, of a key that is an object. */
    byte[] getObject(Object key) {
        reads++;
        return peekObject(key);
    }

    /** As {@link #get}, for others than the owner; of a key that is no object. */
    byte[] peek(int kind, byte[] key) {
        return stores[kind].get(key);
    }

    /** As {@link #getObject}, for others than the owner. */
    byte[] peekObject(Object key) {
        byte[] bucket = stores[ObjectKeys.KIND].get(ObjectBuckets.at(key));
        return bucket == null ? null : buckets.formOf(bucket, key);
    }

    /** Set the value of a key that is no object. */
    void put(int kind, byte[] key, byte[] value, boolean isNew) {
        store(kind).put(key, value);
        keys[kind] += isNew ? 1 : 0;
    }

    /** Set the value of a key that is an object; false if there are too many with its hash code. */
    boolean tryPutObject(Object key, byte[] bytes, byte[] value, boolean isNew) {
        byte[] at = ObjectBuckets.at(key);
        byte[] bucket = store(ObjectKeys.KIND).get(at);
        if (isNew && bucket != null && buckets.isFull(bucket)) {
            return false;
        }
        byte[] one = buckets.of(bytes, value);
        if (bucket != null) {
            one = buckets.both(isNew ? bucket : buckets.without(bucket, key), one);
        }
        stores[ObjectKeys.KIND].put(at, one);
        keys[ObjectKeys.KIND] += isNew ? 1 : 0;
        return true;
    }

    private ColdStore store(int kind) {
        if (stores[kind] == null) {
            stores[kind] = open.apply(keyBytes(kind));
        }
        return stores[kind];
    }

    private static int keyBytes(int kind) {
        return switch (kind) {
            case NumberKeys.INTEGERS, NumberKeys.LONGS -> Long.BYTES;
            case ObjectKeys.KIND -> Integer.BYTES;
            default -> 0;
        };
    }

    /** Take out a key that is no object. */
    void remove(int kind, byte[] key) {
        if (stores[kind].remove(key)) {
            keys[kind]--;
        }
    }

    /** Take out a key that is an object. */
    void removeObject(Object key) {
        ColdStore store = stores[ObjectKeys.KIND];
        byte[] at = ObjectBuckets.at(key);
        byte[] bucket = store.get(at);
        byte[] left = bucket == null ? null : buckets.without(bucket, key);
        if (left == bucket) {
            return;
        }
        if (left.length == 0) {
            store.remove(at);
        } else {
            store.put(at, left);
        }
        keys[ObjectKeys.KIND]--;
    }

    /** Keys of all stores, those that are resident as well among them. */
    long keys() {
        return keys[0] + keys[1] + keys[2] + keys[3];
    }

    long bytes() {
        long bytes = 0;
        for (ColdStore store : stores) {
            bytes += store == null ? 0 : store.bytes();
        }
        return bytes;
    }

    long reads() {
        return reads;
    }

    int migrate(int entries) {
        int moved = 0;
        for (ColdStore store : stores) {
            if (store != null && moved < entries) {
                moved += store.migrate(entries - moved);
            }
        }
        return moved;
    }

    int sections() {
        int sections = 0;
        for (int kind = 0; kind < KINDS; kind++) {
            sections += sections(kind);
        }
        return sections;
    }

    private int sections(int kind) {
        return hasKeys(kind) ? stores[kind].sections() : 0;
    }

    /** The kind of the keys in a section. */
    int kindOf(int section) {
        int kind = 0;
        int left = section;
        while (left >= sections(kind)) {
            left -= sections(kind++);
        }
        return kind;
    }

    void scan(int section, ColdStore.Visitor visitor) {
        int kind = kindOf(section);
        int inStore = section;
        for (int before = 0; before < kind; before++) {
            inStore -= sections(before);
        }
        boolean isOfObjects = kind == ObjectKeys.KIND;
        stores[kind].scan(inStore, isOfObjects ? (hash, bucket) -> buckets.forEach(bucket, visitor) : visitor);
    }

    @Override
    public void close() {
        for (int kind = 0; kind < KINDS; kind++) {
            if (stores[kind] != null) {
                stores[kind].close();
                stores[kind] = null;
                keys[kind] = 0;
            }
        }
    }
}

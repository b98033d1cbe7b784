package io.millrace.offheap.state;

import java.util.function.IntFunction;

/**
 * The cold stores behind a table, one for each kind of keys that has bytes, opened when the first key goes there. Without a way to
 * open them it never has a key.
 */
final class ColdTier implements AutoCloseable {
    static final int KINDS = 3;

    private final IntFunction<ColdStore> open;
    private final ColdStore[] stores = new ColdStore[KINDS];
    private final long[] keys = new long[KINDS];
    private long reads;

    ColdTier(IntFunction<ColdStore> open) {
        this.open = open;
    }

    /** Whether keys may go there. */
    boolean isThere() {
        return open != null;
    }

    boolean hasKeys(int kind) {
        return kind < KINDS && keys[kind] > 0;
    }

    /** A value in an array of its own, or null. */
    byte[] get(int kind, byte[] key) {
        reads++;
        byte[] value = stores[kind].get(key);
        return value == null ? null : value.clone();
    }

    /** As {@link #get}, for others than the owner. */
    byte[] peek(int kind, byte[] key) {
        return stores[kind].get(key);
    }

    void put(int kind, byte[] key, byte[] value, boolean isNew) {
        if (stores[kind] == null) {
            stores[kind] = open.apply(kind == BytesKeys.KIND ? 0 : Long.BYTES);
        }
        stores[kind].put(key, value);
        keys[kind] += isNew ? 1 : 0;
    }

    void remove(int kind, byte[] key) {
        if (stores[kind].remove(key)) {
            keys[kind]--;
        }
    }

    /** Keys of all stores, those that are resident as well among them. */
    long keys() {
        return keys[0] + keys[1] + keys[2];
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
        stores[kind].scan(inStore, visitor);
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

package io.millrace.engine.state;

import io.millrace.offheap.state.KeyedStore;
import java.util.Arrays;
import java.util.BitSet;

/** Some of the keys of a store, by their handles, each once, in the order of first sight. Owner: one thread. */
public final class KeySet {
    private static final int KINDS = 4;

    private final BitSet[] seen = new BitSet[KINDS];
    private int[] handles = new int[64];
    private int size;

    /** No keys. */
    public KeySet() {
        for (int kind = 0; kind < KINDS; kind++) {
            seen[kind] = new BitSet();
        }
    }

    /** Add keys; those that are in already change nothing. */
    public void addAll(int[] more, int count) {
        if (size + count > handles.length) {
            handles = Arrays.copyOf(handles, Math.max(size + count, 2 * handles.length));
        }
        for (int i = 0; i < count; i++) {
            BitSet ofKind = seen[KeyedStore.kindOf(more[i])];
            int slot = KeyedStore.slotOf(more[i]);
            if (!ofKind.get(slot)) {
                ofKind.set(slot);
                handles[size++] = more[i];
            }
        }
    }

    /** How many keys there are. */
    public int size() {
        return size;
    }

    /** Copy some of the handles. */
    public void read(int from, int count, int[] into) {
        System.arraycopy(handles, from, into, 0, count);
    }

    /** Whether a key is in. */
    public boolean contains(int handle) {
        return seen[KeyedStore.kindOf(handle)].get(KeyedStore.slotOf(handle));
    }

    /** Have no keys. */
    public void clear() {
        for (int i = 0; i < size; i++) {
            seen[KeyedStore.kindOf(handles[i])].clear(KeyedStore.slotOf(handles[i]));
        }
        size = 0;
    }
}

package io.millrace.offheap.pane;

import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.state.KeyedStore;
import java.util.Arrays;

/**
 * A value for some of the keys of a store, by their handles. All values can be forgotten at once, at no cost: a value counts if it has the
 * stamp of now. Changes can be taken back up to the last {@link #commit}.
 *
 * <p>Owner: one thread. Memory: 12 bytes per slot of the store, off the heap, once a key has a value.
 */
public final class KeyColumn implements AutoCloseable {
    private static final int KINDS = 4;

    private final MemoryLedger ledger;
    private final KindColumn[] kinds = new KindColumn[KINDS];
    private ElementType type;
    private int now = 1;
    private int committedNow = 1;
    private int[] changed = new int[64];
    private int[] oldStamps = new int[64];
    private long[] oldBits = new long[64];
    private Object[] oldObjects = {};
    private int changes;

    /**
     * No values.
     *
     * @param type of the values: of the long or double lane, or REF
     * @param ledger pays for them, as {@link io.millrace.offheap.memory.MemoryUse#PANE}
     */
    public KeyColumn(ElementType type, MemoryLedger ledger) {
        this.type = type;
        this.ledger = ledger;
        for (int kind = 0; kind < KINDS; kind++) {
            kinds[kind] = new KindColumn(new Numbers(ledger), new Cells(type, ledger));
        }
    }

    /** The values of one kind of keys, by slot, and when they were set. */
    private record KindColumn(Numbers stamps, Cells values) {
        boolean has(int slot, int now) {
            return slot < values.capacity() && stamps.get(slot) == now;
        }

        void ensure(int slots) {
            values.ensure(slots);
            stamps.ensure(values.capacity());
        }

        void close() {
            stamps.close();
            values.close();
        }
    }

    private KindColumn kindOf(int handle) {
        return kinds[KeyedStore.kindOf(handle)];
    }

    /** What the values are. */
    public ElementType type() {
        return type;
    }

    /** Whether a key has a value. */
    public boolean has(int handle) {
        return kindOf(handle).has(KeyedStore.slotOf(handle), now);
    }

    /** Put a key's value into a row of a column of this one's lane. It has one. */
    public void read(int handle, Column into, int row) {
        kindOf(handle).values.read(KeyedStore.slotOf(handle), into, row);
    }

    /**
     * The values of a chunk's keys.
     *
     * @param there is set for each row: whether its key has a value
     * @param into a column of this one's lane; of rows without a value it means nothing
     */
    public void readAll(int[] handles, int rows, boolean[] there, Column into) {
        for (int row = 0; row < rows; row++) {
            there[row] = has(handles[row]);
        }
        for (int from = 0; from < rows; ) {
            int to = endOfKind(handles, from, rows);
            kindOf(handles[from]).values.readEach(handles, from, to, there, into);
            from = to;
        }
    }

    /** Where keys of another kind than that of row {@code from} begin. */
    private static int endOfKind(int[] handles, int from, int rows) {
        int kind = KeyedStore.kindOf(handles[from]);
        int to = from + 1;
        while (to < rows && KeyedStore.kindOf(handles[to]) == kind) {
            to++;
        }
        return to;
    }

    /**
     * Give a key a value, from a row of a column of this type.
     *
     * @throws io.millrace.offheap.memory.MemoryLimitException if there is no room; nothing was changed
     */
    public void write(int handle, Column from, int row) {
        KindColumn kind = kindOf(handle);
        int slot = KeyedStore.slotOf(handle);
        kind.ensure(slot + 1);
        log(handle, kind, slot);
        kind.values.write(slot, from, row);
        kind.stamps.set(slot, now);
    }

    /**
     * Give each key of a chunk a value, from the rows of a column of this type.
     *
     * @param handles of the keys, each at most once
     * @throws io.millrace.offheap.memory.MemoryLimitException if there is no room; roll back
     */
    public void writeAll(int[] handles, Column from, int rows) {
        for (int row = 0; row < rows; row++) {
            kindOf(handles[row]).ensure(KeyedStore.slotOf(handles[row]) + 1);
        }
        ensureChanges(rows);
        for (int row = 0; row < rows; row++) {
            KindColumn kind = kindOf(handles[row]);
            int slot = KeyedStore.slotOf(handles[row]);
            log(handles[row], kind, slot);
            kind.stamps.set(slot, now);
        }
        for (int row = 0; row < rows; ) {
            int to = endOfKind(handles, row, rows);
            kindOf(handles[row]).values.writeEach(handles, row, to, from);
            row = to;
        }
    }

    /** Take a key's value away. */
    public void remove(int handle) {
        if (has(handle)) {
            KindColumn kind = kindOf(handle);
            int slot = KeyedStore.slotOf(handle);
            log(handle, kind, slot);
            kind.stamps.set(slot, 0);
        }
    }

    private void ensureChanges(int more) {
        if (changes + more > changed.length) {
            int larger = Math.max(changes + more, 2 * changed.length);
            changed = Arrays.copyOf(changed, larger);
            oldStamps = Arrays.copyOf(oldStamps, larger);
            oldBits = Arrays.copyOf(oldBits, larger);
        }
        if (type == ElementType.REF && oldObjects.length < changed.length) {
            oldObjects = Arrays.copyOf(oldObjects, changed.length);
        }
    }

    private void log(int handle, KindColumn kind, int slot) {
        ensureChanges(1);
        changed[changes] = handle;
        oldStamps[changes] = kind.stamps.get(slot);
        if (type == ElementType.REF) {
            oldObjects[changes] = kind.values.object(slot);
        } else {
            oldBits[changes] = kind.values.bits(slot);
        }
        changes++;
    }

    /** Forget all values. */
    public void clear() {
        now++;
    }

    /** What was changed stays. */
    public void commit() {
        forgetChanges();
        committedNow = now;
    }

    /** All values are as they were at the last commit. */
    public void rollback() {
        while (changes > 0) {
            changes--;
            KindColumn kind = kindOf(changed[changes]);
            int slot = KeyedStore.slotOf(changed[changes]);
            kind.stamps.set(slot, oldStamps[changes]);
            if (type == ElementType.REF) {
                kind.values.setObject(slot, oldObjects[changes]);
            } else {
                kind.values.setBits(slot, oldBits[changes]);
            }
        }
        forgetChanges();
        now = committedNow;
    }

    private void forgetChanges() {
        Arrays.fill(oldObjects, null);
        changes = 0;
    }

    /** Hold the values as objects from now on. */
    public void turn() {
        if (type == ElementType.REF) {
            return;
        }
        oldObjects = new Object[changed.length];
        for (int i = 0; i < changes; i++) {
            oldObjects[i] = boxed(oldBits[i]);
        }
        for (int kind = 0; kind < KINDS; kind++) {
            Cells values = kinds[kind].values;
            kinds[kind] = new KindColumn(kinds[kind].stamps, values.turned(values.capacity()));
        }
        type = ElementType.REF;
    }

    private Object boxed(long bits) {
        return switch (type.lane()) {
            case LONG -> type.boxed(bits);
            default -> type.boxed(Double.longBitsToDouble(bits));
        };
    }

    @Override
    public void close() {
        for (KindColumn kind : kinds) {
            kind.close();
        }
        forgetChanges();
    }
}

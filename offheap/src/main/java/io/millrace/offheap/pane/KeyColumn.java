package io.millrace.offheap.pane;

import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.state.KeyedStore;
import java.util.Arrays;

/**
 * A value for some of the keys of a store, by their handles. All values can be forgotten at once, at no cost: a value counts if it has the stamp of now.
 * Changes can be taken back up to the last {@link #commit}.
 *
 * <p>Owner: one thread. Memory: 12 bytes per slot of the store, off the heap, once a key has a value.
 */
public final class KeyColumn implements AutoCloseable {
    private static final int KINDS = 4;

    private final MemoryLedger ledger;
    private final Numbers[] stamps = new Numbers[KINDS];
    private final Cells[] values = new Cells[KINDS];
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
            stamps[kind] = new Numbers(ledger);
            values[kind] = new Cells(type, ledger);
        }
    }

    /** What the values are. */
    public ElementType type() {
        return type;
    }

    /** Whether a key has a value. */
    public boolean has(int handle) {
        int kind = KeyedStore.kindOf(handle);
        int slot = KeyedStore.slotOf(handle);
        return slot < values[kind].capacity() && stamps[kind].get(slot) == now;
    }

    /** Put a key's value into a row of a column of this one's lane. It has one. */
    public void read(int handle, Column into, int row) {
        values[KeyedStore.kindOf(handle)].read(KeyedStore.slotOf(handle), into, row);
    }

    /**
     * Give a key a value, from a row of a column of this type.
     *
     * @throws io.millrace.offheap.memory.MemoryLimitException if there is no room; nothing was changed
     */
    public void write(int handle, Column from, int row) {
        int kind = KeyedStore.kindOf(handle);
        int slot = KeyedStore.slotOf(handle);
        values[kind].ensure(slot + 1);
        stamps[kind].ensure(values[kind].capacity());
        log(handle, kind, slot);
        values[kind].write(slot, from, row);
        stamps[kind].set(slot, now);
    }

    /** Take a key's value away. */
    public void remove(int handle) {
        if (has(handle)) {
            int kind = KeyedStore.kindOf(handle);
            int slot = KeyedStore.slotOf(handle);
            log(handle, kind, slot);
            stamps[kind].set(slot, 0);
        }
    }

    private void log(int handle, int kind, int slot) {
        if (changes == changed.length) {
            changed = Arrays.copyOf(changed, 2 * changes);
            oldStamps = Arrays.copyOf(oldStamps, 2 * changes);
            oldBits = Arrays.copyOf(oldBits, 2 * changes);
        }
        changed[changes] = handle;
        oldStamps[changes] = stamps[kind].get(slot);
        if (type == ElementType.REF) {
            if (changes >= oldObjects.length) {
                oldObjects = Arrays.copyOf(oldObjects, changed.length);
            }
            oldObjects[changes] = values[kind].object(slot);
        } else {
            oldBits[changes] = values[kind].bits(slot);
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
            int kind = KeyedStore.kindOf(changed[changes]);
            int slot = KeyedStore.slotOf(changed[changes]);
            stamps[kind].set(slot, oldStamps[changes]);
            if (type == ElementType.REF) {
                values[kind].setObject(slot, oldObjects[changes]);
            } else {
                values[kind].setBits(slot, oldBits[changes]);
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
            values[kind] = values[kind].turned(values[kind].capacity());
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
        for (int kind = 0; kind < KINDS; kind++) {
            stamps[kind].close();
            values[kind].close();
        }
        forgetChanges();
    }
}

package io.millrace.engine.key;

import io.millrace.engine.function.LanePolicy;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.RefColumn;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryLimitException;
import io.millrace.offheap.table.ArrayKeys;

/**
 * Gives each distinct key a slot, 0, 1, 2 … as first seen, whatever the keys are. The first column picks how they are held;
 * keys that do not fit turn them all to objects, once and for good. So do text keys for which the off-heap memory is too
 * small: work goes on, slower, on the heap. Slots stay what they are.
 *
 * <p>Owner: one worker at a time.
 */
public final class KeySlots implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(KeySlots.class.getName());

    private final String operator;
    private final MemoryLedger ledger;
    private final LanePolicy policy;
    private RefColumn boxes;
    private KeyTable table;

    /**
     * No keys yet.
     *
     * @param operator whose keys they are, for messages
     */
    public KeySlots(String operator, MemoryLedger ledger, LanePolicy policy) {
        this.operator = operator;
        this.ledger = ledger;
        this.policy = policy;
    }

    /** How many distinct keys there are: the next slot. */
    public int size() {
        return table == null ? 0 : table.size();
    }

    /** The type in which the keys are held; null before the first. */
    public ElementType type() {
        return table == null ? null : table.type();
    }

    /**
     * The slots of the first rows of a column; unknown keys are added.
     *
     * @throws IllegalArgumentException if keys are arrays
     */
    public void slotsOf(Column keys, int rows, int[] slots) {
        ArrayKeys.refuse(operator, keys, rows);
        ElementType type = policy.specialised() ? KeyTable.heldAs(keys.type()) : ElementType.REF;
        if (table == null) {
            table = KeyTable.of(type, ledger);
        } else if (table.type() != type) {
            turn();
        }
        try {
            lookUp(keys, rows, slots);
        } catch (MemoryLimitException full) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the keys of ''{0}'' do not fit the off-heap memory any more and are Java objects from now on: {1}",
                    operator,
                    full.getMessage());
            turn();
            lookUp(keys, rows, slots); // keys that are in already keep their slots
        }
    }

    private void lookUp(Column keys, int rows, int[] slots) {
        if (table.type() == keys.type()) {
            table.slotsOf(keys, rows, slots);
            return;
        }
        if (boxes == null) {
            boxes = new RefColumn();
        }
        for (int row = 0; row < rows; row++) {
            boxes.values()[row] = keys.get(row);
        }
        table.slotsOf(boxes, rows, slots);
        boxes.clear(rows);
    }

    /** Hold the keys as objects from now on. */
    public void turn() {
        if (table != null && table.type() != ElementType.REF) {
            policy.misses().count(operator, table.type());
            KeyTable typed = table;
            table = typed.turned();
            typed.close();
        }
    }

    /** A hash of a slot's key, the same for equal keys that are held alike. */
    public int hash(int slot) {
        return table.hash(slot);
    }

    /** What {@code hashCode} gives for a slot's key: the same however it is held. */
    public int javaHash(int slot) {
        return table.javaHash(slot);
    }

    /** A slot's key as an object. */
    public Object get(int slot) {
        return table.get(slot);
    }

    /**
     * Show the keys of {@code count} slots, {@code order[from]} on.
     *
     * @param into a column of the lane of {@link #type}, at most {@link Chunk#MAX_ROWS}
     */
    public void read(int[] order, int from, int count, Column into) {
        table.read(order, from, count, into);
    }

    /** Forget the keys; the memory is kept for the next ones. */
    public void clear() {
        if (table != null) {
            table.clear();
        }
    }

    @Override
    public void close() {
        if (table != null) {
            table.close();
            table = null;
        }
    }
}

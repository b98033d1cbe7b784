package io.millrace.engine.group;

import io.millrace.engine.key.KeySlots;
import io.millrace.engine.task.ChunkSink;
import io.millrace.engine.task.PairChunks;
import io.millrace.engine.task.RowStore;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.memory.MemoryLedger;
import java.util.Arrays;

/**
 * The values of one input by the slots of their keys. First all rows come in, then they are sorted; after that a slot's values
 * lie together, in the order of the rows.
 *
 * <p>Owner: one thread. Memory: 12 bytes a row and its value.
 */
final class SlotValues implements ChunkSink, AutoCloseable {
    private static final Object[] NONE = {};

    private final String operator;
    private final KeySlots keys;
    private final RowStore values;
    private final Chunk valuesOnly = new Chunk();
    private final int[] slotOfRow = new int[Chunk.MAX_ROWS];
    private int[] slots = new int[Chunk.MAX_ROWS];
    private int[] order;
    private int[] ends;

    /** @param keys of this input, and of those it is brought together with */
    SlotValues(String operator, KeySlots keys, MemoryLedger ledger) {
        this.operator = operator;
        this.keys = keys;
        this.values = new RowStore(ledger);
    }

    @Override
    public void accept(Chunk chunk) {
        PairChunks.check(operator, chunk);
        int rows = chunk.rows();
        int before = values.size();
        if (before + rows > slots.length) {
            slots = Arrays.copyOf(slots, Math.max(before + rows, 2 * slots.length));
        }
        keys.slotsOf(chunk.first(), rows, slotOfRow);
        System.arraycopy(slotOfRow, 0, slots, before, rows);
        valuesOnly.set(chunk.second(), rows);
        values.accept(valuesOnly);
    }

    /** All rows are in, of all inputs: a counting sort, which keeps the order of rows. */
    void sort() {
        int rows = values.size();
        ends = new int[keys.size() + 1];
        order = new int[rows];
        for (int row = 0; row < rows; row++) {
            ends[slots[row] + 1]++;
        }
        for (int slot = 0; slot + 1 < ends.length; slot++) {
            ends[slot + 1] += ends[slot];
        }
        for (int row = 0; row < rows; row++) {
            order[ends[slots[row]]++] = row;
        }
    }

    /** The values of one slot, as objects; an array of its own. */
    Object[] of(int slot) {
        int from = slot == 0 ? 0 : ends[slot - 1];
        int count = ends[slot] - from;
        if (count == 0) {
            return NONE;
        }
        Object[] all = new Object[count];
        for (int i = 0; i < count; i++) {
            all[i] = values.get(order[from + i]);
        }
        return all;
    }

    @Override
    public void close() {
        values.close();
    }
}

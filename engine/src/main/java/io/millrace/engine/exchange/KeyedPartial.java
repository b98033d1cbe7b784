package io.millrace.engine.exchange;

import io.millrace.engine.function.LanePolicy;
import io.millrace.engine.kernel.Merging;
import io.millrace.engine.kernel.SlotFold;
import io.millrace.engine.task.ChunkRows;
import io.millrace.engine.task.ChunkSink;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryLimitException;
import io.millrace.offheap.table.KeyHash;

/**
 * One worker's share of an aggregation by key: a key table and a fold beside it. The first chunk picks the lanes; keys or
 * values that do not fit turn theirs to objects, once and for good. So do text keys for which the off-heap memory is too
 * small: the batch goes on, slower, on the heap.
 *
 * <p>Owner: one worker at a time; read by others only after a barrier.
 */
final class KeyedPartial implements ChunkSink, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(KeyedPartial.class.getName());
    private static final int[] NO_SLOTS = {};

    private final String operator;
    private final Merging merging;
    private final MemoryLedger ledger;
    private final LanePolicy policy;
    private Buffers buffers;
    private KeyTable keys;
    private SlotFold fold;
    private int[] order = NO_SLOTS;
    private int[] partitionEnds = NO_SLOTS;

    KeyedPartial(String operator, Merging merging, MemoryLedger ledger, LanePolicy policy) {
        this.operator = operator;
        this.merging = merging;
        this.ledger = ledger;
        this.policy = policy;
    }

    int size() {
        return keys == null ? 0 : keys.size();
    }

    /** The type of the keys held, null before the first chunk. */
    ElementType keyType() {
        return keys == null ? null : keys.type();
    }

    @Override
    public void accept(Chunk chunk) throws Exception {
        if (!chunk.isPair()) {
            throw new IllegalArgumentException("'" + operator + "' works by key and got the row "
                    + ChunkRows.record(chunk, 0) + ", which is no pair");
        }
        if (buffers == null) {
            buffers = new Buffers(); // made late: most partitions of a wide exchange never see a row
        }
        int rows = chunk.rows();
        findSlots(chunk.first(), rows);
        Column values = chunk.second();
        if (fold == null) {
            fold = merging.foldFor(values.type());
        }
        fold = merging.fold(fold, buffers.slots, values, rows, keys.size(), buffers.valueBoxes);
    }

    private void findSlots(Column column, int rows) {
        ElementType type = policy.specialised() ? KeyTable.heldAs(column.type()) : ElementType.REF;
        if (keys == null) {
            keys = KeyTable.of(type, ledger);
        } else if (keys.type() != type) {
            turnKeys();
        }
        try {
            lookUp(column, rows);
        } catch (MemoryLimitException full) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the keys of ''{0}'' do not fit the off-heap memory any more and are Java objects from now on: {1}",
                    operator,
                    full.getMessage());
            turnKeys();
            lookUp(column, rows); // keys that are in already keep their slots
        }
    }

    private void lookUp(Column column, int rows) {
        if (keys.type() == column.type()) {
            keys.slotsOf(column, rows, buffers.slots);
            return;
        }
        for (int row = 0; row < rows; row++) {
            buffers.keyBoxes.values()[row] = column.get(row);
        }
        keys.slotsOf(buffers.keyBoxes, rows, buffers.slots);
        buffers.keyBoxes.clear(rows);
    }

    /** Hold keys as objects from now on; slots stay. */
    void turnKeys() {
        if (keys != null && keys.type() != ElementType.REF) {
            policy.misses().count(operator, keys.type());
            KeyTable typed = keys;
            keys = typed.turned();
            typed.close();
        }
    }

    /** Sort the slots by partition (a counting sort), so that each owner finds its own in one run. */
    void orderByPartition(int partitions) {
        int size = size();
        if (order.length < size) {
            order = new int[Math.max(size, 2 * order.length)];
        }
        partitionEnds = new int[partitions + 1];
        for (int slot = 0; slot < size; slot++) {
            partitionEnds[KeyHash.partition(keys.hash(slot), partitions) + 1]++;
        }
        for (int partition = 0; partition < partitions; partition++) {
            partitionEnds[partition + 1] += partitionEnds[partition];
        }
        int[] next = partitionEnds.clone();
        for (int slot = 0; slot < size; slot++) {
            order[next[KeyHash.partition(keys.hash(slot), partitions)]++] = slot;
        }
    }

    /** Put everything into one partition, in the order of first sight. */
    void orderAsSeen() {
        int size = size();
        if (order.length < size) {
            order = new int[Math.max(size, 2 * order.length)];
        }
        for (int slot = 0; slot < size; slot++) {
            order[slot] = slot;
        }
        partitionEnds = new int[] {0, size};
    }

    int sizeOf(int partition) {
        return size() == 0 ? 0 : partitionEnds[partition + 1] - partitionEnds[partition];
    }

    /** Read one partition; needs an order. Safe from several threads, each with its own view. */
    void read(int partition, View view, ChunkSink sink) throws Exception {
        if (size() == 0) {
            return;
        }
        view.fit(this);
        int end = partitionEnds[partition + 1];
        for (int at = partitionEnds[partition]; at < end && sink.wantsMore(); ) {
            int rows = Math.min(Chunk.MAX_ROWS, end - at);
            keys.read(order, at, rows, view.keys);
            fold.read(order, at, rows, view.values);
            view.chunk.set(view.keys, view.values, rows);
            sink.accept(view.chunk);
            at += rows;
        }
    }

    void clear() {
        if (keys != null) {
            keys.clear();
        }
        if (fold != null) {
            fold.clear();
        }
    }

    @Override
    public void close() {
        if (keys != null) {
            keys.close();
            keys = null;
        }
        fold = null;
    }

    /** What a writer needs for the chunk at hand. */
    private static final class Buffers {
        private final int[] slots = new int[Chunk.MAX_ROWS];
        private final RefColumn keyBoxes = new RefColumn();
        private final RefColumn valueBoxes = new RefColumn();
    }

    /** The columns that one reading thread fills. */
    static final class View {
        private final Chunk chunk = new Chunk();
        private Column keys;
        private Column values;
        private ElementType keyType;
        private ElementType valueType;

        private void fit(KeyedPartial partial) {
            if (keyType != partial.keys.type()) {
                keyType = partial.keys.type();
                keys = partial.keys.newColumn();
            }
            if (valueType != partial.fold.type()) {
                valueType = partial.fold.type();
                values = switch (valueType.lane()) {
                    case LONG -> new LongColumn();
                    case DOUBLE -> new DoubleColumn();
                    default -> new RefColumn();
                };
            }
        }
    }
}

package io.millrace.engine.exchange;

import io.millrace.engine.function.LanePolicy;
import io.millrace.engine.kernel.Folding;
import io.millrace.engine.kernel.SlotFold;
import io.millrace.engine.key.KeySlots;
import io.millrace.engine.key.KeySpread;
import io.millrace.engine.task.ChunkSink;
import io.millrace.engine.task.ChunkSource;
import io.millrace.engine.task.ChunkView;
import io.millrace.engine.task.PairChunks;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.RefColumn;
import io.millrace.offheap.memory.MemoryLedger;

/**
 * One worker's share of an aggregation by key: key slots and a fold beside them. The first chunk picks the lanes; values that
 * do not fit turn theirs to objects, once and for good.
 *
 * <p>Owner: one worker at a time; read by others only after a barrier.
 */
final class KeyedPartial implements ChunkSink, AutoCloseable {
    private static final int[] NO_SLOTS = {};

    private final String operator;
    private final Folding folding;
    private final KeySlots keys;
    private Buffers buffers;
    private SlotFold fold;
    private int[] order = NO_SLOTS;
    private int[] partitionEnds = NO_SLOTS;

    KeyedPartial(String operator, Folding folding, MemoryLedger ledger, LanePolicy policy) {
        this.operator = operator;
        this.folding = folding;
        this.keys = new KeySlots(operator, ledger, policy);
    }

    int size() {
        return keys.size();
    }

    /** The type of the keys held, null before the first chunk. */
    ElementType keyType() {
        return keys.type();
    }

    @Override
    public void accept(Chunk chunk) throws Exception {
        PairChunks.check(operator, chunk);
        if (buffers == null) {
            buffers = new Buffers(); // made late: most partitions of a wide exchange never see a row
        }
        int rows = chunk.rows();
        keys.slotsOf(chunk.first(), rows, buffers.slots);
        Column values = chunk.second();
        if (fold == null) {
            fold = folding.foldFor(values.type());
        }
        fold = folding.fold(fold, buffers.slots, values, rows, keys.size(), buffers.valueBoxes);
    }

    /** Hold keys as objects from now on; slots stay. */
    void turnKeys() {
        keys.turn();
    }

    /** Sort the slots by partition (a counting sort), so that each owner finds its own in one run. */
    void orderByPartition(KeySpread spread) {
        int size = size();
        int partitions = spread.partitions();
        if (order.length < size) {
            order = new int[Math.max(size, 2 * order.length)];
        }
        partitionEnds = new int[partitions + 1];
        int[] partitionOf = new int[size];
        for (int slot = 0; slot < size; slot++) {
            partitionOf[slot] = spread.partitionOf(keys, slot);
            partitionEnds[partitionOf[slot] + 1]++;
        }
        for (int partition = 0; partition < partitions; partition++) {
            partitionEnds[partition + 1] += partitionEnds[partition];
        }
        int[] next = partitionEnds.clone();
        for (int slot = 0; slot < size; slot++) {
            order[next[partitionOf[slot]]++] = slot;
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

    /** Open one partition; needs an order. Safe from several threads, each with its own view. */
    ChunkSource open(int partition, ChunkView view) {
        return size() == 0 ? ChunkSource.EMPTY : new Reading(partition, view);
    }

    void clear() {
        keys.clear();
        if (fold != null) {
            fold.clear();
        }
    }

    @Override
    public void close() {
        keys.close();
        fold = null;
    }

    /** What a writer needs for the chunk at hand. */
    private static final class Buffers {
        private final int[] slots = new int[Chunk.MAX_ROWS];
        private final RefColumn valueBoxes = new RefColumn();
    }

    private final class Reading implements ChunkSource {
        private final ChunkView view;
        private final int end;
        private int at;

        Reading(int partition, ChunkView view) {
            this.view = view;
            this.at = partitionEnds[partition];
            this.end = partitionEnds[partition + 1];
        }

        @Override
        public boolean next(ChunkSink sink) throws Exception {
            int rows = Math.min(Chunk.MAX_ROWS, end - at);
            if (rows > 0) {
                Column keyColumn = view.first(keys.type());
                Column valueColumn = view.second(fold.type());
                keys.read(order, at, rows, keyColumn);
                fold.read(order, at, rows, valueColumn);
                at += rows;
                view.give(keyColumn, valueColumn, rows, sink);
            }
            return at < end;
        }
    }
}

package io.millrace.jmh.group;

import io.millrace.api.Tuple2;
import io.millrace.engine.task.ChunkSource;
import io.millrace.engine.task.ListRows;
import io.millrace.engine.task.RowStore;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.jmh.data.Randomness;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.memory.MemoryLedger;
import java.util.ArrayList;
import java.util.List;

/** Keyed rows in an order of their own: the same ones as tuples, and in lanes where keys and values are longs. */
final class KeyedRows {
    private final List<Tuple2<Object, Long>> tuples = new ArrayList<>();
    private final boolean areLongs;

    /**
     * Rows whose keys are drawn from so many.
     *
     * @param each whether every key comes equally often, {@code rows / keys} times
     */
    KeyedRows(int rows, int keys, boolean areLongs, boolean each, long seed) {
        this.areLongs = areLongs;
        Randomness random = new Randomness(seed);
        for (int row = 0; row < rows; row++) {
            long key = each ? row % keys : random.below(keys);
            tuples.add(new Tuple2<>(areLongs ? (Object) key : "key-" + key, (long) row));
        }
        for (int row = rows - 1; row > 0; row--) {
            Tuple2<Object, Long> other = tuples.set(random.below(row + 1), tuples.get(row));
            tuples.set(row, other);
        }
    }

    List<Tuple2<Object, Long>> tuples() {
        return tuples;
    }

    /** Longs in their lanes, texts as objects: what a program's own functions give. */
    Rows rows(MemoryLedger ledger) {
        return areLongs ? new InLanes(stored(ledger)) : new ListRows(tuples, 1);
    }

    private RowStore stored(MemoryLedger ledger) {
        RowStore stored = new RowStore(ledger);
        LongColumn keys = new LongColumn();
        LongColumn values = new LongColumn();
        Chunk chunk = new Chunk();
        for (int at = 0; at < tuples.size(); at += Chunk.MAX_ROWS) {
            int rows = Math.min(Chunk.MAX_ROWS, tuples.size() - at);
            for (int row = 0; row < rows; row++) {
                keys.values()[row] = (Long) tuples.get(at + row)._1;
                values.values()[row] = tuples.get(at + row)._2;
            }
            chunk.set(keys, values, rows);
            stored.accept(chunk);
        }
        return stored;
    }

    private record InLanes(RowStore stored) implements Rows {
        @Override
        public int partitionCount() {
            return 1;
        }

        @Override
        public long inputRows() {
            return stored.size();
        }

        @Override
        public boolean isKnownEmpty() {
            return stored.size() == 0;
        }

        @Override
        public ChunkSource open(int partition, WorkerScratch scratch) {
            return stored.open(0, stored.size(), scratch.view());
        }
    }
}

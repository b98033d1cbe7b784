package io.millrace.jmh.state;

import io.millrace.engine.task.ChunkSource;
import io.millrace.engine.task.RowStore;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.jmh.data.Randomness;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.memory.MemoryLedger;

/** Pairs of two longs in one partition, each key once: a batch as it comes to the owner of a key. */
final class LongPairs implements Rows {
    private final long[] keys;
    private final RowStore stored;

    /** So many keys, drawn from a range; the values are all 1. */
    LongPairs(int rows, int range, Randomness random, MemoryLedger ledger) {
        keys = new long[rows];
        stored = new RowStore(ledger);
        int stride = range / rows;
        LongColumn keyColumn = new LongColumn();
        LongColumn values = new LongColumn();
        Chunk chunk = new Chunk();
        for (int row = 0; row < rows; row++) {
            keys[row] = (long) row * stride + random.below(stride); // distinct
        }
        for (int row = rows - 1; row > 0; row--) {
            int other = random.below(row + 1);
            long key = keys[other];
            keys[other] = keys[row];
            keys[row] = key;
        }
        values.fill(1, Chunk.MAX_ROWS);
        for (int at = 0; at < rows; at += Chunk.MAX_ROWS) {
            int count = Math.min(Chunk.MAX_ROWS, rows - at);
            System.arraycopy(keys, at, keyColumn.values(), 0, count);
            chunk.set(keyColumn, values, count);
            stored.accept(chunk);
        }
    }

    long[] keys() {
        return keys;
    }

    @Override
    public int partitionCount() {
        return 1;
    }

    @Override
    public long inputRows() {
        return keys.length;
    }

    @Override
    public boolean isKnownEmpty() {
        return keys.length == 0;
    }

    @Override
    public ChunkSource open(int partition, WorkerScratch scratch) {
        return stored.open(0, stored.size(), scratch.view());
    }
}

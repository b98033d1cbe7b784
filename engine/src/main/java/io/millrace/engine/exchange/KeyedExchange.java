package io.millrace.engine.exchange;

import io.millrace.engine.function.LanePolicy;
import io.millrace.engine.kernel.Aggregation;
import io.millrace.engine.key.KeySpread;
import io.millrace.engine.task.ChunkSink;
import io.millrace.engine.task.ChunkSource;
import io.millrace.engine.task.CountedRows;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.memory.MemoryLedger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where rows change hands by key, without locks. Each worker folds what it reads into a partial of its own; after a barrier
 * the owner of each partition merges that partition's share of all partials. When one worker did all the work its partial
 * is the result, and nothing is merged.
 *
 * <p>Tables keep their memory from batch to batch. Cost: one table probe a row, and one more per key, writer and merge.
 */
public final class KeyedExchange implements BatchExchange {
    private final KeySpread spread;
    private final KeyedPartial[] partials;
    private final KeyedPartial[] merged; // null where no partition was merged yet
    private final Supplier<KeyedPartial> newMerged;
    private KeyedPartial only;

    /**
     * An exchange whose writers fold rows, and whose owners fold what the writers made.
     *
     * @param operator name for messages
     * @param writers how many threads may write
     */
    public KeyedExchange(
            String operator, Aggregation by, KeySpread spread, int writers, MemoryLedger ledger, LanePolicy policy) {
        this.spread = spread;
        this.partials = new KeyedPartial[writers];
        this.merged = new KeyedPartial[spread.partitions()];
        this.newMerged = () -> new KeyedPartial(operator, by.ofPartials(), ledger, policy);
        for (int i = 0; i < writers; i++) {
            partials[i] = new KeyedPartial(operator, by.ofRows(), ledger, policy);
        }
    }

    @Override
    public ChunkSink writer(WorkerScratch scratch, int partition) {
        return partials[scratch.index()];
    }

    @Override
    public void finish(Steps steps) throws Exception {
        agreeOnKeys();
        long rows = partialRows();
        if (rows == 0) {
            return;
        }
        steps.forEach(partials.length, rows, (writer, scratch) -> partials[writer].orderByPartition(spread));
        if (only == null) {
            steps.forEach(spread.partitions(), rows, this::merge);
        }
    }

    /** Equal keys must hash alike, so they must be held alike by all writers. */
    private void agreeOnKeys() {
        only = null;
        int used = 0;
        ElementType type = null;
        boolean mixed = false;
        for (KeyedPartial partial : partials) {
            if (partial.size() > 0) {
                mixed |= type != null && type != partial.keyType();
                type = partial.keyType();
                only = partial;
                used++;
            }
        }
        if (used > 1) {
            only = null;
        }
        if (mixed) {
            for (KeyedPartial partial : partials) {
                partial.turnKeys();
            }
        }
    }

    private long partialRows() {
        long rows = 0;
        for (KeyedPartial partial : partials) {
            rows += partial.size();
        }
        return rows;
    }

    private void merge(int partition, WorkerScratch scratch) throws Exception {
        if (merged[partition] == null) {
            merged[partition] = newMerged.get();
        }
        KeyedPartial into = merged[partition];
        for (KeyedPartial partial : partials) {
            ChunkSource source = partial.open(partition, scratch.view());
            while (source.next(into)) {
                continue;
            }
        }
        into.orderAsSeen();
    }

    @Override
    public Rows result() {
        return new Result();
    }

    @Override
    public void clear() {
        only = null;
        forEachPartial(KeyedPartial::clear);
    }

    @Override
    public void close() {
        forEachPartial(KeyedPartial::close);
    }

    private void forEachPartial(Consumer<KeyedPartial> action) {
        for (KeyedPartial partial : partials) {
            action.accept(partial);
        }
        for (KeyedPartial partial : merged) {
            if (partial != null) {
                action.accept(partial);
            }
        }
    }

    private final class Result implements CountedRows {
        @Override
        public int partitionCount() {
            return spread.partitions();
        }

        @Override
        public long inputRows() {
            long rows = 0;
            for (int partition = 0; partition < spread.partitions(); partition++) {
                rows += sizeOf(partition);
            }
            return rows;
        }

        private int sizeOf(int partition) {
            if (only != null) {
                return only.sizeOf(partition);
            }
            return merged[partition] == null ? 0 : merged[partition].size();
        }

        @Override
        public ChunkSource open(int partition, WorkerScratch scratch) {
            if (only != null) {
                return only.open(partition, scratch.view());
            }
            return merged[partition] == null ? ChunkSource.EMPTY : merged[partition].open(0, scratch.view());
        }
    }
}

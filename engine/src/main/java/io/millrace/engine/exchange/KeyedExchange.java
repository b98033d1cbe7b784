package io.millrace.engine.exchange;

import io.millrace.engine.function.LanePolicy;
import io.millrace.engine.kernel.Merging;
import io.millrace.engine.task.ChunkSink;
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
    private final int partitions;
    private final KeyedPartial[] partials;
    private final KeyedPartial[] merged; // null where no partition was merged yet
    private final Supplier<KeyedPartial> newPartial;
    private KeyedPartial only;

    /**
     * @param operator name for messages
     * @param writers how many threads may write
     */
    public KeyedExchange(
            String operator, Merging merging, int partitions, int writers, MemoryLedger ledger, LanePolicy policy) {
        this.partitions = partitions;
        this.partials = new KeyedPartial[writers];
        this.merged = new KeyedPartial[partitions];
        this.newPartial = () -> new KeyedPartial(operator, merging, ledger, policy);
        for (int i = 0; i < writers; i++) {
            partials[i] = newPartial.get();
        }
    }

    @Override
    public ChunkSink writer(WorkerScratch scratch) {
        return partials[scratch.index()];
    }

    @Override
    public void finish(Steps steps) throws Exception {
        agreeOnKeys();
        long rows = partialRows();
        if (rows == 0) {
            return;
        }
        steps.forEach(partials.length, rows, (writer, scratch) -> partials[writer].orderByPartition(partitions));
        if (only == null) {
            steps.forEach(partitions, rows, this::merge);
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
            merged[partition] = newPartial.get();
        }
        KeyedPartial into = merged[partition];
        KeyedPartial.View view = viewOf(scratch);
        for (KeyedPartial partial : partials) {
            partial.read(partition, view, into);
        }
        into.orderAsSeen();
    }

    private KeyedPartial.View viewOf(WorkerScratch scratch) {
        return scratch.madeFor(this, KeyedPartial.View::new);
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

    private final class Result implements Rows {
        @Override
        public int partitionCount() {
            return partitions;
        }

        @Override
        public long inputRows() {
            long rows = 0;
            for (int partition = 0; partition < partitions; partition++) {
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
        public boolean isKnownEmpty() {
            return inputRows() == 0;
        }

        @Override
        public void read(int partition, WorkerScratch scratch, ChunkSink sink) throws Exception {
            if (only != null) {
                only.read(partition, viewOf(scratch), sink);
            } else if (merged[partition] != null) {
                merged[partition].read(0, viewOf(scratch), sink);
            }
        }
    }
}

package io.millrace.engine.state;

import io.millrace.api.StateOptions;
import io.millrace.engine.exchange.BatchExchange;
import io.millrace.engine.key.KeySpread;
import io.millrace.engine.task.PairChunks;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.state.EntryReader;
import io.millrace.offheap.state.KeyedStore;
import io.millrace.offheap.state.StoreFullException;
import io.millrace.plan.OperatorId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A state for each key, in a store for each partition, and what a batch's rows do to it. */
abstract class KeyedOperator implements StatefulOperator {
    private final OperatorId id;
    private final List<KeyedStore> stores;
    private final Supplier<Rows> initial;
    private final long timeToLiveMs;
    private final long maxKeys;
    private final Rows states;
    private OperatorLog log;
    private long work;
    private boolean isLoaded;
    private boolean isLoading;

    /**
     * An operator that remembers nothing yet.
     *
     * @param stores one for each partition; the operator's from now on
     * @param initial gives states to begin with, partitioned as the stores are; null for none
     * @param bounds for how long a key without data is remembered, and how many keys
     */
    KeyedOperator(OperatorId id, List<KeyedStore> stores, Supplier<Rows> initial, StateOptions bounds) {
        this.id = id;
        this.stores = List.copyOf(stores);
        this.initial = initial;
        this.timeToLiveMs = StoreOpener.ms(bounds.ttl());
        this.maxKeys = bounds.maxKeys();
        this.states = new StoreRows(this.stores);
        this.isLoaded = initial == null;
    }

    @Override
    public final OperatorId id() {
        return id;
    }

    @Override
    public final List<KeyedStore> stores() {
        return stores;
    }

    @Override
    public final Rows states() {
        return states;
    }

    /** Whether the states to begin with are there, or there are none. */
    final boolean isLoaded() {
        return isLoaded || isLoading;
    }

    @Override
    public final void advance(BatchTime time, Rows rows, BatchExchange.Steps steps) throws Exception {
        isLoading = !isLoaded && (rows != null || loadsWithoutRows());
        Rows first = isLoading ? initial.get() : null;
        work = (rows == null ? 0 : rows.inputRows()) + (first == null ? 0 : first.inputRows()) + moreWork();
        begin(time);
        steps.forEach(stores.size(), work, (partition, scratch) -> {
            KeyedStore store = stores.get(partition);
            store.begin(time.timeMs());
            load(store, first, partition, scratch);
            removeOverdue(store, time.timeMs());
            take(time, rows, partition, scratch);
        });
        requireAtMostMaxKeys();
    }

    /** Over all partitions, however the keys lie in them; a batch may remove keys to make room for its own. */
    private void requireAtMostMaxKeys() {
        long keys = 0;
        for (KeyedStore store : stores) {
            keys += store.size();
        }
        if (keys > maxKeys) {
            throw new StoreFullException(
                    "the state of '" + id + "' would have " + keys + " keys after the batch, at most " + maxKeys
                            + " are allowed; remove keys, let them time out, or raise the bound in StateOptions");
        }
    }

    private void load(KeyedStore store, Rows first, int partition, WorkerScratch scratch) throws Exception {
        if (first != null) {
            int[] handles = new int[Chunk.MAX_ROWS];
            first.read(partition, scratch, chunk -> put(store, chunk, handles));
        }
    }

    private void put(KeyedStore store, Chunk chunk, int[] handles) {
        PairChunks.check(id.text(), chunk);
        store.handlesOf(chunk.first(), chunk.rows(), handles);
        Column values = chunk.second();
        for (int row = 0; row < chunk.rows(); row++) {
            store.put(handles[row], values.get(row)); // one by one: a key may come twice, and then the last one counts
        }
    }

    private void removeOverdue(KeyedStore store, long timeMs) {
        if (timeToLiveMs == 0) {
            return;
        }
        int[] handles = new int[Chunk.MAX_ROWS];
        for (int count = store.overdue(timeMs - timeToLiveMs, handles, handles.length);
                count > 0;
                count = store.overdue(timeMs - timeToLiveMs, handles, handles.length)) {
            for (int i = 0; i < count; i++) {
                store.remove(handles[i]);
            }
        }
    }

    /** Whether the states to begin with are there before there are rows. */
    abstract boolean loadsWithoutRows();

    /** How many keys will be visited besides those of the batch. */
    long moreWork() {
        return 0;
    }

    /** A batch begins, on the job thread. */
    void begin(BatchTime time) {}

    /**
     * Take in one partition of a batch.
     *
     * @param rows null if there are none
     */
    abstract void take(BatchTime time, Rows rows, int partition, WorkerScratch scratch) throws Exception;

    @Override
    public void commit(BatchExchange.Steps steps) throws Exception {
        steps.forEach(stores.size(), work, (partition, scratch) -> commit(partition));
        isLoaded |= isLoading;
        isLoading = false;
    }

    private void commit(int partition) {
        if (log == null) {
            stores.get(partition).commit();
        } else {
            stores.get(partition).commit(log.keys().get(partition));
        }
    }

    @Override
    public final OperatorLog keepLog(MemoryLedger ledger) {
        log = new OperatorLog(stores.size(), 0, ledger);
        return log;
    }

    /** The type that values have to have; empty if the function takes any, or does not say. */
    Optional<ElementType> valueType() {
        return Optional.empty();
    }

    @Override
    public final boolean keepsKeys() {
        return true;
    }

    @Override
    public final long logLengthMs() {
        return 0;
    }

    @Override
    public final void restore(LoggedState logged, EntryReader entries, KeySpread spread, BatchExchange.Steps steps) {
        SavedStores.restore(stores, logged, entries, spread, valueType());
        isLoaded = true;
    }

    @Override
    public final void restored(BatchTime last, BatchExchange.Steps steps) {
        isLoaded = true; // the states to begin with were for the first run
    }

    @Override
    public void rollback() {
        stores.stream().filter(KeyedStore::isInBatch).forEach(KeyedStore::rollback);
        isLoading = false;
    }

    @Override
    public void close() {
        stores.forEach(KeyedStore::close);
    }
}

package io.millrace.engine.state;

import io.millrace.api.StateOptions;
import io.millrace.api.Time;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.state.ColdEntry;
import io.millrace.offheap.state.HandleCursor;
import io.millrace.offheap.state.KeyedStore;
import io.millrace.plan.OperatorId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code updateStateByKey}: a call for every key that has data or a state, in each batch. Takes in one row per key, with the list of
 * its values.
 *
 * <p>Cost: a call per key. Keys that are not resident are read from the cold store, at 65 to 100 ns each, and become resident if their
 * state changes; a state that is an object is made bytes to see that, for the function may have changed it in place.
 */
final class UpdateOperator extends KeyedOperator {
    private final UpdateFunction function;
    private final boolean keepsTimes;
    private final List<Partition> partitions = new ArrayList<>();
    private boolean hasResult;

    UpdateOperator(
            OperatorId id,
            UpdateFunction function,
            List<KeyedStore> stores,
            Supplier<Rows> initial,
            StateOptions bounds) {
        super(id, stores, initial, bounds);
        this.function = function;
        this.keepsTimes = bounds.ttl() != null;
        stores.forEach(store -> partitions.add(new Partition(store)));
    }

    @Override
    long moreWork() {
        return states().inputRows();
    }

    @Override
    void begin(BatchTime time) {
        hasResult = isLoaded();
    }

    @Override
    boolean loadsWithoutRows() {
        return false; // a batch without a dataset leaves the states as they are, and if there are none, has none
    }

    @Override
    void take(BatchTime time, Rows rows, int partition, WorkerScratch scratch) throws Exception {
        if (!hasResult) {
            return;
        }
        Partition of = partitions.get(partition);
        try {
            of.update(new Time(time.timeMs()), rows, partition, scratch);
        } finally {
            of.visited.clear();
        }
    }

    @Override
    public Rows result() {
        return hasResult ? states() : null;
    }

    private final class Partition {
        private final KeyedStore store;
        private final KeySet visited = new KeySet();
        private final int[] handles = new int[Chunk.MAX_ROWS];

        Partition(KeyedStore store) {
            this.store = store;
        }

        void update(Time time, Rows rows, int partition, WorkerScratch scratch) throws Exception {
            if (rows != null) {
                rows.read(partition, scratch, chunk -> updateKeysOf(chunk, time));
            }
            store.keepTimes(keepsTimes); // a time to live counts from a key's data, not from what becomes of its state
            try {
                updateOthers(time);
                updateCold(time);
            } finally {
                store.keepTimes(false);
            }
        }

        private void updateKeysOf(Chunk chunk, Time time) {
            store.handlesOf(chunk.first(), chunk.rows(), handles);
            visited.addAll(handles, chunk.rows());
            for (int row = 0; row < chunk.rows(); row++) {
                int handle = handles[row];
                if (keepsTimes && store.exists(handle)) {
                    store.touch(handle);
                }
                set(handle, call(time, handle, (List<?>) chunk.second().get(row)));
            }
        }

        private Optional<?> call(Time time, int handle, List<?> values) {
            return function.call(time, store.keyOf(handle), values, store.valueOf(handle));
        }

        private void set(int handle, Optional<?> state) {
            if (state.isPresent()) {
                store.put(handle, state.get());
            } else {
                store.remove(handle);
            }
        }

        private void updateOthers(Time time) {
            HandleCursor cursor = new HandleCursor();
            for (int count = store.handles(cursor, handles, handles.length);
                    count > 0;
                    count = store.handles(cursor, handles, handles.length)) {
                for (int i = 0; i < count; i++) {
                    if (!visited.contains(handles[i])) {
                        set(handles[i], call(time, handles[i], List.of()));
                    }
                }
            }
        }

        private void updateCold(Time time) {
            List<ColdEntry> entries = new ArrayList<>();
            for (int section = 0; section < store.coldSections(); section++) {
                entries.clear();
                store.coldSection(section, entries);
                for (ColdEntry entry : entries) {
                    Optional<?> state = function.call(time, entry.key(), List.of(), entry.value());
                    if (state.isEmpty() || !store.isUnchanged(entry, state.get())) {
                        set(store.handleOf(entry.key()), state);
                    }
                }
            }
        }
    }
}

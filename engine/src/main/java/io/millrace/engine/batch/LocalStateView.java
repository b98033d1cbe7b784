package io.millrace.engine.batch;

import io.millrace.api.StateView;
import io.millrace.api.Time;
import io.millrace.engine.key.KeySpread;
import io.millrace.engine.physical.StatefulSpec;
import io.millrace.offheap.state.KeyedStore;
import io.millrace.offheap.state.StoreScan;
import io.millrace.offheap.state.StoredValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.agrona.CloseHelper;

/** What one operator remembers, read between batches. Safe from several threads. */
final class LocalStateView implements StateView<Object, Object> {
    private static final int KEYS_AT_A_TIME = 256;

    private final StatefulOperators operators;
    private final List<KeyedStore> stores;
    private final KeySpread spread;

    LocalStateView(StatefulOperators operators, List<KeyedStore> stores, StatefulSpec spec) {
        this.operators = operators;
        this.stores = stores;
        this.spread = new KeySpread(spec.node().id(), spec.partitions(), spec.partitioner());
    }

    @Override
    public Optional<Object> get(Object key) {
        int partition = spread.partitionOf(key);
        return operators.read(() -> stores.get(partition).read(key).map(StoredValue::value));
    }

    @Override
    public void forEach(BiConsumer<? super Object, ? super Object> each) {
        List<StoreScan> scans =
                operators.read(() -> stores.stream().map(KeyedStore::scan).toList());
        try {
            for (StoreScan scan : scans) {
                giveAll(scan, each);
            }
        } finally {
            operators.read(() -> {
                CloseHelper.closeAll(scans);
                return null;
            });
        }
    }

    /** A piece at a time is taken between two batches, and given while they may run. */
    private void giveAll(StoreScan scan, BiConsumer<? super Object, ? super Object> each) {
        List<Object> piece = new ArrayList<>();
        boolean hasMore = true;
        while (hasMore) {
            hasMore = operators.read(() -> scan.next(KEYS_AT_A_TIME, (key, state) -> {
                piece.add(key);
                piece.add(state);
            }));
            for (int i = 0; i < piece.size(); i += 2) {
                each.accept(piece.get(i), piece.get(i + 1));
            }
            piece.clear();
        }
    }

    @Override
    public long size() {
        return operators.read(() -> {
            long keys = 0;
            for (KeyedStore store : stores) {
                keys += store.size();
            }
            return keys;
        });
    }

    @Override
    public Optional<Time> asOf() {
        return Optional.ofNullable(operators.read(operators::asOf));
    }
}

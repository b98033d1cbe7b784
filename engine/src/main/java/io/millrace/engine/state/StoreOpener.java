package io.millrace.engine.state;

import io.millrace.api.Duration;
import io.millrace.engine.function.LanePolicy;
import io.millrace.offheap.codec.ValueCodec;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.state.KeyedStore;
import io.millrace.offheap.state.KeyedStoreConfig;
import io.millrace.plan.OperatorId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes the stores of operators.
 *
 * @param residentBytes what one store may keep in memory
 * @param cold where keys go that are not asked for lately; null keeps all in memory
 */
public record StoreOpener(
        MemoryLedger ledger, LanePolicy policy, Supplier<ValueCodec> codecs, long residentBytes, ColdFiles cold) {
    /**
     * The stores of one operator, empty.
     *
     * @param tracksTimes whether keys are to be found that had no data for a while
     */
    public List<KeyedStore> open(OperatorId operator, int partitions, boolean tracksTimes) {
        List<KeyedStore> stores = new ArrayList<>();
        KeyedStoreConfig config = new KeyedStoreConfig(operator.text(), residentBytes, tracksTimes);
        for (int partition = 0; partition < partitions; partition++) {
            stores.add(new KeyedStore(config, ledger, codecs.get(), cold == null ? null : cold::open));
        }
        return stores;
    }

    /**
     * Stores whose keys stay in memory for as long as somebody holds them, bounded by the ledger alone: nothing could be moved out.
     */
    public List<KeyedStore> openHeld(OperatorId operator, int partitions) {
        return new StoreOpener(ledger, policy, codecs, Long.MAX_VALUE, null).open(operator, partitions, false);
    }

    /** A duration that may be missing. Milliseconds, 0 if it is. */
    static long ms(Duration duration) {
        return duration == null ? 0 : duration.milliseconds();
    }
}

package io.millrace.engine.state;

import io.millrace.engine.key.KeySpread;
import io.millrace.offheap.codec.ValueCodec;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.state.EntryLog;
import io.millrace.offheap.state.EntryReader;
import io.millrace.offheap.state.KeyedStore;
import io.millrace.offheap.state.StoreSave;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes all that stores have, and gives it back to other ones. */
public final class SavedStores {
    private static final int KEYS_AT_A_TIME = 1 << 16;

    private SavedStores() {}

    /** All keys of all stores, some at a time. Between batches. */
    public static void save(List<KeyedStore> stores, MemoryLedger ledger, StateSink sink) throws Exception {
        try (EntryLog some = new EntryLog(ledger)) {
            for (int partition = 0; partition < stores.size(); partition++) {
                save(stores.get(partition), partition, some, sink);
            }
        }
    }

    private static void save(KeyedStore store, int partition, EntryLog some, StateSink sink) throws Exception {
        try (StoreSave save = store.save()) {
            boolean hasMore = true;
            while (hasMore) {
                hasMore = save.next(KEYS_AT_A_TIME, some);
                some.forEachChunk((buffer, offset, length) -> sink.entries(partition, buffer, offset, length));
                some.clear();
            }
        }
    }

    /** Keys go where they belong now, however many partitions there were. Between batches. */
    public static void restore(List<KeyedStore> stores, LoggedState logged, ValueCodec codec, KeySpread spread) {
        stores.forEach(store -> store.begin(logged.timeMs()));
        EntryReader entries = new EntryReader(codec);
        for (LoggedState.Part part : logged.parts()) {
            entries.wrap(new UnsafeBuffer(part.entries()), 0, part.entries().length);
            while (entries.next()) {
                stores.get(spread.partitionOf(entries.key())).load(entries);
            }
        }
        stores.forEach(KeyedStore::commit);
    }
}

package io.millrace.engine.state;

import io.millrace.engine.key.KeySpread;
import io.millrace.offheap.state.EntryReader;
import io.millrace.offheap.state.KeyedStore;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Gives stores what others had. */
public final class SavedStores {
    private SavedStores() {}

    /** Keys go where they belong now, however many partitions there were. Between batches. */
    public static void restore(List<KeyedStore> stores, LoggedState logged, EntryReader entries, KeySpread spread) {
        stores.forEach(store -> store.begin(logged.timeMs()));
        for (LoggedState.Part part : logged.parts()) {
            entries.wrap(new UnsafeBuffer(part.entries()), 0, part.entries().length);
            while (entries.next()) {
                stores.get(spread.partitionOf(entries.key())).load(entries);
            }
        }
        stores.forEach(KeyedStore::commit);
    }
}

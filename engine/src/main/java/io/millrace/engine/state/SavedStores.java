package io.millrace.engine.state;

import io.millrace.engine.key.KeySpread;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.state.EntryReader;
import io.millrace.offheap.state.KeyedStore;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;

/** Gives stores what others had. */
public final class SavedStores {
    private SavedStores() {}

    /**
     * Keys go where they belong now, however many partitions there were. Between batches.
     *
     * @param wanted the type that values have to have; empty if any will do
     * @throws ChangedValueException if they have another
     */
    public static void restore(
            List<KeyedStore> stores,
            LoggedState logged,
            EntryReader entries,
            KeySpread spread,
            Optional<ElementType> wanted) {
        stores.forEach(store -> store.begin(logged.timeMs()));
        for (LoggedState.Part part : logged.parts()) {
            entries.wrap(new UnsafeBuffer(part.entries()), 0, part.entries().length);
            boolean isChecked = wanted.isEmpty();
            while (entries.next()) {
                if (!isChecked && !entries.isRemoved()) {
                    require(wanted.get(), entries.value());
                    isChecked = true; // one value tells of those that were written with it
                }
                stores.get(spread.partitionOf(entries.key())).load(entries);
            }
        }
        stores.forEach(KeyedStore::commit);
    }

    private static void require(ElementType wanted, Object value) {
        if (value != null && ElementType.of(value) != wanted) {
            throw new ChangedValueException(value, wanted.name());
        }
    }
}

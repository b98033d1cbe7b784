package io.millrace.engine.state;

import io.millrace.engine.key.KeySpread;
import io.millrace.offheap.column.Chunk;
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
        BlockSpread partitions = new BlockSpread(stores, spread);
        for (LoggedState.Part part : logged.parts()) {
            entries.wrap(new UnsafeBuffer(part.entries()), 0, part.entries().length);
            boolean isChecked = wanted.isEmpty();
            while (entries.nextBlock()) {
                if (!isChecked && !entries.isRemoved()) {
                    require(wanted.get(), entries.value());
                    isChecked = true; // one value tells of those that were written with it
                }
                partitions.load(entries);
            }
        }
        stores.forEach(KeyedStore::commit);
    }

    /** Parts a block of entries among stores. */
    private static final class BlockSpread {
        private final List<KeyedStore> stores;
        private final KeySpread spread;
        private final int[] partitionOf = new int[Chunk.MAX_ROWS];
        private final int[] rows = new int[Chunk.MAX_ROWS];

        BlockSpread(List<KeyedStore> stores, KeySpread spread) {
            this.stores = stores;
            this.spread = spread;
        }

        void load(EntryReader block) {
            int count = block.rows();
            spread.partitionsOf(block.keys(), count, partitionOf);
            for (int partition = 0; partition < stores.size(); partition++) {
                int here = 0;
                for (int row = 0; row < count; row++) {
                    if (partitionOf[row] == partition) {
                        rows[here++] = row;
                    }
                }
                if (here > 0) {
                    stores.get(partition).load(block, rows, here);
                }
            }
        }
    }

    private static void require(ElementType wanted, Object value) {
        if (value != null && ElementType.of(value) != wanted) {
            throw new ChangedValueException(value, wanted.name());
        }
    }
}

package io.millrace.offheap.state;

import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;

/** Sets and removes what entries say. Thread: the store's owner. */
final class EntryLoader {
    private final KeyFinder finder;
    private final ValueWriter writer;
    private final LongColumn keys = new LongColumn();
    private final int[] handles = new int[EntryBlock.MAX_ROWS];

    EntryLoader(KeyFinder finder, ValueWriter writer) {
        this.finder = finder;
        this.writer = writer;
    }

    void load(EntryReader entry) {
        int handle = finder.handleOf(entry);
        if (entry.isRemoved()) {
            writer.remove(handle);
        } else {
            writer.load(handle, entry);
        }
    }

    /** Entries of a block. Numbers take loops of their own: keys that are new or far from each other cost a load of memory each. */
    void load(EntryReader reader, int[] rows, int count) {
        if (!reader.isMapped() && reader.hasNumberKeys() && areNumbers(reader.block(), rows, count)) {
            loadNumbers(reader.block(), reader.kindOfKeys(), rows, count);
        } else {
            for (int i = 0; i < count; i++) {
                reader.moveTo(rows[i]);
                load(reader);
            }
        }
    }

    private static boolean areNumbers(EntryBlock block, int[] rows, int count) {
        boolean areNumbers = true;
        for (int i = 0; i < count; i++) {
            int tag = EntryFormat.tag(block.heads[rows[i]]);
            areNumbers &= tag != Entry.NONE && !Entry.isElsewhere(tag);
        }
        return areNumbers;
    }

    private void loadNumbers(EntryBlock block, int kind, int[] rows, int count) {
        keys.setType(kind == NumberKeys.INTEGERS ? ElementType.INT : ElementType.LONG);
        for (int i = 0; i < count; i++) {
            keys.values()[i] = block.keys[rows[i]];
        }
        finder.handlesOf(keys, count, handles);
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            writer.load(handles[i], EntryFormat.tag(block.heads[row]), block.values[row], block.times[row]);
        }
    }
}

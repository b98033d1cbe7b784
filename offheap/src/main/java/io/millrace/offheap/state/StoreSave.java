package io.millrace.offheap.state;

/**
 * Writes a store's keys and values to logs, in slices between which batches may run. A key may be written twice, and each has a value
 * that it had at the beginning or after one of the batches since.
 *
 * <p>First come the resident keys. A key that moves out before its turn is found in the cold store; one that comes back meanwhile, to
 * a place that may have been passed, is marked and written when its cold copy is met. While the cold store is read, nothing moves
 * there.
 *
 * <p>Thread: any, between batches, one at a time.
 */
public final class StoreSave implements AutoCloseable {
    private final Batch batch;
    private final Entries entries;
    private final ColdTier cold;
    private final StoreView view;
    private final EntryWriter writer;
    private final HandleCursor at = new HandleCursor();
    private final int[] next = new int[1];
    private boolean isAtColdKeys;
    private int sections;
    private int section;

    StoreSave(Batch batch, Entries entries, ColdTier cold, StoreView view, EntryWriter writer) {
        this.batch = batch;
        this.entries = entries;
        this.cold = cold;
        this.view = view;
        this.writer = writer;
    }

    /**
     * Go on.
     *
     * @param atMost how many keys to write; a section of a cold store is written as a whole all the same
     * @param into is added to; whole entries when this throws, from where the next call goes on
     * @return false when every key has been written
     * @throws io.millrace.offheap.codec.UnregisteredClassException if a key or value has no bytes because a class is not registered
     * @throws IllegalArgumentException if it has none for another reason
     * @throws io.millrace.offheap.memory.MemoryLimitException if the ledger has no room for the log; write away what is in it, and
     *     go on
     * @throws IllegalStateException if a batch is under way
     */
    public boolean next(int atMost, EntryLog into) {
        if (batch.isUnderWay()) {
            throw new IllegalStateException("a save goes on in the middle of a batch; let it, between batches");
        }
        long end = into.entries() + atMost;
        while (into.entries() < end) {
            if (!writeResident(into) && !writeSection(into)) {
                close();
                return false;
            }
        }
        return true;
    }

    private boolean writeResident(EntryLog into) {
        if (isAtColdKeys || entries.next(at, next, 1) == 0) {
            return false;
        }
        int handle = next[0];
        try {
            writer.write(handle, into);
        } catch (RuntimeException refused) {
            at.moveTo(Entries.kindOf(handle), Entries.slotOf(handle));
            throw refused;
        }
        return true;
    }

    private boolean writeSection(EntryLog into) {
        if (!isAtColdKeys) {
            isAtColdKeys = true;
            sections = cold.sections();
        }
        if (section == sections) {
            return false;
        }
        EntryLog.Mark before = into.mark();
        try {
            KeyTable table = entries.table(cold.kindOf(section));
            cold.scan(section, (key, form) -> writeCold(table, key, form, into));
        } catch (RuntimeException refused) {
            into.backTo(before);
            throw refused;
        }
        section++;
        return true;
    }

    private void writeCold(KeyTable table, byte[] key, byte[] form, EntryLog into) {
        int slot = table.findCold(key);
        if (slot < 0) {
            writer.writeCold(table.kind, key, form, into);
        } else {
            int handle = table.handle(slot);
            if ((entries.meta(handle) & Entry.UNSAVED) != 0 && entries.exists(handle)) {
                writer.write(handle, into);
            }
        }
    }

    /** Whether the cold store must stay as it is. */
    boolean isAtColdKeys() {
        return isAtColdKeys;
    }

    /** Let the store forget this save. Later calls do nothing. */
    @Override
    public void close() {
        view.forget(this);
    }
}

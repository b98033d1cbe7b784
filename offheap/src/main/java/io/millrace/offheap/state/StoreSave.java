package io.millrace.offheap.state;

import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryLimitException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Writes a store's keys and values to logs as they were when the save began, each once, in slices between which batches may run.
 *
 * <p>First come the cold keys, and until they are through nothing moves to or out of the cold store; then the resident ones, in the order of
 * their slots. What a batch changes before its turn, or what moves out, is written as it was, at once, to a log of the save's own, which
 * the next slice gives. A batch pays 50 to 100 ns for each key that it is the first to change (250 for one of a million texts), and the
 * key's bytes in memory of {@link io.millrace.offheap.memory.MemoryUse#CHECKPOINT}. It never fails for the sake of a save: when there is no room, the save does.
 *
 * <p>Thread: any, between batches, one at a time. Memory: two bits a slot on the heap, besides that log.
 */
public final class StoreSave implements AutoCloseable {
    private static final int BLOCK = EntryBlock.MAX_ROWS;

    private final Batch batch;
    private final Entries entries;
    private final ColdTier cold;
    private final StoreView view;
    private final EntryWriter writer;
    private final EntryLog before;
    private final HandleCursor at = new HandleCursor();
    private final int[] handles = new int[BLOCK];
    private final int sections;
    private int section;
    /** Of each kind, the slots that there were, and those of them whose turn does not come: written, or other keys' now. */
    private final int[] limits = new int[Entries.KINDS];

    private final BitSet[] settled = bits();
    /** Slots of keys that were cold at the beginning, and whose cold copy was not met since they came back, or was before. */
    private final BitSet[] promoted = bits();

    private RuntimeException failure;
    private boolean isWhole;
    private boolean isClosed;

    /** @param writer of its own */
    StoreSave(Batch batch, Entries entries, ColdTier cold, StoreView view, EntryWriter writer, MemoryLedger ledger) {
        this.batch = batch;
        this.entries = entries;
        this.cold = cold;
        this.view = view;
        this.writer = writer;
        this.before = new EntryLog(ledger);
        this.sections = view.coldSections();
        for (int kind = 0; kind < Entries.KINDS; kind++) {
            limits[kind] =
                    entries.table(kind) == null ? 0 : entries.table(kind).pages.limit();
        }
    }

    private static BitSet[] bits() {
        BitSet[] bits = new BitSet[Entries.KINDS];
        Arrays.setAll(bits, kind -> new BitSet());
        return bits;
    }

    // ---- slices ----

    /**
     * Go on.
     *
     * @param atMost how many keys to write; what was changed since the last slice and a section of a cold store are written as a whole
     *     all the same. 15 to 20 ns a number and 40 a text, so that a millisecond is 50,000 or 25,000
     * @param into is added to; whole entries when this throws, from where the next call goes on
     * @return false when every key has been written
     * @throws io.millrace.offheap.codec.UnregisteredClassException if a key or value has no bytes because a class is not registered
     * @throws IllegalArgumentException if it has none for another reason
     * @throws MemoryLimitException if the ledger has no room for the log; write away what is in it, and go on. If it had none for what a
     *     batch has changed, the same is thrown again: close this, and begin another save
     * @throws IllegalStateException if a batch is under way, or this was closed
     */
    public boolean next(int atMost, EntryLog into) {
        requireOpen();
        long end = into.entries() + atMost;
        into.addAll(before);
        before.clear();
        while (!isWhole && into.entries() < end) {
            if (section < sections) {
                writeSection(into);
            } else {
                writeResident((int) Math.min(BLOCK, end - into.entries()), into);
            }
        }
        if (isWhole) {
            close();
        }
        return !isWhole;
    }

    private void requireOpen() {
        if (batch.isUnderWay()) {
            throw new IllegalStateException("a save goes on in the middle of a batch; let it, between batches");
        }
        if (failure != null) {
            throw failure;
        }
        if (isClosed && !isWhole) {
            throw new IllegalStateException("a save goes on that was closed before its end; begin another one");
        }
    }

    private void writeResident(int most, EntryLog into) {
        int count = entries.next(at, handles, most);
        isWhole = count == 0;
        int left = 0;
        for (int i = 0; i < count; i++) {
            if (!isSettled(handles[i])) {
                handles[left++] = handles[i];
            }
        }
        int written = 0;
        try {
            writer.load(handles, left);
            while (written < left) {
                written = writer.writeSome(written, left, into);
            }
        } catch (RuntimeException refused) {
            int first = handles[writer.written()];
            at.moveTo(Entries.kindOf(first), Entries.slotOf(first));
            throw refused;
        }
    }

    private void writeSection(EntryLog into) {
        EntryLog.Mark mark = into.mark();
        try {
            KeyTable table = entries.table(cold.kindOf(section));
            cold.scan(section, (key, form) -> {
                int slot = table.findCold(key);
                if (slot < 0 || promoted[table.kind].get(slot)) {
                    writer.writeCold(table.kind, key, form, into);
                }
            });
        } catch (RuntimeException refused) {
            into.backTo(mark);
            throw refused;
        }
        section++;
    }

    /** Whether the cold store must stay as it is. */
    boolean isAtColdKeys() {
        return section < sections;
    }

    // ---- what goes on between them ----

    /** A batch is about to be kept. */
    void changed() {
        if (failure != null) {
            return;
        }
        for (int from = 0; from < batch.changes(); from += BLOCK) {
            int count = 0;
            for (int change = from; change < Math.min(from + BLOCK, batch.changes()); change++) {
                if (settles(batch.changed(change)) && Entry.tag(batch.metaBefore(change)) != Entry.NONE) {
                    writer.loadBefore(count++, change);
                }
            }
            writeBefore(count);
        }
    }

    /** A resident key, as it is, is about to move out. */
    void leaves(int handle) {
        if (failure == null && settles(handle)) {
            handles[0] = handle;
            writer.load(handles, 1);
            writeBefore(1);
        }
    }

    private void writeBefore(int count) {
        try {
            int written = 0;
            while (written < count) {
                written = writer.writeSome(written, count, before);
            }
        } catch (RuntimeException refused) {
            failure = refused;
            before.clear();
        }
    }

    /** A key that was cold is resident now. It was written, or will be when its cold copy is met. */
    void promoted(int kind, int slot) {
        settled[kind].set(slot);
        if (isAtColdKeys()) {
            promoted[kind].set(slot);
        }
    }

    /** Whether the turn of a handle's key would have come, and now does not. */
    private boolean settles(int handle) {
        boolean isToCome = !at.isBehind(handle) && !isSettled(handle);
        if (isToCome) {
            settled[Entries.kindOf(handle)].set(Entries.slotOf(handle));
        }
        return isToCome;
    }

    private boolean isSettled(int handle) {
        int kind = Entries.kindOf(handle);
        int slot = Entries.slotOf(handle);
        return slot >= limits[kind] || settled[kind].get(slot);
    }

    /** Let the store forget this save, be it half done. Later calls do nothing. */
    @Override
    public void close() {
        isClosed = true;
        before.close();
        view.forget(this);
    }
}

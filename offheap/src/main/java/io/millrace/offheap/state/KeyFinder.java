package io.millrace.offheap.state;

import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * From keys to handles: finds resident keys, brings cold ones back, and enters those that nobody knows. Thread: the store's owner.
 */
final class KeyFinder {
    private final Entries entries;
    private final Batch batch;
    private final CellHeap cells;
    private final ValueForm values;
    private final ColdTier cold;
    private final StoreView view;
    private final KeyBytes keyBytes;
    private final int flagsOfCold;
    private final NumberKeys.Misses misses = this::slotOfMissing;

    KeyFinder(
            Entries entries,
            Batch batch,
            CellHeap cells,
            ValueForm values,
            ColdTier cold,
            StoreView view,
            boolean tracksTimes) {
        this.entries = entries;
        this.batch = batch;
        this.cells = cells;
        this.values = values;
        this.cold = cold;
        this.view = view;
        this.keyBytes = entries.newKeyBytes();
        this.flagsOfCold = Entry.LIVE | Entry.COPY | (tracksTimes ? Entry.RECORDED : 0);
    }

    // ---- find ----

    void handlesOf(Column keys, int rows, int[] handles) {
        if (keys instanceof LongColumn longs && longs.type() != ElementType.BOOLEAN) {
            int kind = longs.type() == ElementType.INT ? NumberKeys.INTEGERS : NumberKeys.LONGS;
            entries.numbers(kind).handlesOf(longs.values(), rows, handles, batch.stamp(), misses);
        } else if (keys instanceof BytesColumn texts && texts.type() == ElementType.UTF8) {
            for (int row = 0; row < rows; row++) {
                keyBytes.setText(texts.buffer(), texts.starts()[row], texts.ends()[row]);
                handles[row] = handleOfBytes();
            }
        } else {
            for (int row = 0; row < rows; row++) {
                handles[row] = handleOf(keys.get(row));
            }
        }
    }

    /** The handle of an entry's key. */
    int handleOf(EntryReader entry) {
        if (entry.kind() <= NumberKeys.LONGS) {
            return handleOfNumber(entry.kind(), entry.keyNumber());
        } else if (entry.isTextKey()) {
            keyBytes.setAll(entry.textKey());
            return handleOfBytes();
        }
        return handleOf(entry.key());
    }

    int handleOf(Object key) {
        if (key instanceof Integer number) {
            return handleOfNumber(NumberKeys.INTEGERS, number);
        } else if (key instanceof Long number) {
            return handleOfNumber(NumberKeys.LONGS, number);
        }
        return keyBytes.set(key) ? handleOfBytes() : handleOfObject(key);
    }

    private int handleOfNumber(int kind, long key) {
        NumberKeys table = entries.numbers(kind);
        int hash = NumberKeys.hash(key);
        int slot = table.find(key, hash);
        return asked(table, slot < 0 ? slotOfMissing(table, key, hash) : slot);
    }

    private int handleOfBytes() {
        BytesKeys table = entries.bytes();
        int hash = keyBytes.hash();
        int slot = table.find(keyBytes, hash);
        return asked(table, slot < 0 ? slotOfMissingBytes(table, hash) : slot);
    }

    private int handleOfObject(Object key) {
        ObjectKeys table = entries.objects();
        int hash = ObjectKeys.hash(key);
        int slot = table.find(key, hash);
        return asked(table, slot < 0 ? slotOfMissingObject(table, key, hash) : slot);
    }

    /** Note that a key was asked for in this batch. */
    private int asked(KeyTable table, int slot) {
        table.mark(slot, batch.stamp());
        return table.handle(slot);
    }

    // ---- not resident ----

    private int slotOfMissing(NumberKeys table, long key, int hash) {
        byte[] form = cold.hasKeys(table.kind) ? cold.get(table.kind, NumberKeys.coldKey(key)) : null;
        return form == null ? newEntry(table, key, hash) : promoted(table, promote(table, key, hash, form));
    }

    private int slotOfMissingBytes(BytesKeys table, int hash) {
        byte[] form = cold.hasKeys(BytesKeys.KIND) ? cold.get(BytesKeys.KIND, keyBytes.copy()) : null;
        long cell = cells.allocate(keyBytes.length() + 1);
        keyBytes.writeTo(cells, cell);
        try {
            return form == null ? newEntry(table, cell, hash) : promoted(table, promote(table, cell, hash, form));
        } catch (StoreFullException full) {
            cells.free(cell);
            throw full;
        }
    }

    private int slotOfMissingObject(ObjectKeys table, Object key, int hash) {
        byte[] form = cold.hasKeys(ObjectKeys.KIND) ? cold.getObject(key) : null;
        int slot = form == null ? newEntry(table, 0, hash) : promote(table, 0, hash, form);
        table.set(slot, key);
        return form == null ? slot : promoted(table, slot);
    }

    /** Enter a key that nobody knew. */
    private int newEntry(KeyTable table, long key, int hash) {
        int slot = newSlot(table, hash);
        set(table, slot, hash, key, 0, Entry.meta(batch.now(), Entry.LIVE | Entry.TOUCHED));
        batch.made(table.handle(slot));
        return slot;
    }

    /** Enter a key that was cold. Not undone by rollback: nothing has changed but where it is. */
    private int promote(KeyTable table, long key, int hash, byte[] form) {
        long meta = ValueForm.coldMeta(form);
        int tag = Entry.tag(meta);
        long word = values.wordOf(form);
        int slot;
        try {
            slot = newSlot(table, hash);
        } catch (StoreFullException full) {
            values.free(tag, word);
            throw full;
        }
        set(table, slot, hash, key, word, Entry.meta(Entry.time(meta), flagsOfCold | tag));
        entries.countPromoted();
        return slot;
    }

    /** Tell who looks on that a key was cold. */
    private int promoted(KeyTable table, int slot) {
        view.promoted(table, slot);
        return slot;
    }

    /** Room for a key: a slot, a place in the index, and one in the log. */
    private int newSlot(KeyTable table, int hash) {
        batch.require();
        batch.ensure(1);
        return entries.newSlot(table, hash);
    }

    private void set(KeyTable table, int slot, int hash, long key, long word, long meta) {
        UnsafeBuffer page = table.pages.page(slot);
        int at = EntryPages.at(slot);
        page.putLong(at + Entry.KEY, key);
        page.putLong(at + Entry.VALUE, word);
        page.putLong(at + Entry.META, meta);
        page.putInt(at + Entry.HASH, hash);
        page.putInt(at + Entry.PINS, batch.stamp() << Entry.STAMP_SHIFT);
        table.index.add(hash, slot);
    }
}

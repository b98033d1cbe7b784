package io.millrace.offheap.state;

import io.millrace.offheap.memory.MemoryLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What others than the owner see of a store: a key's value without bringing it back, the cold keys in pieces, and scans that are
 * told what changes under them. Thread: any, one at a time, while nobody writes; {@link #coldSection} several.
 */
final class StoreView {
    private final Entries entries;
    private final ValueReader reader;
    private final ValueForm values;
    private final ColdTier cold;
    private final List<StoreScan> scans = new ArrayList<>();
    private final List<StoreSave> saves = new ArrayList<>();

    StoreView(Entries entries, ValueReader reader, ValueForm values, ColdTier cold) {
        this.entries = entries;
        this.reader = reader;
        this.values = values;
        this.cold = cold;
    }

    // ---- one key ----

    /** As {@link KeyedStore#read}. */
    Optional<StoredValue> read(Object key) {
        if (key instanceof Integer number) {
            return readBytes(NumberKeys.INTEGERS, NumberKeys.coldKey(number));
        } else if (key instanceof Long number) {
            return readBytes(NumberKeys.LONGS, NumberKeys.coldKey(number));
        }
        KeyBytes wanted = entries.newKeyBytes();
        if (wanted.set(key)) {
            return readBytes(BytesKeys.KIND, wanted.copy());
        }
        ObjectKeys table = (ObjectKeys) entries.table(ObjectKeys.KIND);
        int slot = table == null ? -1 : table.find(key, ObjectKeys.hash(key));
        return slot >= 0
                ? readSlot(table, slot)
                : readForm(cold.hasKeys(ObjectKeys.KIND) ? cold.peekObject(key) : null);
    }

    private Optional<StoredValue> readBytes(int kind, byte[] key) {
        KeyTable table = entries.table(kind);
        int slot = table == null ? -1 : table.findCold(key);
        if (slot >= 0) {
            return readSlot(table, slot);
        }
        return readForm(cold.hasKeys(kind) ? cold.peek(kind, key) : null);
    }

    private Optional<StoredValue> readForm(byte[] form) {
        return Optional.ofNullable(form).map(values::readCold);
    }

    private Optional<StoredValue> readSlot(KeyTable table, int slot) {
        if (!entries.exists(table.handle(slot))) {
            return Optional.empty();
        }
        int handle = table.handle(slot);
        return Optional.of(new StoredValue(reader.valueOf(handle), entries.updatedMs(handle)));
    }

    // ---- cold keys ----

    int coldSections() {
        return cold.keys() == entries.copies() ? 0 : cold.sections();
    }

    /** The keys of a piece that are not resident. */
    void coldSection(int section, List<ColdEntry> into) {
        KeyTable table = entries.table(cold.kindOf(section));
        cold.scan(section, (key, form) -> {
            if (table.findCold(key) < 0) {
                addCold(table, key, form, into);
            }
        });
    }

    /** The keys of a piece, which are not resident or were not when a scan began. */
    void coldSection(int section, StoreScan scan, List<ColdEntry> into) {
        KeyTable table = entries.table(cold.kindOf(section));
        cold.scan(section, (key, form) -> {
            if (table.findCold(key) < 0 || scan.wasPromoted(table.keyOf(key))) {
                addCold(table, key, form, into);
            }
        });
    }

    private void addCold(KeyTable table, byte[] key, byte[] form, List<ColdEntry> into) {
        into.add(new ColdEntry(table.keyOf(key), values.readCold(form), form));
    }

    /** As {@link KeyedStore#isUnchanged}. */
    boolean isUnchanged(ColdEntry entry, Object value) {
        return values.isIn(entry.form(), value);
    }

    // ---- all keys ----

    StoreReader reader() {
        return new StoreReader(entries, reader, this);
    }

    StoreScan scan() {
        StoreScan scan = new StoreScan(entries, reader, this);
        scans.add(scan);
        return scan;
    }

    void forget(StoreScan scan) {
        scans.remove(scan);
    }

    StoreSave save(Batch batch, EntryWriter writer, MemoryLedger ledger) {
        StoreSave save = new StoreSave(batch, entries, cold, this, writer, ledger);
        saves.add(save);
        return save;
    }

    void forget(StoreSave save) {
        saves.remove(save);
    }

    /** Whether the cold store must stay as it is. */
    boolean needsColdKeys() {
        return !scans.isEmpty() || saves.stream().anyMatch(StoreSave::isAtColdKeys);
    }

    /** A batch is about to be kept. */
    void showChanges(Batch batch) {
        scans.forEach(batch::showChanges);
        saves.forEach(StoreSave::changed);
    }

    /** A resident key is about to move out. */
    void leaves(int handle) {
        saves.forEach(save -> save.leaves(handle));
    }

    /** A key that was cold is resident now. */
    void promoted(KeyTable table, int slot) {
        for (StoreScan scan : scans) {
            scan.promoted(table.keyAt(slot));
        }
        saves.forEach(save -> save.promoted(table.kind, slot));
    }
}

package io.millrace.offheap.state;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * All {@linkplain Entry entries} of a store, by handle: a table for each kind of keys, made with the first key of its kind, and how
 * many entries there are of which sort.
 *
 * <p>Thread: one owner; what changes nothing is safe from several threads while nobody writes.
 */
final class Entries implements AutoCloseable {
    static final int KINDS = 4;
    /** Of an entry and its place in the index. */
    static final int KEY_BYTES = 48;

    private static final int LINK_BYTES = 8;
    /** What a key on the heap is taken to be, so that there are not too many: nobody knows. */
    private static final int OBJECT_BYTES = 64;

    private final String operator;
    private final Room room;
    private final CellHeap cells;
    private final ObjectBytes objects;
    private final boolean hasLinks;
    private final KeyTable[] tables = new KeyTable[KINDS];
    private long residentKeys;
    private long copies;
    private long tombstones;

    Entries(String operator, Room room, CellHeap cells, ObjectBytes objects, boolean hasLinks) {
        this.operator = operator;
        this.room = room;
        this.cells = cells;
        this.objects = objects;
        this.hasLinks = hasLinks;
    }

    // ---- tables ----

    /** The kind of a handle's key. */
    static int kindOf(int handle) {
        return handle & 3;
    }

    /** The place of a handle's key among those of its kind. */
    static int slotOf(int handle) {
        return handle >>> 2;
    }

    /** The table of a kind; null before its first key. */
    KeyTable table(int kind) {
        return tables[kind];
    }

    KeyTable tableOf(int handle) {
        return tables[kindOf(handle)];
    }

    NumberKeys numbers(int kind) {
        if (tables[kind] == null) {
            tables[kind] = new NumberKeys(kind, room, hasLinks);
        }
        return (NumberKeys) tables[kind];
    }

    BytesKeys bytes() {
        if (tables[BytesKeys.KIND] == null) {
            tables[BytesKeys.KIND] = new BytesKeys(room, hasLinks, cells, this::newKeyBytes);
        }
        return (BytesKeys) tables[BytesKeys.KIND];
    }

    ObjectKeys objects() {
        if (tables[ObjectKeys.KIND] == null) {
            tables[ObjectKeys.KIND] = new ObjectKeys(operator, room, hasLinks, objects);
        }
        return (ObjectKeys) tables[ObjectKeys.KIND];
    }

    /** What turns keys into bytes, for one thread. */
    KeyBytes newKeyBytes() {
        return new KeyBytes(operator, objects);
    }

    // ---- one entry ----

    UnsafeBuffer page(int handle) {
        return tables[kindOf(handle)].pages.page(slotOf(handle));
    }

    /** Where in its page the entry of a handle begins. */
    static int at(int handle) {
        return EntryPages.at(slotOf(handle));
    }

    long meta(int handle) {
        return page(handle).getLong(at(handle) + Entry.META);
    }

    long word(int handle) {
        return page(handle).getLong(at(handle) + Entry.VALUE);
    }

    long keyWord(int handle) {
        return page(handle).getLong(at(handle) + Entry.KEY);
    }

    boolean exists(int handle) {
        return Entry.tag(meta(handle)) != Entry.NONE;
    }

    long updatedMs(int handle) {
        return Entry.time(meta(handle));
    }

    Object keyOf(int handle) {
        return tableOf(handle).keyAt(slotOf(handle));
    }

    /** The key's bytes for a cold store. */
    byte[] coldKeyOf(int handle) {
        return tableOf(handle).coldKeyAt(slotOf(handle));
    }

    void setFlags(int handle, int set, int clear) {
        UnsafeBuffer page = page(handle);
        int at = at(handle) + Entry.META;
        page.putLong(at, page.getLong(at) & ~(long) clear | set);
    }

    /** Note in which batch a key was asked for. */
    void mark(int handle, int stamp) {
        tableOf(handle).mark(slotOf(handle), stamp);
    }

    // ---- coming and going ----

    private int entryBytes(int kind) {
        return KEY_BYTES + (hasLinks ? LINK_BYTES : 0) + (kind == ObjectKeys.KIND ? OBJECT_BYTES : 0);
    }

    /** A slot and a place in the index; what the ledger refuses is made room for. */
    int newSlot(KeyTable table, int hash) {
        int bytes = entryBytes(table.kind);
        room.charge(bytes);
        try {
            while (!table.index.tryEnsure(hash)) {
                room.make(bytes);
            }
            int slot = table.pages.tryAllocate();
            while (slot < 0) {
                room.make(bytes);
                slot = table.pages.tryAllocate();
            }
            return slot;
        } catch (StoreFullException full) {
            room.release(bytes);
            throw full;
        }
    }

    /** Forget an entry without value that nobody needs. */
    void forgetIfUnused(int handle) {
        UnsafeBuffer page = page(handle);
        int at = at(handle);
        if (Entry.pins(page.getInt(at + Entry.PINS)) == 0 && (page.getLong(at + Entry.META) & Entry.COPY) == 0) {
            free(handle);
        }
    }

    private void free(int handle) {
        tableOf(handle).remove(slotOf(handle));
        room.release(entryBytes(kindOf(handle)));
    }

    /** The next ones that have a value, in the order of kinds and slots; 0 at the end. */
    int next(HandleCursor at, int[] into, int max) {
        int count = 0;
        while (count < max && at.kind() < KINDS) {
            KeyTable table = tables[at.kind()];
            if (table == null || at.slot() >= table.pages.limit()) {
                at.moveTo(at.kind() + 1, 0);
            } else {
                count = nextOfPage(table, at, into, count, max);
            }
        }
        return count;
    }

    private static int nextOfPage(KeyTable table, HandleCursor at, int[] into, int from, int max) {
        int count = from;
        int slot = at.slot();
        UnsafeBuffer page = table.pages.page(slot);
        int end = page == null ? slot : table.pages.endOfUse(slot);
        int nextPage = EntryPages.endOfPage(slot);
        while (slot < end && count < max) {
            if (Entry.tag(page.getLong(EntryPages.at(slot) + Entry.META)) != Entry.NONE) {
                into[count++] = table.handle(slot);
            }
            slot++;
        }
        at.moveTo(table.kind, slot < end ? slot : nextPage);
        return count;
    }

    // ---- how many ----

    /** Those with a value. */
    long residentKeys() {
        return residentKeys;
    }

    /** Those whose key the cold store has as well: with a value, and without one. */
    long copies() {
        return copies;
    }

    /** Those without a value whose key the cold store has. */
    long tombstones() {
        return tombstones;
    }

    /** A key's value is no longer held as it was. */
    void countChange(long oldMeta, int newTag) {
        int before = Entry.tag(oldMeta) == Entry.NONE ? 0 : 1;
        int after = newTag == Entry.NONE ? 0 : 1;
        residentKeys += after - before;
        if ((oldMeta & Entry.COPY) != 0) {
            tombstones += before - after;
        }
    }

    /** A key with a value has come from the cold store, which keeps its copy. */
    void countPromoted() {
        residentKeys++;
        copies++;
    }

    /** The cold store has a resident key's value, for the first time or again. */
    void written(int handle) {
        copies += (meta(handle) & Entry.COPY) == 0 ? 1 : 0;
        setFlags(handle, Entry.COPY, Entry.DIRTY);
    }

    /** Forget a key whose value the cold store has. */
    void evicted(int handle) {
        free(handle);
        residentKeys--;
        copies--;
    }

    /** The cold store no longer has a key that has no value. */
    void buried(int handle) {
        copies--;
        tombstones--;
        setFlags(handle, 0, Entry.COPY | Entry.DIRTY);
        forgetIfUnused(handle);
    }

    @Override
    public void close() {
        for (KeyTable table : tables) {
            if (table != null) {
                table.close();
            }
        }
    }
}

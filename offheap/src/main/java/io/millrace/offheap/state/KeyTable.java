package io.millrace.offheap.state;

import org.agrona.concurrent.UnsafeBuffer;

/** The resident keys of one kind: their entries, and the index that finds them. */
abstract sealed class KeyTable implements AutoCloseable permits NumberKeys, BytesKeys, ObjectKeys {
    /** Spreads over all bits what partitions leave alike in the high ones. Odd, so that it loses nothing. */
    private static final int SPREAD = 0x9E3779B9;

    final int kind;
    final EntryPages pages;
    final SlotIndex index;

    KeyTable(int kind, Room room, boolean tracksTimes) {
        this.kind = kind;
        this.pages = new EntryPages(room, tracksTimes);
        this.index = new SlotIndex(room);
        while (!index.tryEnsure(0)) {
            room.make(0);
        }
    }

    static int spread(int hash) {
        return hash * SPREAD;
    }

    final int handle(int slot) {
        return slot << 2 | kind;
    }

    /** Note in which batch a key was asked for. */
    final void mark(int slot, int stamp) {
        mark(pages.page(slot), EntryPages.at(slot) + Entry.PINS, stamp);
    }

    /** As {@link #mark(int, int)}, for loops that have the entry's page. */
    static void mark(UnsafeBuffer page, int at, int stamp) {
        int pins = page.getInt(at);
        if (pins >>> Entry.STAMP_SHIFT != stamp) {
            page.putInt(at, pins & Entry.MAX_PINS | stamp << Entry.STAMP_SHIFT);
        }
    }

    /** The key as the class it entered; safe from several threads while nobody writes. */
    abstract Object keyAt(int slot);

    /** The key's bytes for a cold store. */
    abstract byte[] coldKeyAt(int slot);

    /** The slot of a key that a cold store has, or -1; safe from several threads while nobody writes. */
    abstract int findCold(byte[] key);

    /** The key of a cold store as the class it entered. */
    abstract Object keyOf(byte[] key);

    abstract void freeKey(int slot);

    final void remove(int slot) {
        UnsafeBuffer page = pages.page(slot);
        index.remove(page.getInt(EntryPages.at(slot) + Entry.HASH), slot);
        freeKey(slot);
        pages.free(slot);
    }

    @Override
    public void close() {
        pages.close();
        index.close();
    }
}

package io.millrace.offheap.state;

import java.util.function.Supplier;

/** Keys that are equal when their {@linkplain KeyBytes bytes} are: the entry's key word is their cell. */
final class BytesKeys extends KeyTable {
    static final int KIND = 2;

    private final CellHeap cells;
    private final Supplier<KeyBytes> keyBytes;
    private final KeyBytes decoder;

    BytesKeys(Room room, boolean tracksTimes, CellHeap cells, Supplier<KeyBytes> keyBytes) {
        super(KIND, room, tracksTimes);
        this.cells = cells;
        this.keyBytes = keyBytes;
        this.decoder = keyBytes.get();
    }

    /** The slot of a key, or -1. */
    int find(KeyBytes key, int hash) {
        SlotIndex.Segment segment = index.directory()[hash >>> index.shift()];
        int at = hash & segment.mask;
        for (long bucket = segment.bucket(at); bucket != 0; bucket = segment.bucket(at)) {
            int slot = (int) bucket - 1;
            if ((int) (bucket >>> 32) == hash && key.isIn(cells, cellAt(slot))) {
                return slot;
            }
            at = at + 1 & segment.mask;
        }
        return -1;
    }

    long cellAt(int slot) {
        return pages.page(slot).getLong(EntryPages.at(slot) + Entry.KEY);
    }

    @Override
    Object keyAt(int slot) {
        return keyOf(coldKeyAt(slot));
    }

    @Override
    byte[] coldKeyAt(int slot) {
        return cells.bytes(cellAt(slot));
    }

    @Override
    int findCold(byte[] key) {
        KeyBytes wanted = keyBytes.get();
        wanted.setAll(key);
        return find(wanted, wanted.hash());
    }

    @Override
    Object keyOf(byte[] key) {
        return decoder.keyOf(key);
    }

    @Override
    void freeKey(int slot) {
        cells.free(cellAt(slot));
    }
}

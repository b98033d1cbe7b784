package io.millrace.offheap.state;

import io.millrace.offheap.memory.MemoryRegion;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The {@linkplain Entry entries} of one kind of keys, in pages of 4096. Freed slots are used again, lowest pages first; a page
 * without entries is given back. With links there are 8 bytes more for each entry behind those of the page.
 */
final class EntryPages implements AutoCloseable {
    static final int PAGE_SHIFT = 12;
    static final int PAGE_ENTRIES = 1 << PAGE_SHIFT;
    private static final int SLOT_MASK = PAGE_ENTRIES - 1;
    private static final int LINKS = PAGE_ENTRIES << Entry.BYTES_SHIFT;
    private static final int LINK_BYTES = 8;
    private static final int MAX_PAGES = 1 << 29 - PAGE_SHIFT;

    private final Room room;
    private final int pageBytes;
    private MemoryRegion[] regions = new MemoryRegion[4];
    private UnsafeBuffer[] buffers = new UnsafeBuffer[4];
    /** Of each page, the freed slot to be used next (0 for none, else one more), how many were ever used, how many are. */
    private int[] freeHeads = new int[4];

    private int[] begun = new int[4];
    private int[] live = new int[4];
    private int pages;
    /** No page below has room. */
    private int firstWithRoom;

    EntryPages(Room room, boolean hasLinks) {
        this.room = room;
        this.pageBytes = LINKS + (hasLinks ? PAGE_ENTRIES * LINK_BYTES : 0);
    }

    /** The pages by number; loops take the array, which is another one after {@link #tryAllocate} has grown it. */
    UnsafeBuffer[] buffers() {
        return buffers;
    }

    UnsafeBuffer page(int slot) {
        return buffers[slot >>> PAGE_SHIFT];
    }

    /** Where in its page an entry begins. */
    static int at(int slot) {
        return (slot & SLOT_MASK) << Entry.BYTES_SHIFT;
    }

    /** Where in its page the links of an entry begin. */
    static int linksAt(int slot) {
        return LINKS + (slot & SLOT_MASK) * LINK_BYTES;
    }

    /** The first slot behind the page of one. */
    static int endOfPage(int slot) {
        return (slot | SLOT_MASK) + 1;
    }

    /** The first slot of the page of one from which on none was ever used. */
    int endOfUse(int slot) {
        return endOfPage(slot) - PAGE_ENTRIES + begun[slot >>> PAGE_SHIFT];
    }

    /** All slots are below this one. */
    int limit() {
        return pages << PAGE_SHIFT;
    }

    /** The next slot from one on that somebody has, or -1. */
    int nextLive(int from) {
        int slot = from;
        while (slot < limit()) {
            UnsafeBuffer page = page(slot);
            int nextPage = endOfPage(slot);
            int end = page == null ? slot : endOfUse(slot);
            for (; slot < end; slot++) {
                if (page.getLong(at(slot) + Entry.META) != 0) {
                    return slot;
                }
            }
            slot = nextPage;
        }
        return -1;
    }

    /** A slot whose meta is 0, or -1 if the ledger has no page for it. */
    int tryAllocate() {
        while (firstWithRoom < pages && !hasRoom(firstWithRoom)) {
            firstWithRoom++;
        }
        if (firstWithRoom == pages || regions[firstWithRoom] == null) {
            if (!tryAddPage(firstWithRoom)) {
                return -1;
            }
        }
        int page = firstWithRoom;
        live[page]++;
        int slotInPage;
        if (freeHeads[page] == 0) {
            slotInPage = begun[page]++;
        } else {
            slotInPage = freeHeads[page] - 1;
            freeHeads[page] = (int) buffers[page].getLong(at(slotInPage) + Entry.KEY);
        }
        return page << PAGE_SHIFT | slotInPage;
    }

    private boolean hasRoom(int page) {
        return regions[page] == null || live[page] < PAGE_ENTRIES;
    }

    private boolean tryAddPage(int page) {
        if (page == MAX_PAGES) {
            throw room.full(pageBytes);
        }
        MemoryRegion region = room.tryTake(pageBytes);
        if (region == null) {
            return false;
        }
        if (page == regions.length) {
            int larger = 2 * page;
            regions = Arrays.copyOf(regions, larger);
            buffers = Arrays.copyOf(buffers, larger);
            freeHeads = Arrays.copyOf(freeHeads, larger);
            begun = Arrays.copyOf(begun, larger);
            live = Arrays.copyOf(live, larger);
        }
        regions[page] = region;
        buffers[page] = region.buffer();
        freeHeads[page] = 0;
        begun[page] = 0;
        live[page] = 0;
        pages = Math.max(pages, page + 1);
        return true;
    }

    void free(int slot) {
        int page = slot >>> PAGE_SHIFT;
        UnsafeBuffer buffer = buffers[page];
        buffer.putLong(at(slot) + Entry.META, 0);
        buffer.putLong(at(slot) + Entry.KEY, freeHeads[page]);
        freeHeads[page] = (slot & SLOT_MASK) + 1;
        firstWithRoom = Math.min(firstWithRoom, page);
        if (--live[page] == 0 && page > 0) {
            regions[page].close();
            regions[page] = null;
            buffers[page] = null;
        }
    }

    @Override
    public void close() {
        for (MemoryRegion region : regions) {
            if (region != null) {
                region.close();
            }
        }
        Arrays.fill(regions, null);
        Arrays.fill(buffers, null);
        pages = 0;
    }
}

package io.millrace.offheap.state;

import io.millrace.offheap.codec.ByteSearch;
import io.millrace.offheap.memory.MemoryRegion;
import java.util.Arrays;
import org.agrona.collections.IntArrayList;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Cells of bytes, of keys and values. A page holds cells of one size; what is larger than a quarter of a page has a region of its
 * own. A page without cells is given back.
 *
 * <pre>
 *   cell: its length (int) │ its bytes          number of a cell: page (high int) │ offset in the page (low int)
 * </pre>
 */
final class CellHeap implements AutoCloseable {
    private static final int HEADER = Integer.BYTES;
    private static final int PAGE_BYTES = 64 * 1024;
    private static final int MAX_SMALL = PAGE_BYTES / 4;
    private static final int STEPS = 4;
    private static final int MIN_CELL = 16;

    private final Room room;
    private final IntArrayList[] withRoom = new IntArrayList[64];
    private final IntArrayList freeNumbers = new IntArrayList();
    private MemoryRegion[] regions = new MemoryRegion[8];
    private UnsafeBuffer[] buffers = new UnsafeBuffer[8];
    private int[] cellBytes = new int[8];
    private int[] freeHeads = new int[8];
    private int[] begun = new int[8];
    private int[] live = new int[8];
    private boolean[] isListed = new boolean[8];
    private int pages;

    CellHeap(Room room) {
        this.room = room;
    }

    UnsafeBuffer buffer(long cell) {
        return buffers[(int) (cell >>> 32)];
    }

    /** Where in its buffer the bytes of a cell begin. */
    static int start(long cell) {
        return (int) cell + HEADER;
    }

    int length(long cell) {
        return buffer(cell).getInt((int) cell);
    }

    boolean areSame(long cell, long other) {
        int length = length(cell);
        return length(other) == length
                && ByteSearch.areSame(buffer(cell), start(cell), buffer(other), start(other), length);
    }

    byte[] bytes(long cell) {
        byte[] bytes = new byte[length(cell)];
        buffer(cell).getBytes(start(cell), bytes);
        return bytes;
    }

    /** A cell of that length, its bytes undefined; what the ledger refuses is made room for. */
    long allocate(int length) {
        long cell = tryAllocate(length);
        while (cell < 0) {
            room.make(length);
            cell = tryAllocate(length);
        }
        return cell;
    }

    /** As {@link #allocate}; -1 if the ledger refuses. */
    private long tryAllocate(int length) {
        long needed = (long) HEADER + length;
        if (needed > Integer.MAX_VALUE - MemoryRegion.PADDING) {
            throw room.full(needed);
        }
        long cell = needed > MAX_SMALL ? tryLarge((int) needed) : trySmall((int) needed);
        if (cell >= 0) {
            buffer(cell).putInt((int) cell, length);
        }
        return cell;
    }

    private long tryLarge(int needed) {
        room.charge(needed);
        int page = tryPage(needed, needed);
        if (page < 0) {
            room.release(needed);
            return -1;
        }
        live[page] = 1;
        return (long) page << 32;
    }

    private long trySmall(int needed) {
        int size = sizeClass(needed);
        int bytes = bytesOf(size);
        room.charge(bytes);
        int page = pageWithRoom(size);
        if (page < 0) {
            page = tryPage(PAGE_BYTES, bytes);
            if (page < 0) {
                room.release(bytes);
                return -1;
            }
            withRoom[size].addInt(page);
            isListed[page] = true;
        }
        return (long) page << 32 | cellIn(page);
    }

    /** Sizes of 16, 20, 24, 28, 32, 40 … bytes: four to each doubling. */
    static int sizeClass(int bytes) {
        int size = 0;
        if (bytes > MIN_CELL) {
            int doublings = 31 - Integer.numberOfLeadingZeros((bytes - 1) / MIN_CELL);
            int step = (MIN_CELL << doublings) / STEPS;
            size = doublings * STEPS + (bytes - (MIN_CELL << doublings) + step - 1) / step;
        }
        return size;
    }

    static int bytesOf(int sizeClass) {
        int base = MIN_CELL << sizeClass / STEPS;
        return base + sizeClass % STEPS * (base / STEPS);
    }

    private int pageWithRoom(int size) {
        if (withRoom[size] == null) {
            withRoom[size] = new IntArrayList();
        }
        IntArrayList listed = withRoom[size];
        while (!listed.isEmpty()) {
            int page = listed.getInt(listed.size() - 1);
            if (regions[page] != null && hasRoom(page)) {
                return page;
            }
            listed.removeAt(listed.size() - 1);
            isListed[page] = false;
            if (regions[page] == null) {
                freeNumbers.addInt(page);
            }
        }
        return -1;
    }

    private boolean hasRoom(int page) {
        return freeHeads[page] != 0 || (begun[page] + 1) * cellBytes[page] <= PAGE_BYTES;
    }

    private int cellIn(int page) {
        live[page]++;
        if (freeHeads[page] == 0) {
            return begun[page]++ * cellBytes[page];
        }
        int offset = freeHeads[page] - 1;
        freeHeads[page] = buffers[page].getInt(offset);
        return offset;
    }

    private int tryPage(int bytes, int bytesPerCell) {
        MemoryRegion region = room.tryTake(bytes);
        if (region == null) {
            return -1;
        }
        int page = freeNumbers.isEmpty() ? pages++ : freeNumbers.removeAt(freeNumbers.size() - 1);
        if (page == regions.length) {
            int larger = 2 * page;
            regions = Arrays.copyOf(regions, larger);
            buffers = Arrays.copyOf(buffers, larger);
            cellBytes = Arrays.copyOf(cellBytes, larger);
            freeHeads = Arrays.copyOf(freeHeads, larger);
            begun = Arrays.copyOf(begun, larger);
            live = Arrays.copyOf(live, larger);
            isListed = Arrays.copyOf(isListed, larger);
        }
        regions[page] = region;
        buffers[page] = region.buffer();
        cellBytes[page] = bytesPerCell;
        freeHeads[page] = 0;
        begun[page] = 0;
        live[page] = 0;
        return page;
    }

    void free(long cell) {
        int page = (int) (cell >>> 32);
        int bytes = cellBytes[page];
        room.release(bytes);
        live[page]--;
        if (bytes > MAX_SMALL) {
            giveBack(page);
            freeNumbers.addInt(page);
            return;
        }
        buffers[page].putInt((int) cell, freeHeads[page]);
        freeHeads[page] = (int) cell + 1;
        IntArrayList listed = withRoom[sizeClass(bytes)];
        if (!isListed[page]) {
            listed.addInt(page);
            isListed[page] = true;
        }
        // The only page is kept, or a cell that comes and goes would take and give a page each time.
        if (live[page] == 0 && listed.size() > 1) {
            giveBack(page);
        }
    }

    private void giveBack(int page) {
        regions[page].close();
        regions[page] = null;
        buffers[page] = null;
    }

    @Override
    public void close() {
        for (int page = 0; page < pages; page++) {
            if (regions[page] != null) {
                giveBack(page);
            }
        }
    }
}

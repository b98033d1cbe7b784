package io.millrace.offheap.state;

import io.millrace.offheap.memory.MemoryRegion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** The entries that a batch changed, as they were: handle, pins, value and meta of each. An entry is in it once at most. */
final class UndoLog implements AutoCloseable {
    private static final int PAGE_SHIFT = 11;
    private static final int PAGE_MASK = (1 << PAGE_SHIFT) - 1;
    private static final int RECORD_BYTES = 24;

    private final Room room;
    private final List<MemoryRegion> pages = new ArrayList<>();
    private UnsafeBuffer[] buffers = new UnsafeBuffer[4];
    private int size;

    UndoLog(Room room) {
        this.room = room;
    }

    int size() {
        return size;
    }

    /** Have room for some more; what the ledger refuses is made room for. */
    void ensure(int more) {
        while (size + more > pages.size() << PAGE_SHIFT) {
            int bytes = RECORD_BYTES << PAGE_SHIFT;
            MemoryRegion page = room.tryTake(bytes);
            if (page == null) {
                room.make(bytes);
            } else {
                add(page);
            }
        }
    }

    private void add(MemoryRegion page) {
        if (pages.size() == buffers.length) {
            buffers = Arrays.copyOf(buffers, 2 * buffers.length);
        }
        buffers[pages.size()] = page.buffer();
        pages.add(page);
    }

    /** Room was ensured. */
    void append(int handle, int pins, long value, long meta) {
        UnsafeBuffer page = page(size);
        int at = at(size++);
        page.putInt(at, handle);
        page.putInt(at + 4, pins);
        page.putLong(at + 8, value);
        page.putLong(at + 16, meta);
    }

    int handle(int record) {
        return page(record).getInt(at(record));
    }

    int pins(int record) {
        return page(record).getInt(at(record) + 4);
    }

    long value(int record) {
        return page(record).getLong(at(record) + 8);
    }

    /** 0 for an entry that the batch made. */
    long meta(int record) {
        return page(record).getLong(at(record) + 16);
    }

    void load(int from, int count, int[] handles, long[] values, long[] metas) {
        for (int i = 0; i < count; i++) {
            UnsafeBuffer page = page(from + i);
            int at = at(from + i);
            handles[i] = page.getInt(at);
            values[i] = page.getLong(at + 8);
            metas[i] = page.getLong(at + 16);
        }
    }

    void setMeta(int record, long meta) {
        page(record).putLong(at(record) + 16, meta);
    }

    private UnsafeBuffer page(int record) {
        return buffers[record >>> PAGE_SHIFT];
    }

    private static int at(int record) {
        return (record & PAGE_MASK) * RECORD_BYTES;
    }

    /** Forget all; one page is kept. */
    void clear() {
        size = 0;
        while (pages.size() > 1) {
            pages.remove(pages.size() - 1).close();
            buffers[pages.size()] = null;
        }
    }

    @Override
    public void close() {
        pages.forEach(MemoryRegion::close);
        pages.clear();
        size = 0;
    }
}

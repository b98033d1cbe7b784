package io.millrace.offheap.column;

import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryRegion;
import io.millrace.offheap.memory.MemoryUse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** Texts or bytes, one behind the other, off the heap: row i is the bytes from the end of row i − 1 up to its own end. */
final class StoredBytes extends StoredColumn {
    private static final int MIN_BYTES = 4096;

    private final MemoryLedger ledger;
    private int[] ends = {};
    private MemoryRegion region;

    StoredBytes(ElementType type, MemoryLedger ledger) {
        super(type);
        this.ledger = ledger;
    }

    @Override
    int capacity() {
        return ends.length;
    }

    private int used() {
        return size() == 0 ? 0 : ends[size() - 1];
    }

    private void reserve(long more, int room) {
        long wanted = used() + more;
        if (wanted > Integer.MAX_VALUE - MemoryRegion.PADDING) {
            throw new IllegalStateException(
                    "the texts of one partition exceed 2 GiB; spread the rows over more" + " partitions");
        }
        if (region == null || wanted > region.capacity()) {
            long doubled = region == null ? MIN_BYTES : 2L * region.capacity();
            long bytes = Math.min(Integer.MAX_VALUE - MemoryRegion.PADDING, Math.max(wanted, doubled));
            MemoryRegion larger = ledger.allocate(MemoryUse.ROWS, (int) bytes);
            if (region != null) {
                larger.buffer().putBytes(0, region.buffer(), 0, used());
                region.close();
            }
            region = larger;
        }
        ends = room > ends.length ? Arrays.copyOf(ends, room) : ends;
    }

    @Override
    void copy(Column from, int rows, int room) {
        BytesColumn column = (BytesColumn) from;
        long bytes = 0;
        for (int row = 0; row < rows; row++) {
            bytes += column.ends()[row] - column.starts()[row];
        }
        reserve(bytes, room);
        for (int row = 0, at = used(); row < rows; row++) {
            at = put(column, row, at, size() + row);
        }
    }

    @Override
    void copy(Column from, int[] rows, int first, int count, int room) {
        BytesColumn column = (BytesColumn) from;
        long bytes = 0;
        for (int i = first; i < first + count; i++) {
            bytes += column.ends()[rows[i]] - column.starts()[rows[i]];
        }
        reserve(bytes, room);
        for (int i = 0, at = used(); i < count; i++) {
            at = put(column, rows[first + i], at, size() + i);
        }
    }

    private int put(BytesColumn column, int row, int at, int target) {
        int start = column.starts()[row];
        int length = column.ends()[row] - start;
        region.buffer().putBytes(at, column.buffer(), start, length);
        ends[target] = at + length;
        return at + length;
    }

    @Override
    public void read(int from, int count, Column into) {
        BytesColumn column = wrapped(into);
        for (int i = 0; i < count; i++) {
            column.starts()[i] = startOf(from + i);
            column.ends()[i] = ends[from + i];
        }
    }

    @Override
    public void read(int[] rows, int first, int count, Column into) {
        BytesColumn column = wrapped(into);
        for (int i = 0; i < count; i++) {
            int row = rows[first + i];
            column.starts()[i] = startOf(row);
            column.ends()[i] = ends[row];
        }
    }

    private BytesColumn wrapped(Column into) {
        BytesColumn column = (BytesColumn) into;
        column.wrap(buffer(), type());
        return column;
    }

    private UnsafeBuffer buffer() {
        return region.buffer();
    }

    private int startOf(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    @Override
    public Object get(int row) {
        int start = startOf(row);
        byte[] bytes = new byte[ends[row] - start];
        buffer().getBytes(start, bytes);
        return type() == ElementType.UTF8 ? new String(bytes, StandardCharsets.UTF_8) : (Object) bytes;
    }

    @Override
    public void close() {
        super.close();
        ends = new int[0];
        if (region != null) {
            region.close();
            region = null;
        }
    }
}

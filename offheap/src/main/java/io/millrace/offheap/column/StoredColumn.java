package io.millrace.offheap.column;

import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryLimitException;
import io.millrace.offheap.memory.MemoryRegion;
import io.millrace.offheap.memory.MemoryUse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Any number of values of one type, appended a column at a time and read back in any order.
 *
 * <p>Thread: one owner while it grows; afterwards any threads may read, each into columns of its own. Memory: Java arrays of
 * 8 bytes a row (4 for objects), at most twice what is filled; of texts and bytes 4 bytes a row, and the bytes off the heap.
 */
public abstract sealed class StoredColumn implements AutoCloseable {
    private static final int MIN_ROWS = 64;

    private final ElementType type;
    private int size;

    private StoredColumn(ElementType type) {
        this.type = type;
    }

    /**
     * An empty column for values of that type.
     *
     * @param ledger pays for the bytes of texts
     */
    public static StoredColumn of(ElementType type, MemoryLedger ledger) {
        return switch (type.lane()) {
            case LONG -> new Longs(type);
            case DOUBLE -> new Doubles(type);
            case BYTES -> new Bytes(type, ledger);
            case REF -> new Refs();
        };
    }

    /** What the values are. */
    public final ElementType type() {
        return type;
    }

    /** How many values there are. */
    public final int size() {
        return size;
    }

    /**
     * Append the first rows of a column.
     *
     * @param from of this column's type
     * @throws MemoryLimitException if the ledger has no room for the bytes; nothing was appended
     */
    public final void append(Column from, int rows) {
        int room = ensured(rows);
        copy(from, rows, room);
        size += rows;
    }

    /**
     * Append some rows of a column.
     *
     * @param from of this column's type
     * @param rows their numbers, {@code rows[first]} up to {@code rows[first + count - 1]}
     * @throws MemoryLimitException if the ledger has no room for the bytes; nothing was appended
     */
    public final void append(Column from, int[] rows, int first, int count) {
        int room = ensured(count);
        copy(from, rows, first, count, room);
        size += count;
    }

    private int ensured(int more) {
        if (more > Integer.MAX_VALUE - 8 - size) {
            throw new IllegalStateException(
                    "a column of more than " + (Integer.MAX_VALUE - 8) + " rows; spread the rows over more partitions");
        }
        return capacity() >= size + more
                ? capacity()
                : (int) Math.min(
                        Integer.MAX_VALUE - 8L, Math.max(MIN_ROWS, Math.max(size + (long) more, 2L * capacity())));
    }

    /** How many rows the arrays have room for. */
    abstract int capacity();

    /** Copy rows behind the last one; arrays are to have room for {@code room}. */
    abstract void copy(Column from, int rows, int room);

    abstract void copy(Column from, int[] rows, int first, int count, int room);

    /**
     * Show rows that lie together.
     *
     * @param into a column of this one's lane; of texts it becomes a view, valid as long as this column is unchanged
     */
    public abstract void read(int from, int count, Column into);

    /** Show rows in an order of the caller's: {@code rows[first]} up to {@code rows[first + count - 1]}. */
    public abstract void read(int[] rows, int first, int count, Column into);

    /** One value as the class it entered as. */
    public abstract Object get(int row);

    /** The same values as objects. */
    public final StoredColumn turned() {
        Refs objects = new Refs();
        objects.values = new Object[Math.max(MIN_ROWS, size)];
        for (int row = 0; row < size; row++) {
            objects.values[row] = get(row);
        }
        ((StoredColumn) objects).size = size;
        return objects;
    }

    /** Forget the values; the memory is kept for the next ones. */
    public void clear() {
        size = 0;
    }

    /** Forget the values and free the memory. */
    @Override
    public void close() {
        size = 0;
    }

    private static final class Longs extends StoredColumn {
        private long[] values = {};

        Longs(ElementType type) {
            super(type);
        }

        @Override
        int capacity() {
            return values.length;
        }

        @Override
        void copy(Column from, int rows, int room) {
            values = room > values.length ? Arrays.copyOf(values, room) : values;
            System.arraycopy(((LongColumn) from).values(), 0, values, size(), rows);
        }

        @Override
        void copy(Column from, int[] rows, int first, int count, int room) {
            values = room > values.length ? Arrays.copyOf(values, room) : values;
            long[] in = ((LongColumn) from).values();
            for (int i = 0, at = size(); i < count; i++) {
                values[at + i] = in[rows[first + i]];
            }
        }

        @Override
        public void read(int from, int count, Column into) {
            LongColumn column = typed(into);
            System.arraycopy(values, from, column.values(), 0, count);
        }

        @Override
        public void read(int[] rows, int first, int count, Column into) {
            long[] out = typed(into).values();
            for (int i = 0; i < count; i++) {
                out[i] = values[rows[first + i]];
            }
        }

        private LongColumn typed(Column into) {
            LongColumn column = (LongColumn) into;
            column.setType(type());
            return column;
        }

        @Override
        public Object get(int row) {
            long value = values[row];
            return switch (type()) {
                case INT -> (Object) (int) value;
                case BOOLEAN -> value != 0;
                default -> value;
            };
        }
    }

    private static final class Doubles extends StoredColumn {
        private double[] values = {};

        Doubles(ElementType type) {
            super(type);
        }

        @Override
        int capacity() {
            return values.length;
        }

        @Override
        void copy(Column from, int rows, int room) {
            values = room > values.length ? Arrays.copyOf(values, room) : values;
            System.arraycopy(((DoubleColumn) from).values(), 0, values, size(), rows);
        }

        @Override
        void copy(Column from, int[] rows, int first, int count, int room) {
            values = room > values.length ? Arrays.copyOf(values, room) : values;
            double[] in = ((DoubleColumn) from).values();
            for (int i = 0, at = size(); i < count; i++) {
                values[at + i] = in[rows[first + i]];
            }
        }

        @Override
        public void read(int from, int count, Column into) {
            System.arraycopy(values, from, typed(into).values(), 0, count);
        }

        @Override
        public void read(int[] rows, int first, int count, Column into) {
            double[] out = typed(into).values();
            for (int i = 0; i < count; i++) {
                out[i] = values[rows[first + i]];
            }
        }

        private DoubleColumn typed(Column into) {
            DoubleColumn column = (DoubleColumn) into;
            column.setType(type());
            return column;
        }

        @Override
        public Object get(int row) {
            return type() == ElementType.FLOAT ? (Object) (float) values[row] : (Object) values[row];
        }
    }

    /** Row i is the bytes from the end of row i − 1 up to its own end. */
    private static final class Bytes extends StoredColumn {
        private static final int MIN_BYTES = 4096;

        private final MemoryLedger ledger;
        private int[] ends = {};
        private MemoryRegion region;

        Bytes(ElementType type, MemoryLedger ledger) {
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

    private static final class Refs extends StoredColumn {
        private Object[] values = {};

        Refs() {
            super(ElementType.REF);
        }

        @Override
        int capacity() {
            return values.length;
        }

        @Override
        void copy(Column from, int rows, int room) {
            values = room > values.length ? Arrays.copyOf(values, room) : values;
            System.arraycopy(((RefColumn) from).values(), 0, values, size(), rows);
        }

        @Override
        void copy(Column from, int[] rows, int first, int count, int room) {
            values = room > values.length ? Arrays.copyOf(values, room) : values;
            Object[] in = ((RefColumn) from).values();
            for (int i = 0, at = size(); i < count; i++) {
                values[at + i] = in[rows[first + i]];
            }
        }

        @Override
        public void read(int from, int count, Column into) {
            System.arraycopy(values, from, ((RefColumn) into).values(), 0, count);
        }

        @Override
        public void read(int[] rows, int first, int count, Column into) {
            Object[] out = ((RefColumn) into).values();
            for (int i = 0; i < count; i++) {
                out[i] = values[rows[first + i]];
            }
        }

        @Override
        public Object get(int row) {
            return values[row];
        }

        @Override
        public void clear() {
            Arrays.fill(values, 0, size(), null);
            super.clear();
        }

        @Override
        public void close() {
            super.close();
            values = new Object[0];
        }
    }
}

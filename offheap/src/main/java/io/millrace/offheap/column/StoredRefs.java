package io.millrace.offheap.column;

import java.util.Arrays;

/** Objects in one growing array. */
final class StoredRefs extends StoredColumn {
    private Object[] values = {};

    StoredRefs() {
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

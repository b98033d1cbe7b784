// lanes: double
package io.millrace.offheap.column;

import java.util.Arrays;

/** Numbers in one growing array. */
final class /*V*/ StoredLongs extends StoredColumn {
    private /*V*/ long[] values = {};

    /*V*/ StoredLongs(ElementType type) {
        super(type);
    }

    @Override
    int capacity() {
        return values.length;
    }

    @Override
    void copy(Column from, int rows, int room) {
        values = room > values.length ? Arrays.copyOf(values, room) : values;
        System.arraycopy(((/*V*/ LongColumn) from).values(), 0, values, size(), rows);
    }

    @Override
    void copy(Column from, int[] rows, int first, int count, int room) {
        values = room > values.length ? Arrays.copyOf(values, room) : values;
        /*V*/ long[] in = ((/*V*/ LongColumn) from).values();
        for (int i = 0, at = size(); i < count; i++) {
            values[at + i] = in[rows[first + i]];
        }
    }

    @Override
    public void read(int from, int count, Column into) {
        /*V*/ LongColumn column = typed(into);
        System.arraycopy(values, from, column.values(), 0, count);
    }

    @Override
    public void read(int[] rows, int first, int count, Column into) {
        /*V*/ long[] out = typed(into).values();
        for (int i = 0; i < count; i++) {
            out[i] = values[rows[first + i]];
        }
    }

    private /*V*/ LongColumn typed(Column into) {
        /*V*/ LongColumn column = (/*V*/ LongColumn) into;
        column.setType(type());
        return column;
    }

    @Override
    public Object get(int row) {
        return type().boxed(values[row]);
    }
}

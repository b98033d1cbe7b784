package io.millrace.offheap.pane;

import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.Lane;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.state.KeyedStore;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Values of one type by number: numbers off the heap, 8 bytes each; objects in an array. What was never set means nothing. Owner: one thread.
 */
final class Cells implements AutoCloseable {
    private final MemoryLedger ledger;
    private final ElementType type;
    private final GrowingRegion region;
    private Object[] objects = {};

    /** @param type of the long or double lane, or REF */
    Cells(ElementType type, MemoryLedger ledger) {
        if (type.lane() == Lane.BYTES) {
            throw new IllegalArgumentException("cells of type " + type + "; texts are held as objects here");
        }
        this.type = type;
        this.ledger = ledger;
        this.region = new GrowingRegion(ledger, Long.BYTES);
    }

    ElementType type() {
        return type;
    }

    private boolean isRef() {
        return type == ElementType.REF;
    }

    void ensure(int size) {
        if (isRef() && size > objects.length) {
            objects = Arrays.copyOf(objects, GrowingRegion.grown(size, objects.length, Long.BYTES));
        } else if (!isRef()) {
            region.ensure(size);
        }
    }

    /** The bits of a number. */
    long bits(int index) {
        return region.buffer().getLong(index * Long.BYTES);
    }

    void setBits(int index, long bits) {
        region.buffer().putLong(index * Long.BYTES, bits);
    }

    Object object(int index) {
        return objects[index];
    }

    void setObject(int index, Object value) {
        objects[index] = value;
    }

    /** A value as the class it entered as. */
    Object get(int index) {
        return switch (type.lane()) {
            case LONG -> type.boxed(bits(index));
            case DOUBLE -> type.boxed(Double.longBitsToDouble(bits(index)));
            default -> objects[index];
        };
    }

    /** Put a value into a row of a column of this type's lane. */
    void read(int index, Column into, int row) {
        switch (type.lane()) {
            case LONG -> ((LongColumn) into).values()[row] = bits(index);
            case DOUBLE -> ((DoubleColumn) into).values()[row] = Double.longBitsToDouble(bits(index));
            default -> ((RefColumn) into).values()[row] = objects[index];
        }
    }

    /** Values {@code at} on into the rows of a column of this type's lane, which becomes one of this type. */
    void readAll(int at, int count, Column into) {
        switch (type.lane()) {
            case LONG -> {
                ((LongColumn) into).setType(type);
                long[] values = ((LongColumn) into).values();
                for (int i = 0; i < count; i++) {
                    values[i] = bits(at + i);
                }
            }
            case DOUBLE -> {
                ((DoubleColumn) into).setType(type);
                double[] values = ((DoubleColumn) into).values();
                for (int i = 0; i < count; i++) {
                    values[i] = Double.longBitsToDouble(bits(at + i));
                }
            }
            default -> System.arraycopy(objects, at, ((RefColumn) into).values(), 0, count);
        }
    }

    /** Put the values of rows {@code from} to {@code to} that have one, each by its handle's slot, into those rows of a column. */
    void readEach(int[] handles, int from, int to, boolean[] there, Column into) {
        switch (type.lane()) {
            case LONG -> {
                UnsafeBuffer buffer = region.buffer();
                long[] values = ((LongColumn) into).values();
                for (int row = from; row < to; row++) {
                    if (there[row]) {
                        values[row] = buffer.getLong(KeyedStore.slotOf(handles[row]) * Long.BYTES);
                    }
                }
            }
            case DOUBLE -> {
                UnsafeBuffer buffer = region.buffer();
                double[] values = ((DoubleColumn) into).values();
                for (int row = from; row < to; row++) {
                    if (there[row]) {
                        values[row] = buffer.getDouble(KeyedStore.slotOf(handles[row]) * Long.BYTES);
                    }
                }
            }
            default -> {
                Object[] values = ((RefColumn) into).values();
                for (int row = from; row < to; row++) {
                    if (there[row]) {
                        values[row] = objects[KeyedStore.slotOf(handles[row])];
                    }
                }
            }
        }
    }

    /** Set the values of rows {@code from} to {@code to}, each by its handle's slot, from those rows of a column of this type. */
    void writeEach(int[] handles, int from, int to, Column column) {
        switch (type.lane()) {
            case LONG -> {
                UnsafeBuffer buffer = region.buffer();
                long[] values = ((LongColumn) column).values();
                for (int row = from; row < to; row++) {
                    buffer.putLong(KeyedStore.slotOf(handles[row]) * Long.BYTES, values[row]);
                }
            }
            case DOUBLE -> {
                UnsafeBuffer buffer = region.buffer();
                double[] values = ((DoubleColumn) column).values();
                for (int row = from; row < to; row++) {
                    buffer.putDouble(KeyedStore.slotOf(handles[row]) * Long.BYTES, values[row]);
                }
            }
            default -> {
                Object[] values = ((RefColumn) column).values();
                for (int row = from; row < to; row++) {
                    objects[KeyedStore.slotOf(handles[row])] = values[row];
                }
            }
        }
    }

    /** Have the first values of others of this type. */
    void copyFrom(Cells other, int size) {
        ensure(size);
        if (isRef()) {
            System.arraycopy(other.objects, 0, objects, 0, size);
        } else {
            region.copyFrom(other.region, size);
        }
    }

    /** Set a value from a row of a column of this type. */
    void write(int index, Column from, int row) {
        switch (type.lane()) {
            case LONG -> setBits(index, ((LongColumn) from).values()[row]);
            case DOUBLE -> setBits(index, Double.doubleToRawLongBits(((DoubleColumn) from).values()[row]));
            default -> objects[index] = ((RefColumn) from).values()[row];
        }
    }

    /** Set values {@code at} on from the first rows of a column of this type. */
    void writeAll(int at, Column from, int count) {
        ensure(at + count);
        switch (type.lane()) {
            case LONG -> {
                long[] values = ((LongColumn) from).values();
                for (int i = 0; i < count; i++) {
                    setBits(at + i, values[i]);
                }
            }
            case DOUBLE -> {
                double[] values = ((DoubleColumn) from).values();
                for (int i = 0; i < count; i++) {
                    setBits(at + i, Double.doubleToRawLongBits(values[i]));
                }
            }
            default -> System.arraycopy(((RefColumn) from).values(), 0, objects, at, count);
        }
    }

    /** The first {@code size} values as objects; these are closed. */
    Cells turned(int size) {
        Cells refs = new Cells(ElementType.REF, ledger);
        refs.ensure(Math.max(size, capacity()));
        for (int index = 0; index < size; index++) {
            refs.objects[index] = get(index);
        }
        close();
        return refs;
    }

    int capacity() {
        return isRef() ? objects.length : region.capacity();
    }

    @Override
    public void close() {
        region.close();
        objects = new Object[0];
    }
}

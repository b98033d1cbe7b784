package io.millrace.engine.key;

import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.table.BytesKeyIndex;
import io.millrace.offheap.table.LongKeyIndex;
import io.millrace.offheap.table.RefKeyIndex;

/** The distinct keys of one type and their dense slots. Owner: one worker at a time. */
abstract class KeyTable implements AutoCloseable {
    private final ElementType type;

    private KeyTable(ElementType type) {
        this.type = type;
    }

    /** A table for keys of that type; types without a lane of their own for keys become objects. */
    static KeyTable of(ElementType type, MemoryLedger ledger) {
        return switch (type) {
            case INT, LONG -> new Longs(type);
            case UTF8 -> new Texts(ledger);
            default -> new Refs();
        };
    }

    /** In which type keys of that type are held: their own, or REF. A {@code byte[]} is a key by identity, as in Java. */
    static ElementType heldAs(ElementType type) {
        return switch (type) {
            case INT, LONG, UTF8 -> type;
            default -> ElementType.REF;
        };
    }

    final ElementType type() {
        return type;
    }

    abstract int size();

    abstract int hash(int slot);

    /** What {@code hashCode} gives for the key as an object. */
    abstract int javaHash(int slot);

    /** Slots of the keys in rows {@code [0, rows)}; unknown ones are added. The column is of this table's type. */
    abstract void slotsOf(Column keys, int rows, int[] slots);

    abstract Object get(int slot);

    /** A column that {@link #read} can fill. */
    abstract Column newColumn();

    /** Put the keys of {@code count} slots, {@code order[from]} on, into the rows of such a column. */
    abstract void read(int[] order, int from, int count, Column into);

    abstract void clear();

    @Override
    public void close() {}

    /** The same keys as objects, in the same slots. */
    final KeyTable turned() {
        Refs objects = new Refs();
        for (int slot = 0, size = size(); slot < size; slot++) {
            objects.index.slotOf(get(slot));
        }
        return objects;
    }

    private static final class Longs extends KeyTable {
        private final LongKeyIndex index = new LongKeyIndex();

        Longs(ElementType type) {
            super(type);
        }

        @Override
        int size() {
            return index.size();
        }

        @Override
        int hash(int slot) {
            return index.hash(slot);
        }

        @Override
        int javaHash(int slot) {
            long key = index.keyAt(slot);
            return type() == ElementType.INT ? (int) key : Long.hashCode(key);
        }

        @Override
        void slotsOf(Column keys, int rows, int[] slots) {
            index.slotsOf(((LongColumn) keys).values(), rows, slots);
        }

        @Override
        Object get(int slot) {
            return type().boxed(index.keyAt(slot));
        }

        @Override
        Column newColumn() {
            return new LongColumn();
        }

        @Override
        void read(int[] order, int from, int count, Column into) {
            LongColumn column = (LongColumn) into;
            column.setType(type());
            for (int row = 0; row < count; row++) {
                column.values()[row] = index.keyAt(order[from + row]);
            }
        }

        @Override
        void clear() {
            index.clear();
        }
    }

    private static final class Texts extends KeyTable {
        private final BytesKeyIndex index;

        Texts(MemoryLedger ledger) {
            super(ElementType.UTF8);
            index = new BytesKeyIndex(ledger);
        }

        @Override
        int size() {
            return index.size();
        }

        @Override
        int hash(int slot) {
            return index.hash(slot);
        }

        @Override
        int javaHash(int slot) {
            return index.javaHash(slot);
        }

        @Override
        void slotsOf(Column keys, int rows, int[] slots) {
            index.slotsOf((BytesColumn) keys, rows, slots);
        }

        @Override
        Object get(int slot) {
            return index.keyAt(slot);
        }

        @Override
        Column newColumn() {
            return new BytesColumn();
        }

        @Override
        void read(int[] order, int from, int count, Column into) {
            index.readKeys(order, from, count, (BytesColumn) into);
        }

        @Override
        void clear() {
            index.clear();
        }

        @Override
        public void close() {
            index.close();
        }
    }

    private static final class Refs extends KeyTable {
        private final RefKeyIndex index = new RefKeyIndex();

        Refs() {
            super(ElementType.REF);
        }

        @Override
        int size() {
            return index.size();
        }

        @Override
        int hash(int slot) {
            return index.hash(slot);
        }

        @Override
        int javaHash(int slot) {
            Object key = index.keyAt(slot);
            return key == null ? 0 : key.hashCode();
        }

        @Override
        void slotsOf(Column keys, int rows, int[] slots) {
            index.slotsOf(((RefColumn) keys).values(), rows, slots);
        }

        @Override
        Object get(int slot) {
            return index.keyAt(slot);
        }

        @Override
        Column newColumn() {
            return new RefColumn();
        }

        @Override
        void read(int[] order, int from, int count, Column into) {
            Object[] keys = ((RefColumn) into).values();
            for (int row = 0; row < count; row++) {
                keys[row] = index.keyAt(order[from + row]);
            }
        }

        @Override
        void clear() {
            index.clear();
        }
    }
}

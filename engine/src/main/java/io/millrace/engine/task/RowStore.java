package io.millrace.engine.task;

import io.millrace.api.Tuple2;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.RefColumn;
import io.millrace.offheap.column.StoredColumn;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryLimitException;

/**
 * Rows that are kept: chunks go in, and come out again in any piece and any number of times, in the lanes they came in. Rows
 * that come in another lane than those before turn the column to objects; so do texts for which the off-heap memory is too
 * small.
 *
 * <p>Owner: one thread while it grows; afterwards any threads may read. What an append throws leaves the rows unusable but for
 * {@link #clear} and {@link #close}.
 */
public final class RowStore implements ChunkSink, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RowStore.class.getName());

    private final MemoryLedger ledger;
    private StoredColumn first;
    private StoredColumn second;
    private RefColumn boxes;

    /** No rows yet. */
    public RowStore(MemoryLedger ledger) {
        this.ledger = ledger;
    }

    /** How many rows there are. */
    public int size() {
        return first == null ? 0 : first.size();
    }

    @Override
    public void accept(Chunk chunk) {
        append(chunk, null, 0, chunk.rows());
    }

    /**
     * Append some rows of a chunk.
     *
     * @param rows their numbers, {@code rows[from]} up to {@code rows[from + count - 1]}; null for the first {@code count}
     */
    public void append(Chunk chunk, int[] rows, int from, int count) {
        if (count == 0) {
            return;
        }
        if (size() > 0 && isPairs() != chunk.isPair()) {
            appendRecords(chunk, rows, from, count);
            return;
        }
        first = appended(first, chunk.first(), rows, from, count);
        if (chunk.isPair()) {
            second = appended(second, chunk.second(), rows, from, count);
        }
    }

    private StoredColumn appended(StoredColumn held, Column column, int[] rows, int from, int count) {
        StoredColumn into = held;
        if (into == null || into.size() == 0 && into.type() != column.type()) {
            close(into);
            into = StoredColumn.of(column.type(), ledger);
        }
        if (into.type() == column.type()) {
            try {
                append(into, column, rows, from, count);
                return into;
            } catch (MemoryLimitException full) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "rows that are kept do not fit the off-heap memory any more and are Java objects from now on: {0}",
                        full.getMessage());
            }
        }
        StoredColumn objects = turned(into);
        append(objects, boxed(column, rows, from, count), null, 0, count);
        boxes.clear(count);
        return objects;
    }

    private static void append(StoredColumn into, Column column, int[] rows, int from, int count) {
        if (rows == null) {
            into.append(column, count);
        } else {
            into.append(column, rows, from, count);
        }
    }

    private static StoredColumn turned(StoredColumn column) {
        if (column.type() == ElementType.REF) {
            return column;
        }
        StoredColumn objects = column.turned();
        column.close();
        return objects;
    }

    private RefColumn boxed(Column column, int[] rows, int from, int count) {
        if (boxes == null) {
            boxes = new RefColumn();
        }
        for (int i = 0; i < count; i++) {
            boxes.values()[i] = column.get(rows == null ? i : rows[from + i]);
        }
        return boxes;
    }

    /** Pairs among rows that are none, or the other way round: all become records. */
    private void appendRecords(Chunk chunk, int[] rows, int from, int count) {
        if (isPairs()) {
            StoredColumn records = StoredColumn.of(ElementType.REF, ledger);
            RefColumn one = new RefColumn();
            for (int row = 0, size = size(); row < size; row++) {
                one.values()[0] = new Tuple2<>(first.get(row), second.get(row));
                records.append(one, 1);
            }
            close();
            first = records;
        }
        first = turned(first);
        RefColumn records = new RefColumn();
        for (int i = 0; i < count; i++) {
            records.values()[i] = ChunkRows.record(chunk, rows == null ? i : rows[from + i]);
        }
        first.append(records, count);
    }

    /** One row as the record that user code sees. */
    public Object get(int row) {
        return isPairs() ? new Tuple2<>(first.get(row), second.get(row)) : first.get(row);
    }

    /** Read rows {@code [from, to)}, as single values or as pairs. */
    public ChunkSource open(int from, int to, ChunkView view) {
        return from == to ? ChunkSource.EMPTY : new Reading(from, to, view);
    }

    /** Forget the rows; memory is kept for the next ones. */
    public void clear() {
        if (first != null) {
            first.clear();
        }
        if (second != null) {
            second.clear();
        }
    }

    private boolean isPairs() {
        return second != null && second.size() > 0;
    }

    /** Forget the rows and free the memory. */
    @Override
    public void close() {
        close(first);
        close(second);
        first = null;
        second = null;
    }

    private static void close(StoredColumn column) {
        if (column != null) {
            column.close();
        }
    }

    private final class Reading implements ChunkSource {
        private final ChunkView view;
        private final int to;
        private int at;

        Reading(int from, int to, ChunkView view) {
            this.view = view;
            this.at = from;
            this.to = to;
        }

        @Override
        public boolean next(ChunkSink sink) throws Exception {
            int rows = Math.min(Chunk.MAX_ROWS, to - at);
            if (rows > 0) {
                Column firstColumn = view.first(first.type());
                first.read(at, rows, firstColumn);
                Column secondColumn = null;
                if (isPairs()) {
                    secondColumn = view.second(second.type());
                    second.read(at, rows, secondColumn);
                }
                at += rows;
                view.give(firstColumn, secondColumn, rows, sink);
            }
            return at < to;
        }
    }
}

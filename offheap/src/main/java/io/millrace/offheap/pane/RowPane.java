package io.millrace.offheap.pane;

import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.Lane;
import io.millrace.offheap.column.StoredColumn;
import io.millrace.offheap.memory.MemoryLedger;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of one piece of time, as they came: chunks go in, and can be read any number of times, in the lanes they came in and in their
 * order. Rows of one kind that follow each other are one {@link Run}.
 *
 * <p>Owner: one thread while it grows; afterwards any threads may read. Memory: numbers, texts and bytes off the heap, at most twice what
 * is filled.
 */
public final class RowPane implements AutoCloseable {
    private final MemoryLedger ledger;
    private final List<Run> runs = new ArrayList<>();
    private long size;

    /** @param ledger pays for the rows */
    public RowPane(MemoryLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * Keep the rows of a chunk.
     *
     * @throws io.millrace.offheap.memory.MemoryLimitException if there is no room; the pane is then of no use but to be closed
     */
    public void append(Chunk chunk) {
        if (chunk.rows() == 0) {
            return;
        }
        Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        if (last == null || !last.takes(chunk)) {
            last = new Run(chunk, ledger);
            runs.add(last);
        }
        last.append(chunk);
        size += chunk.rows();
    }

    /** How many rows there are. */
    public long size() {
        return size;
    }

    /** The rows, in order. */
    public List<Run> runs() {
        return runs;
    }

    @Override
    public void close() {
        runs.forEach(Run::close);
        runs.clear();
        size = 0;
    }

    /** Rows of one kind: all single values of one type, or all pairs of two types. */
    public static final class Run {
        private static final int MOST = 1 << 24;

        private final Values first;
        private final Values second;
        private int rows;

        private Run(Chunk chunk, MemoryLedger ledger) {
            first = Values.of(chunk.first().type(), ledger);
            second = chunk.isPair() ? Values.of(chunk.second().type(), ledger) : null;
        }

        private boolean takes(Chunk chunk) {
            return rows <= MOST
                    && chunk.isPair() == isPair()
                    && chunk.first().type() == first.type()
                    && (!isPair() || chunk.second().type() == second.type());
        }

        private void append(Chunk chunk) {
            first.append(rows, chunk.first(), chunk.rows());
            if (isPair()) {
                second.append(rows, chunk.second(), chunk.rows());
            }
            rows += chunk.rows();
        }

        /** How many rows. */
        public int rows() {
            return rows;
        }

        /** Whether they are pairs. */
        public boolean isPair() {
            return second != null;
        }

        /** What the values are; of pairs, the keys. */
        public ElementType firstType() {
            return first.type();
        }

        /** What the values of pairs are. */
        public ElementType secondType() {
            return second.type();
        }

        /**
         * Show rows {@code from} on.
         *
         * @param firsts a column of the lane of {@link #firstType}
         * @param seconds a column of the lane of {@link #secondType}; not looked at unless these are pairs
         */
        public void read(int from, int count, Column firsts, Column seconds) {
            first.read(from, count, firsts);
            if (isPair()) {
                second.read(from, count, seconds);
            }
        }

        private void close() {
            first.close();
            if (isPair()) {
                second.close();
            }
        }
    }

    /** One column: numbers and objects in cells, texts and bytes one behind the other. */
    private record Values(Cells cells, StoredColumn bytes) {
        static Values of(ElementType type, MemoryLedger ledger) {
            return type.lane() == Lane.BYTES
                    ? new Values(null, StoredColumn.of(type, ledger))
                    : new Values(new Cells(type, ledger), null);
        }

        ElementType type() {
            return bytes == null ? cells.type() : bytes.type();
        }

        void append(int at, Column column, int count) {
            if (bytes == null) {
                cells.writeAll(at, column, count);
            } else {
                bytes.append(column, count);
            }
        }

        void read(int from, int count, Column into) {
            if (bytes == null) {
                cells.readAll(from, count, into);
            } else {
                bytes.read(from, count, into);
            }
        }

        void close() {
            if (bytes == null) {
                cells.close();
            } else {
                bytes.close();
            }
        }
    }
}

package io.millrace.engine.window;

import io.millrace.engine.kernel.ColumnMerge;
import io.millrace.engine.kernel.Merging;
import io.millrace.engine.state.KeySet;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.RefColumn;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.pane.Pane;
import io.millrace.offheap.state.EntryLog;
import io.millrace.offheap.state.KeyedStore;

/**
 * One partition of a window by key: the panes, and a store with the result for each key. A pane is open while its time lasts; then it is
 * closed, and at the end of each window {@link #slide} brings the results up to date.
 *
 * <p>Owner: one worker at a time. Between {@link #begin} and {@link #commit} or {@link #rollback}, which leaves everything as it was.
 */
abstract class WindowPartition implements AutoCloseable {
    final WindowGrid grid;
    final PaneRing panes;
    final ColumnMerge merge;
    final KeySet touched = new KeySet();
    final int[] handles = new int[Chunk.MAX_ROWS];
    private final KeyedStore store;
    private final Merging merging;
    private final RefColumn boxes = new RefColumn();
    private final OpenPane open;
    private ElementType type;
    private EntryLog log;
    private EntryLog resultLog;
    private boolean isResultKept;

    /** @param store holds the results; this partition's from now on */
    WindowPartition(WindowGrid grid, KeyedStore store, Merging merging, MemoryLedger ledger) {
        this.grid = grid;
        this.store = store;
        this.merging = merging;
        this.panes = new PaneRing(grid.ringSize());
        this.merge = new ColumnMerge(merging);
        this.open = new OpenPane(ledger);
    }

    /** The type in which values are held; null before the first. */
    final ElementType type() {
        return type;
    }

    final KeyedStore store() {
        return store;
    }

    /**
     * Write what batches do into logs, from now on.
     *
     * @param ofRows takes the rows that are added
     * @param ofResults takes the results that are other ones; null if that is not wanted
     */
    final void logTo(EntryLog ofRows, EntryLog ofResults) {
        log = ofRows;
        resultLog = ofResults;
    }

    /** Let results be as they are while panes come and go, because they are restored apart from them; until that is taken back. */
    final void keepResults(boolean keep) {
        isResultKept = keep;
    }

    final boolean isResultKept() {
        return isResultKept;
    }

    final void begin(long timeMs) {
        store.begin(timeMs);
    }

    /** Take in rows of the open pane, each key once in a batch. */
    final void add(Chunk chunk) {
        int rows = chunk.rows();
        store.handlesOf(chunk.first(), rows, handles);
        Column values = held(chunk.second(), rows);
        store.pinAll(handles, rows);
        if (log != null) {
            for (int row = 0; row < rows; row++) {
                log.add(store, handles[row], values, row);
            }
        }
        open.append(handles, values, rows, type);
        boxes.clear(rows);
    }

    /** A column of the type in which values are held: this one, or its rows as objects. */
    final Column held(Column column, int rows) {
        ElementType as = merging.heldAs(column.type());
        if (type == null) {
            type = as;
            started(type);
        }
        turnUnless(as);
        if (type != ElementType.REF || column.type() == ElementType.REF) {
            return column;
        }
        for (int row = 0; row < rows; row++) {
            boxes.values()[row] = column.get(row);
        }
        return boxes;
    }

    /** Hold all values as objects from now on, unless they are of that type; whether they were turned. */
    final boolean turnUnless(ElementType other) {
        if (type == other || type == ElementType.REF) {
            return false;
        }
        type = ElementType.REF;
        panes.turn();
        open.turn();
        turned();
        return true;
    }

    /** Values are held in that type from now on. */
    abstract void started(ElementType first);

    /** Values are held as objects from now on. */
    abstract void turned();

    /** The open pane is over; it has that number. */
    final void closePane(long number) throws Exception {
        if (grid.isInWindow(number)) {
            panes.set(number, open.close(this, merge));
        } else {
            open.discard(store);
        }
    }

    /** A window ends with the pane of that number: bring the results up to date. */
    final void slide(long lastPane) throws Exception {
        try {
            slide(lastPane + 1 - grid.panesPerSlide(), lastPane + 1);
        } finally {
            touched.clear();
        }
    }

    /**
     * Bring the results up to date.
     *
     * @param oldEnd the number behind the last pane of the window before
     * @param end the number behind the last pane of this one
     */
    abstract void slide(long oldEnd, long end) throws Exception;

    /** The first pane of the window that ends before a pane. */
    final long startOf(long end) {
        return Math.max(0, end - grid.panesPerWindow());
    }

    /** A pane leaves the ring: its keys are touched, and are held by it no more. */
    final void leave(long number) {
        Pane pane = panes.get(number);
        for (int from = 0; pane != null && from < pane.size(); from += Chunk.MAX_ROWS) {
            int rows = Math.min(Chunk.MAX_ROWS, pane.size() - from);
            pane.handles(from, rows, handles);
            touched(rows);
            store.unpinAll(handles, rows);
        }
        panes.set(number, null);
    }

    /** The results of the keys of {@link #handles} may be others now. */
    void touched(int rows) {
        touched.addAll(handles, rows);
    }

    void commit() {
        open.commit();
        panes.commit();
        if (resultLog == null) {
            store.commit();
        } else {
            store.commit(resultLog);
        }
    }

    void rollback() {
        open.rollback();
        panes.rollback();
        if (store.isInBatch()) {
            store.rollback();
        }
        touched.clear();
    }

    @Override
    public void close() {
        open.close();
        panes.close();
        store.close();
    }
}

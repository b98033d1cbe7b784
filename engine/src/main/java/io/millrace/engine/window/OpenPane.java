package io.millrace.engine.window;

import io.millrace.engine.kernel.ColumnMerge;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LaneColumns;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.pane.KeyColumn;
import io.millrace.offheap.pane.Pane;
import io.millrace.offheap.state.KeyedStore;
import java.util.ArrayList;
import java.util.List;

/**
 * The pane whose time is not over: a pane for each batch, which become one when it closes. What a batch does to it can be undone until the
 * next commit. Owner: one worker at a time.
 */
final class OpenPane implements AutoCloseable {
    private final MemoryLedger ledger;
    private final KeyColumn positions;
    private final LongColumn positionsOfRows = new LongColumn();
    private final LongColumn freshPositions = new LongColumn();
    private final LaneColumns lefts = new LaneColumns();
    private final LaneColumns rights = new LaneColumns();
    private final int[] handles = new int[Chunk.MAX_ROWS];
    private final boolean[] there = new boolean[Chunk.MAX_ROWS];
    private final int[] known = new int[Chunk.MAX_ROWS];
    private final int[] fresh = new int[Chunk.MAX_ROWS];
    private final int[] knownHandles = new int[Chunk.MAX_ROWS];
    private final int[] freshHandles = new int[Chunk.MAX_ROWS];
    private List<Pane> batches = new ArrayList<>();
    private final List<Pane> retired = new ArrayList<>();
    private int ofEarlierBatches;
    private boolean isBatchBegun;

    OpenPane(MemoryLedger ledger) {
        this.ledger = ledger;
        this.positions = new KeyColumn(ElementType.LONG, ledger);
    }

    /** Append rows of the batch at hand, each key once. */
    void append(int[] keys, Column values, int rows, ElementType type) {
        if (!isBatchBegun) {
            batches.add(new Pane(type, ledger));
            isBatchBegun = true;
        }
        batches.get(batches.size() - 1).append(keys, values, rows);
    }

    /** Its time is over: the pane, which is the caller's; null if it has no rows. A key that several batches had is unpinned but once. */
    Pane close(WindowPartition of, ColumnMerge merge) throws Exception {
        Pane closed = null;
        if (batches.size() == 1 && ofEarlierBatches == 0) {
            closed = batches.get(0);
        } else if (!batches.isEmpty()) {
            closed = joined(of, merge);
        }
        giveUp(closed);
        return closed;
    }

    /** Its time is over, and no window has it. */
    void discard(KeyedStore store) {
        for (Pane pane : batches) {
            for (int from = 0; from < pane.size(); from += Chunk.MAX_ROWS) {
                int rows = Math.min(Chunk.MAX_ROWS, pane.size() - from);
                pane.handles(from, rows, handles);
                store.unpinAll(handles, rows);
            }
        }
        giveUp(null);
    }

    private void giveUp(Pane kept) {
        for (int i = 0; i < batches.size(); i++) {
            Pane pane = batches.get(i);
            if (i < ofEarlierBatches) {
                retired.add(pane);
            } else if (pane != kept) {
                pane.close();
            }
        }
        batches = new ArrayList<>();
        ofEarlierBatches = 0;
        isBatchBegun = false;
    }

    private Pane joined(WindowPartition of, ColumnMerge merge) throws Exception {
        Pane all = new Pane(of.type(), ledger);
        positions.clear();
        try {
            for (Pane pane : batches) {
                for (int from = 0; from < pane.size(); from += Chunk.MAX_ROWS) {
                    join(all, pane, from, Math.min(Chunk.MAX_ROWS, pane.size() - from), of, merge);
                }
            }
            return all;
        } catch (Throwable failed) {
            all.close();
            throw failed;
        }
    }

    private void join(Pane all, Pane pane, int from, int rows, WindowPartition of, ColumnMerge merge) throws Exception {
        int knownCount = 0;
        int freshCount = 0;
        pane.handles(from, rows, handles);
        positions.readAll(handles, rows, there, positionsOfRows);
        for (int row = 0; row < rows; row++) {
            if (there[row]) {
                known[knownCount++] = row;
            } else {
                fresh[freshCount++] = row;
            }
        }
        addFresh(all, pane, from, freshCount);
        if (knownCount > 0) {
            mergeKnown(all, pane, from, knownCount, of, merge);
        }
    }

    private void addFresh(Pane all, Pane pane, int from, int count) {
        Column values = lefts.of(pane.type());
        for (int i = 0; i < count; i++) {
            pane.value(from + fresh[i], values, i);
            freshHandles[i] = handles[fresh[i]];
            freshPositions.values()[i] = all.size() + i;
        }
        positions.writeAll(freshHandles, freshPositions, count);
        all.append(freshHandles, values, count);
        lefts.forget(count);
    }

    private void mergeKnown(Pane all, Pane pane, int from, int count, WindowPartition of, ColumnMerge merge)
            throws Exception {
        Column left = lefts.of(all.type());
        Column right = rights.of(pane.type());
        for (int i = 0; i < count; i++) {
            all.value(positionOf(known[i]), left, i);
            pane.value(from + known[i], right, i);
            knownHandles[i] = handles[known[i]];
        }
        of.store().unpinAll(knownHandles, count);
        Column merged = merge.merge(left, right, count);
        if (of.turnUnless(merged.type())) {
            all.turn();
        }
        Column results = of.held(merged, count);
        for (int i = 0; i < count; i++) {
            all.setValue(positionOf(known[i]), results, i);
        }
        lefts.forget(count);
        rights.forget(count);
    }

    private int positionOf(int row) {
        return (int) positionsOfRows.values()[row];
    }

    /** Hold the values as objects from now on. */
    void turn() {
        batches.forEach(Pane::turn);
        retired.forEach(Pane::turn);
    }

    void commit() {
        retired.forEach(Pane::close);
        retired.clear();
        positions.commit();
        ofEarlierBatches = batches.size();
        isBatchBegun = false;
    }

    void rollback() {
        for (int i = ofEarlierBatches; i < batches.size(); i++) {
            batches.get(i).close();
        }
        List<Pane> before = new ArrayList<>(retired);
        before.addAll(batches.subList(0, ofEarlierBatches));
        batches = before;
        retired.clear();
        positions.rollback();
        ofEarlierBatches = batches.size();
        isBatchBegun = false;
    }

    @Override
    public void close() {
        rollback();
        batches.forEach(Pane::close);
        batches.clear();
        positions.close();
    }
}

package io.millrace.engine.window;

import io.millrace.engine.kernel.Merging;
import io.millrace.engine.state.Merged;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LaneColumns;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.pane.KeyColumn;
import io.millrace.offheap.pane.Pane;
import io.millrace.offheap.state.KeyedStore;

/**
 * A window whose function has no inverse. Panes are counted in blocks of half a window, so a window is the rest of a front block, a whole
 * middle one, and the beginning of the current one; a key's result is what these three have for it.
 *
 * <pre>
 *        front            middle          current
 *   . . . f f f │ m m m m m m │ c c . . .
 *         └────────── window ──────────┘
 * </pre>
 *
 * <p>What the current block has grows with each pane. What is left of the front one when a pane leaves must be known already: for each row, what
 * the rows of its key behind it in the block come to. That is worked out from the block's end backwards, one pane whenever a pane comes, in
 * the half window between the block's end and its first pane's leaving. So a slide costs what its own panes hold, three times, whatever the length of
 * the window.
 *
 * <p>Source: two stacks, whose flip is spread over the slides (as Tangwongsan, Hirzel and Schneider do in DABA); blocks as in van Herk, and Gil and
 * Werman.
 */
final class SlidingPartition extends WindowPartition {
    private static final long NONE = -1;

    private final MemoryLedger ledger;
    private final int blockPanes;
    private final Merged merged = new Merged();
    private final LaneColumns values = new LaneColumns();
    private final LaneColumns some = new LaneColumns();
    private final boolean[] there = new boolean[Chunk.MAX_ROWS];
    private final int[] picked = new int[Chunk.MAX_ROWS];
    private Blocks now;
    private Blocks committed;
    private KeyColumn suffixes;

    /**
     * Which columns hold what the blocks have by key, and how far the suffixes are.
     *
     * @param frontBlock whose rest {@code front} holds; {@link #NONE} if none
     * @param middleBlock what {@code middle} holds all of; {@link #NONE} if none
     * @param suffixPane the pane whose suffixes are worked out next
     * @param suffixStart the first pane of the block they are worked out in; nothing is left to do below it
     */
    private record Blocks(
            KeyColumn front,
            KeyColumn middle,
            KeyColumn current,
            long frontBlock,
            long middleBlock,
            long suffixPane,
            long suffixStart) {
        Blocks withSuffixPane(long pane) {
            return new Blocks(front, middle, current, frontBlock, middleBlock, pane, suffixStart);
        }

        boolean isSuffixPending() {
            return suffixPane >= suffixStart;
        }
    }

    SlidingPartition(WindowGrid grid, KeyedStore store, Merging merging, MemoryLedger ledger) {
        super(grid, store, merging, ledger);
        this.ledger = ledger;
        this.blockPanes = (grid.panesPerWindow() + 1) / 2;
    }

    @Override
    void started(ElementType first) {
        now = new Blocks(
                new KeyColumn(first, ledger),
                new KeyColumn(first, ledger),
                new KeyColumn(first, ledger),
                NONE,
                NONE,
                -1,
                0);
        committed = now;
        suffixes = new KeyColumn(first, ledger);
    }

    @Override
    void turned() {
        now.front().turn();
        now.middle().turn();
        now.current().turn();
        suffixes.turn();
    }

    @Override
    void slide(long oldEnd, long end) throws Exception {
        if (now == null) {
            return; // no row yet
        }
        if (grid.isTumbling()) {
            for (long pane = startOf(oldEnd); pane < oldEnd; pane++) {
                leave(pane);
            }
            now.current().clear();
            for (long pane = startOf(end); pane < end; pane++) {
                enter(pane);
            }
        } else {
            for (long pane = oldEnd; pane < end; pane++) {
                if (pane >= grid.panesPerWindow()) {
                    evict(pane - grid.panesPerWindow());
                }
                enter(pane);
                endBlock(pane);
                if (now.isSuffixPending()) {
                    workOutSuffixes();
                }
            }
        }
        bringUpToDate();
        values.forget(Chunk.MAX_ROWS);
        some.forget(Chunk.MAX_ROWS);
    }

    /** A pane comes into the window. */
    private void enter(long number) throws Exception {
        Pane pane = panes.get(number);
        for (int from = 0; pane != null && from < pane.size(); from += Chunk.MAX_ROWS) {
            int rows = Math.min(Chunk.MAX_ROWS, pane.size() - from);
            pane.handles(from, rows, handles);
            touched(rows);
            merged.begin(rows);
            merged.merge(now.current(), handles, merge);
            Column come = values.of(pane.type());
            pane.values(from, rows, come);
            merged.merge(come, merge);
            writeAll(now.current(), merged, rows);
        }
    }

    /** Set what a column has for the keys of {@link #handles}. */
    private void writeAll(KeyColumn column, Merged from, int rows) {
        column.writeAll(handles, held(from.column(), rows), rows);
        from.clear();
    }

    /** The current block is over with its last pane, and becomes the middle one. */
    private void endBlock(long pane) throws Exception {
        if ((pane + 1) % blockPanes != 0) {
            return;
        }
        finishSuffixes();
        if (now.middleBlock() != NONE) {
            advanceFront();
        }
        KeyColumn free = now.middle();
        free.clear();
        suffixes.clear();
        long block = pane / blockPanes;
        now = new Blocks(now.front(), now.current(), free, now.frontBlock(), block, pane, block * blockPanes);
    }

    /** Nothing is left of the front block: the middle one becomes it. */
    private void advanceFront() {
        KeyColumn free = now.front();
        free.clear();
        now = new Blocks(
                now.middle(), free, now.current(), now.middleBlock(), NONE, now.suffixPane(), now.suffixStart());
    }

    private void finishSuffixes() throws Exception {
        while (now.isSuffixPending()) {
            workOutSuffixes();
        }
    }

    /** In the pane that is next: each row gets what the rows of its key behind it come to, in place of its own value. */
    private void workOutSuffixes() throws Exception {
        long number = now.suffixPane();
        Pane pane = panes.get(number);
        if (pane != null) {
            Pane worked = pane.copy();
            panes.set(number, worked);
            for (int from = 0; from < pane.size(); from += Chunk.MAX_ROWS) {
                workOutSuffixes(worked, from, Math.min(Chunk.MAX_ROWS, pane.size() - from));
            }
        }
        now = now.withSuffixPane(number - 1);
    }

    private void workOutSuffixes(Pane pane, int from, int rows) throws Exception {
        pane.handles(from, rows, handles);
        Column own = values.of(pane.type());
        pane.values(from, rows, own);
        merged.begin(rows);
        merged.merge(own, merge);
        merged.merge(behind(rows), there, merge);
        turnUnless(merged.column().type());
        pane.setValues(from, rows, there, behind(rows));
        writeAll(suffixes, merged, rows);
    }

    /** What the rows behind come to, for the keys of {@link #handles} of which there are any. */
    private Column behind(int rows) {
        Column behind = some.of(suffixes.type());
        suffixes.readAll(handles, rows, there, behind);
        return behind;
    }

    /** A pane leaves the window: of its block's rest, each of its keys has what is behind. */
    private void evict(long number) throws Exception {
        Pane pane = panes.get(number);
        if (pane == null) {
            return;
        }
        if (now.frontBlock() != number / blockPanes) {
            finishSuffixes();
            advanceFront();
            pane = panes.get(number);
        }
        for (int from = 0; from < pane.size(); from += Chunk.MAX_ROWS) {
            replaceInFront(pane, from, Math.min(Chunk.MAX_ROWS, pane.size() - from));
        }
        leave(number);
    }

    private void replaceInFront(Pane pane, int from, int rows) {
        pane.handles(from, rows, handles);
        pane.present(from, rows, there);
        Column all = values.of(pane.type());
        pane.values(from, rows, all);
        int count = 0;
        for (int row = 0; row < rows; row++) {
            if (there[row]) {
                handles[count] = handles[row];
                picked[count++] = row;
            } else {
                now.front().remove(handles[row]);
            }
        }
        Column left = some.of(pane.type());
        LaneColumns.gather(all, picked, count, left);
        now.front().writeAll(handles, left, count);
    }

    private void bringUpToDate() throws Exception {
        for (int from = 0; from < touched.size(); from += Chunk.MAX_ROWS) {
            int rows = Math.min(Chunk.MAX_ROWS, touched.size() - from);
            touched.read(from, rows, handles);
            merged.begin(rows);
            if (!grid.isTumbling()) {
                merged.merge(now.front(), handles, merge);
                merged.merge(now.middle(), handles, merge);
            }
            merged.merge(now.current(), handles, merge);
            store(rows);
            merged.clear();
        }
    }

    private void store(int rows) {
        int count = 0;
        for (int row = 0; row < rows; row++) {
            if (merged.has(row)) {
                handles[count] = handles[row];
                picked[count++] = row;
            } else {
                store().remove(handles[row]);
            }
        }
        if (count > 0) {
            Column results = some.of(merged.column().type());
            LaneColumns.gather(merged.column(), picked, count, results);
            store().putAll(handles, results, count);
        }
    }

    @Override
    void commit() {
        super.commit();
        if (now != null) {
            now.front().commit();
            now.middle().commit();
            now.current().commit();
            suffixes.commit();
        }
        committed = now;
    }

    @Override
    void rollback() {
        super.rollback();
        if (now != null) {
            now.front().rollback();
            now.middle().rollback();
            now.current().rollback();
            suffixes.rollback();
        }
        now = committed;
    }

    @Override
    public void close() {
        super.close();
        if (now != null) {
            now.front().close();
            now.middle().close();
            now.current().close();
            suffixes.close();
        }
    }
}

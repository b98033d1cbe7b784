package io.millrace.engine.window;

import io.millrace.api.Tuple2;
import io.millrace.api.function.Expression;
import io.millrace.api.function.Function;
import io.millrace.api.function.Recognised;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.engine.kernel.ColumnMerge;
import io.millrace.engine.kernel.Merging;
import io.millrace.engine.state.RunningValues;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LaneColumns;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.pane.Pane;
import io.millrace.offheap.state.KeyedStore;
import io.millrace.offheap.state.StoreColumns;
import java.util.Objects;

/**
 * A window whose function has an inverse: a key's result is the last one, less what leaves, and what comes put in. A slide costs what
 * comes and what leaves.
 *
 * <p>Source: guide, "Window Operations", reduceByKeyAndWindow with an inverse function. Where the slide is longer than the window, rows
 * between two windows are in none of them, which Spark gets wrong.
 */
final class SubtractingPartition extends WindowPartition {
    private final ColumnMerge inverse;
    private final OperatorFunction filter;
    private final boolean isFilterNotZero;
    private final RunningValues running;
    private final LaneColumns values = new LaneColumns();
    private final LaneColumns lefts = new LaneColumns();
    private final LaneColumns rights = new LaneColumns();
    private final int[] picked = new int[Chunk.MAX_ROWS];
    private final StoreColumns columns = new StoreColumns();
    private final boolean[] present = new boolean[Chunk.MAX_ROWS];

    /** @param filter null if every result stays */
    SubtractingPartition(
            WindowGrid grid,
            KeyedStore store,
            Merging merging,
            Merging inverse,
            OperatorFunction filter,
            MemoryLedger ledger) {
        super(grid, store, merging, ledger);
        this.inverse = new ColumnMerge(inverse);
        this.running = new RunningValues(store, merging);
        this.filter = filter;
        this.isFilterNotZero = filter != null
                && filter.function() instanceof Recognised recognised
                && recognised.expression() instanceof Expression.NotZero;
    }

    @Override
    void started(ElementType first) {}

    @Override
    void turned() {}

    @Override
    void slide(long oldEnd, long end) throws Exception {
        long start = startOf(end);
        for (long pane = startOf(oldEnd); pane < Math.min(start, oldEnd); pane++) {
            if (!isResultKept()) {
                takeOut(panes.get(pane));
            }
            leave(pane);
        }
        for (long pane = Math.max(start, oldEnd); pane < end && !isResultKept(); pane++) {
            putIn(panes.get(pane));
        }
        if (filter != null && !isResultKept()) {
            filter();
        }
        values.forget(Chunk.MAX_ROWS);
        lefts.forget(Chunk.MAX_ROWS);
        rights.forget(Chunk.MAX_ROWS);
    }

    /** Only a filter looks at keys again. */
    @Override
    void touched(int rows) {
        if (filter != null) {
            super.touched(rows);
        }
    }

    /** A key without a result, because the filter refused it, has nothing to be taken out of. */
    private void takeOut(Pane pane) throws Exception {
        for (int from = 0; pane != null && from < pane.size(); from += Chunk.MAX_ROWS) {
            int rows = Math.min(Chunk.MAX_ROWS, pane.size() - from);
            pane.handles(from, rows, handles);
            Column held = store().valuesOf(handles, rows, present, columns);
            Column gone = values.of(pane.type());
            pane.values(from, rows, gone);
            int count = 0;
            for (int row = 0; row < rows; row++) {
                if (present[row]) {
                    handles[count] = handles[row];
                    picked[count++] = row;
                }
            }
            Column left = lefts.of(held.type());
            Column right = rights.of(pane.type());
            LaneColumns.gather(held, picked, count, left);
            LaneColumns.gather(gone, picked, count, right);
            store().putAll(handles, inverse.merge(left, right, count), count);
        }
    }

    private void putIn(Pane pane) throws Exception {
        for (int from = 0; pane != null && from < pane.size(); from += Chunk.MAX_ROWS) {
            int rows = Math.min(Chunk.MAX_ROWS, pane.size() - from);
            pane.handles(from, rows, handles);
            touched(rows);
            Column come = values.of(pane.type());
            pane.values(from, rows, come);
            running.merge(handles, come, rows);
            running.clear();
        }
    }

    private void filter() {
        for (int from = 0; from < touched.size(); from += Chunk.MAX_ROWS) {
            int rows = Math.min(Chunk.MAX_ROWS, touched.size() - from);
            touched.read(from, rows, handles);
            for (int row = 0; row < rows; row++) {
                if (store().exists(handles[row]) && !stays(handles[row])) {
                    store().remove(handles[row]);
                }
            }
        }
    }

    @SuppressWarnings("unchecked") // the program's types say so
    private boolean stays(int handle) {
        if (isFilterNotZero && store().typeOf(handle) == ElementType.LONG) {
            return store().longAt(handle) != 0;
        }
        Tuple2<Object, Object> result = new Tuple2<>(store().keyOf(handle), store().valueOf(handle));
        try {
            Boolean stays = ((Function<Object, Boolean>) filter.function()).call(result);
            return Objects.requireNonNull(stays, "the filter gave null, expected true or false");
        } catch (Throwable thrown) {
            throw filter.failed(result, thrown);
        }
    }
}

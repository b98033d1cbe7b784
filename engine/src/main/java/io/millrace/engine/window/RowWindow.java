package io.millrace.engine.window;

import io.millrace.engine.exchange.BatchExchange;
import io.millrace.engine.key.KeySpread;
import io.millrace.engine.state.BatchTime;
import io.millrace.engine.state.LoggedState;
import io.millrace.engine.state.OperatorLog;
import io.millrace.engine.state.StatefulOperator;
import io.millrace.engine.state.StoreOpener;
import io.millrace.engine.task.Rows;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.pane.RowPane;
import io.millrace.offheap.state.EntryReader;
import io.millrace.offheap.state.KeyedStore;
import io.millrace.plan.OperatorId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** {@code window}: the rows of several batches, kept in the lanes in which they came, until no window has them any more. */
final class RowWindow implements StatefulOperator {
    private final OperatorId id;
    private final WindowGrid grid;
    private final long lengthMs;
    private final long slideMs;
    private final long inputSlideMs;
    private final MemoryLedger ledger;
    private final StoreOpener opener;
    private RowLog log;
    private final Deque<Batch> batches = new ArrayDeque<>();
    private Batch taken;
    private BatchTime time;

    /** The rows of one batch, a pane for each partition. */
    private record Batch(long sinceZeroMs, RowPane[] partitions) {
        void close() {
            for (RowPane pane : partitions) {
                if (pane != null) {
                    pane.close();
                }
            }
        }
    }

    /** @param inputSlideMs how often there are rows, milliseconds */
    RowWindow(OperatorId id, WindowGrid grid, long lengthMs, long slideMs, long inputSlideMs, StoreOpener opener) {
        this.id = id;
        this.grid = grid;
        this.lengthMs = lengthMs;
        this.slideMs = slideMs;
        this.inputSlideMs = inputSlideMs;
        this.opener = opener;
        this.ledger = opener.ledger();
    }

    @Override
    public OperatorId id() {
        return id;
    }

    @Override
    public boolean wantsRows(BatchTime at) {
        return at.isDue(inputSlideMs) && grid.isInWindow(grid.paneOf(at.sinceZeroMs()));
    }

    @Override
    public void advance(BatchTime at, Rows rows, BatchExchange.Steps steps) throws Exception {
        time = at;
        while (!batches.isEmpty() && batches.peek().sinceZeroMs() <= at.sinceZeroMs() - lengthMs) {
            batches.poll().close(); // results that had it are over
        }
        if (rows == null) {
            return;
        }
        rows.inputRows(); // what has to be computed before its partitions are known
        RowPane[] panes = new RowPane[rows.partitionCount()];
        taken = new Batch(at.sinceZeroMs(), panes);
        steps.forEachPartition(rows, (partition, scratch) -> {
            panes[partition] = new RowPane(ledger);
            rows.read(partition, scratch, panes[partition]::append);
        });
    }

    @Override
    public void commit(BatchExchange.Steps steps) {
        if (taken != null) {
            if (log != null) {
                log.add(taken.partitions());
            }
            batches.add(taken);
            taken = null;
        }
    }

    @Override
    public OperatorLog keepLog(MemoryLedger logLedger) {
        OperatorLog rows =
                new OperatorLog(0, 1, logLedger); // their input has as many partitions as it likes, in each batch
        log = new RowLog(rows.rows().get(0), opener.codecs().get());
        return rows;
    }

    @Override
    public boolean keepsKeys() {
        return false;
    }

    @Override
    public long logLengthMs() {
        return lengthMs;
    }

    @Override
    public void restore(LoggedState logged, EntryReader entries, KeySpread spread, BatchExchange.Steps steps)
            throws Exception {
        BatchTime at = new BatchTime(logged.timeMs() - logged.sinceZeroMs(), logged.timeMs());
        try (LoggedRows rows = LoggedRows.asTheyWere(logged, entries, id, opener.policy(), ledger)) {
            advance(at, rows, steps);
            commit(steps);
        }
    }

    @Override
    public void restored(BatchTime last, BatchExchange.Steps steps) throws Exception {
        advance(last, null, steps);
    }

    @Override
    public void rollback() {
        if (taken != null) {
            taken.close();
            taken = null;
        }
    }

    @Override
    public Rows result() {
        return time.isDue(slideMs) ? states() : null;
    }

    @Override
    public Rows states() {
        List<RowPane> panes = new ArrayList<>();
        batches.forEach(batch -> panes.addAll(List.of(batch.partitions())));
        if (taken != null) {
            panes.addAll(List.of(taken.partitions()));
        }
        return new PaneRows(panes);
    }

    @Override
    public List<KeyedStore> stores() {
        return List.of();
    }

    @Override
    public void close() {
        rollback();
        batches.forEach(Batch::close);
        batches.clear();
    }
}

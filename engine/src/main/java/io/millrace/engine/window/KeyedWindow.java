package io.millrace.engine.window;

import io.millrace.engine.exchange.BatchExchange;
import io.millrace.engine.key.KeySpread;
import io.millrace.engine.state.BatchTime;
import io.millrace.engine.state.LoggedState;
import io.millrace.engine.state.OperatorLog;
import io.millrace.engine.state.SavedStores;
import io.millrace.engine.state.StatefulOperator;
import io.millrace.engine.state.StoreOpener;
import io.millrace.engine.state.StoreRows;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.state.EntryReader;
import io.millrace.offheap.state.KeyedStore;
import io.millrace.plan.OperatorId;
import java.util.List;
import java.util.Optional;

/** {@code reduceByKeyAndWindow}: takes in one row per key and batch, gives one per key whenever the window slides. */
final class KeyedWindow implements StatefulOperator {
    private final OperatorId id;
    private final WindowGrid grid;
    private final List<? extends WindowPartition> partitions;
    private final Rows results;
    private final long inputSlideMs;
    private final StoreOpener opener;
    private final boolean isWithInverse;
    private long takenInMs;
    private long takenInBeforeMs;
    private long work;
    private boolean isDue;

    /** @param inputSlideMs how often there are rows, milliseconds */
    KeyedWindow(
            OperatorId id,
            WindowGrid grid,
            long inputSlideMs,
            List<? extends WindowPartition> partitions,
            boolean isWithInverse,
            StoreOpener opener) {
        this.isWithInverse = isWithInverse;
        this.opener = opener;
        this.id = id;
        this.grid = grid;
        this.inputSlideMs = inputSlideMs;
        this.partitions = partitions;
        this.results = new StoreRows(stores());
    }

    @Override
    public OperatorId id() {
        return id;
    }

    @Override
    public boolean wantsRows(BatchTime time) {
        return time.isDue(inputSlideMs) && grid.isInWindow(grid.paneOf(time.sinceZeroMs()));
    }

    @Override
    public void advance(BatchTime time, Rows rows, BatchExchange.Steps steps) throws Exception {
        long from = takenInMs;
        long to = time.sinceZeroMs();
        work = rows == null ? 0 : rows.inputRows();
        isDue = to % grid.paneMs() == 0 && grid.endsWindow(to / grid.paneMs() - 1);
        takenInMs = to;
        steps.forEach(
                partitions.size(),
                work,
                (partition, scratch) -> advance(partitions.get(partition), time, from, rows, partition, scratch));
    }

    /** What ended before the batch began, the batch's rows, and what ends with it. */
    private void advance(WindowPartition of, BatchTime time, long from, Rows rows, int partition, WorkerScratch scratch)
            throws Exception {
        long to = time.sinceZeroMs();
        long pane = grid.paneOf(to);
        of.begin(time.timeMs());
        for (long over = from / grid.paneMs(); over < pane; over++) {
            end(of, over);
        }
        if (rows != null) {
            rows.read(partition, scratch, of::add);
        }
        if (to % grid.paneMs() == 0) {
            end(of, pane);
        }
    }

    private void end(WindowPartition of, long pane) throws Exception {
        of.closePane(pane);
        if (grid.endsWindow(pane)) {
            of.slide(pane);
        }
    }

    @Override
    public void commit(BatchExchange.Steps steps) throws Exception {
        steps.forEach(
                partitions.size(),
                work,
                (partition, scratch) -> partitions.get(partition).commit());
        takenInBeforeMs = takenInMs;
    }

    @Override
    public OperatorLog keepLog(MemoryLedger ledger) {
        OperatorLog log = new OperatorLog(keepsKeys() ? partitions.size() : 0, partitions.size(), ledger);
        for (int partition = 0; partition < partitions.size(); partition++) {
            partitions
                    .get(partition)
                    .logTo(log.rows().get(partition), keepsKeys() ? log.keys().get(partition) : null);
        }
        return log;
    }

    /** With an inverse a result is more than its window's rows say: keys that have none left, and what rounding or a filter has done. */
    @Override
    public boolean keepsKeys() {
        return isWithInverse;
    }

    @Override
    public long logLengthMs() {
        int panes =
                grid.panesPerWindow() + grid.panesPerSlide(); // the last window is in the results until the next slide
        return grid.paneMs() * panes;
    }

    /** Rows are taken in again; without an inverse, results are worked out anew from those that the window still has. */
    @Override
    public void restore(LoggedState logged, EntryReader entries, KeySpread spread, BatchExchange.Steps steps)
            throws Exception {
        if (!logged.isRows()) {
            SavedStores.restore(stores(), logged, entries, spread, Optional.empty());
            return;
        }
        beginAt(logged.sinceZeroMs());
        BatchTime time = new BatchTime(logged.timeMs() - logged.sinceZeroMs(), logged.timeMs());
        try (LoggedRows rows = LoggedRows.byKey(logged, entries, spread, id, opener.policy(), opener.ledger())) {
            advanceAgain(time, rows, steps);
        }
    }

    private void advanceAgain(BatchTime time, Rows rows, BatchExchange.Steps steps) throws Exception {
        partitions.forEach(partition -> partition.keepResults(keepsKeys()));
        advance(time, rows, steps);
        commit(steps);
        partitions.forEach(partition -> partition.keepResults(false));
    }

    /** What was before the pane of a batch is over, and nothing of it is left. */
    private void beginAt(long sinceZeroMs) {
        if (takenInMs == 0) {
            takenInMs = grid.paneOf(sinceZeroMs) * grid.paneMs();
            takenInBeforeMs = takenInMs;
        }
    }

    @Override
    public void restored(BatchTime last, BatchExchange.Steps steps) throws Exception {
        beginAt(last.sinceZeroMs());
        if (last.sinceZeroMs() > takenInMs) {
            advanceAgain(last, null, steps);
        }
    }

    @Override
    public void rollback() {
        partitions.forEach(WindowPartition::rollback);
        takenInMs = takenInBeforeMs;
    }

    @Override
    public Rows result() {
        return isDue ? results : null;
    }

    @Override
    public Rows states() {
        return results;
    }

    @Override
    public List<KeyedStore> stores() {
        return partitions.stream().map(WindowPartition::store).toList();
    }

    @Override
    public void close() {
        partitions.forEach(WindowPartition::close);
    }
}

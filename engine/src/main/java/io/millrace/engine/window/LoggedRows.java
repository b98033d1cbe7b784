package io.millrace.engine.window;

import io.millrace.engine.function.LanePolicy;
import io.millrace.engine.key.KeySpread;
import io.millrace.engine.row.ChunkStep;
import io.millrace.engine.state.LoggedState;
import io.millrace.engine.task.ChunkSource;
import io.millrace.engine.task.CountedRows;
import io.millrace.engine.task.RowStore;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.state.EntryReader;
import io.millrace.plan.OperatorId;
import io.millrace.type.RecordType;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/** The rows of one batch as a log has kept them, in the partitions where they belong now. Owner: one thread while it is made. */
final class LoggedRows implements CountedRows, AutoCloseable {
    private final List<RowStore> partitions = new ArrayList<>();

    private LoggedRows(int count, MemoryLedger ledger) {
        for (int partition = 0; partition < count; partition++) {
            partitions.add(new RowStore(ledger));
        }
    }

    /** Keyed rows, spread by their keys. */
    static LoggedRows byKey(
            LoggedState logged,
            EntryReader entries,
            KeySpread spread,
            OperatorId id,
            LanePolicy policy,
            MemoryLedger ledger)
            throws Exception {
        LoggedRows rows = new LoggedRows(spread.partitions(), ledger);
        List<ChunkStep> gathered = rows.gatherers(id, policy);
        for (LoggedState.Part part : logged.parts()) {
            wrap(part, entries);
            while (entries.next()) {
                Object key = entries.key();
                gathered.get(spread.partitionOf(key)).pairRow(key, entries.value());
            }
        }
        return rows.flushed(gathered);
    }

    /** Rows of any kind, each the value of an entry, in the partitions where they were. */
    static LoggedRows asTheyWere(
            LoggedState logged, EntryReader entries, OperatorId id, LanePolicy policy, MemoryLedger ledger)
            throws Exception {
        int count = logged.parts().stream()
                .mapToInt(LoggedState.Part::partitions)
                .max()
                .orElse(0);
        LoggedRows rows = new LoggedRows(count, ledger);
        List<ChunkStep> gathered = rows.gatherers(id, policy);
        for (LoggedState.Part part : logged.parts()) {
            wrap(part, entries);
            while (entries.next()) {
                gathered.get(part.partition()).row(entries.value());
            }
        }
        return rows.flushed(gathered);
    }

    private static void wrap(LoggedState.Part part, EntryReader entries) {
        entries.wrap(new UnsafeBuffer(part.entries()), 0, part.entries().length);
    }

    private List<ChunkStep> gatherers(OperatorId id, LanePolicy policy) {
        return partitions.stream()
                .map(rows -> new ChunkStep(id.text(), RecordType.UNKNOWN, policy, rows))
                .toList();
    }

    private LoggedRows flushed(List<ChunkStep> gathered) throws Exception {
        for (ChunkStep step : gathered) {
            step.flush();
        }
        return this;
    }

    @Override
    public int partitionCount() {
        return partitions.size();
    }

    @Override
    public long inputRows() {
        long rows = 0;
        for (RowStore partition : partitions) {
            rows += partition.size();
        }
        return rows;
    }

    @Override
    public ChunkSource open(int partition, WorkerScratch scratch) {
        RowStore rows = partitions.get(partition);
        return rows.open(0, rows.size(), scratch.view());
    }

    @Override
    public void close() {
        CloseHelper.closeAll(partitions);
    }
}

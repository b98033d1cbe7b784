package io.millrace.engine.state;

import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.state.EntryLog;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;

/**
 * What one operator's batch has changed, as bytes: what keys have now, and rows that came, a log for each partition. Each is written by the
 * worker that has the partition, all are read and cleared by the job thread.
 */
public final class OperatorLog implements AutoCloseable {
    private final List<EntryLog> keys;
    private final List<EntryLog> rows;

    /**
     * Empty.
     *
     * @param keys in how many partitions there are keys with a value; 0 if none is kept
     * @param rows in how many partitions there are rows of a window; 0 if none is kept
     */
    public OperatorLog(int keys, int rows, MemoryLedger ledger) {
        this.keys = logs(keys, ledger);
        this.rows = logs(rows, ledger);
    }

    private static List<EntryLog> logs(int count, MemoryLedger ledger) {
        List<EntryLog> logs = new ArrayList<>();
        for (int partition = 0; partition < count; partition++) {
            logs.add(new EntryLog(ledger));
        }
        return logs;
    }

    /** What keys have now, of each partition: it takes the place of what they had. */
    public List<EntryLog> keys() {
        return keys;
    }

    /** Rows that came, of each partition: they are added to those of other batches. */
    public List<EntryLog> rows() {
        return rows;
    }

    /** Forget all. */
    public void clear() {
        keys.forEach(EntryLog::clear);
        rows.forEach(EntryLog::clear);
    }

    @Override
    public void close() {
        CloseHelper.closeAll(keys);
        CloseHelper.closeAll(rows);
    }
}

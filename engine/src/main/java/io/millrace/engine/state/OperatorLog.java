package io.millrace.engine.state;

import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.state.EntryLog;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;

/**
 * What one operator's batch has changed, as bytes: a log for each partition. Each is written by the worker that has the partition, all are read
 * and cleared by the job thread.
 */
public final class OperatorLog implements AutoCloseable {
    private final List<EntryLog> partitions = new ArrayList<>();

    /** Empty. */
    public OperatorLog(int partitions, MemoryLedger ledger) {
        for (int partition = 0; partition < partitions; partition++) {
            this.partitions.add(new EntryLog(ledger));
        }
    }

    /** The log of each partition. */
    public List<EntryLog> partitions() {
        return partitions;
    }

    /** The log of one partition. */
    public EntryLog of(int partition) {
        return partitions.get(partition);
    }

    /** Forget all. */
    public void clear() {
        partitions.forEach(EntryLog::clear);
    }

    @Override
    public void close() {
        CloseHelper.closeAll(partitions);
    }
}

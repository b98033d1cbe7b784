package io.millrace.engine.exchange;

import io.millrace.engine.task.RowStore;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.memory.MemoryLedger;
import java.util.List;
import org.agrona.collections.IntArrayList;

/**
 * What one writer gives to one partition: rows, and which partition of the input each run of them came from, so that a reader
 * can bring the runs of all writers into the input's order.
 *
 * <p>Owner: the writer; read by others after a barrier.
 */
final class Segments implements AutoCloseable {
    private final RowStore rows;
    private final IntArrayList inputs = new IntArrayList();
    private final IntArrayList starts = new IntArrayList();

    Segments(MemoryLedger ledger) {
        rows = new RowStore(ledger);
    }

    void append(int input, Chunk chunk, int[] selected, int from, int count) {
        if (inputs.isEmpty() || inputs.getInt(inputs.size() - 1) != input) {
            inputs.addInt(input);
            starts.addInt(rows.size());
        }
        rows.append(chunk, selected, from, count);
    }

    int size() {
        return rows.size();
    }

    /** Add the runs to a list of all writers' runs. */
    void collect(List<Run> runs) {
        for (int i = 0; i < inputs.size(); i++) {
            int end = i + 1 < inputs.size() ? starts.getInt(i + 1) : rows.size();
            runs.add(new Run(inputs.getInt(i), rows, starts.getInt(i), end));
        }
    }

    void clear() {
        rows.clear();
        inputs.clear();
        starts.clear();
    }

    @Override
    public void close() {
        clear();
        rows.close();
    }

    /** Rows {@code [from, to)} of a writer, which came from one partition of the input. */
    record Run(int input, RowStore rows, int from, int to) {}
}

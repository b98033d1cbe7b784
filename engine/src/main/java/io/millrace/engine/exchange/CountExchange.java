package io.millrace.engine.exchange;

import io.millrace.engine.task.ChunkSink;
import io.millrace.engine.task.ListRows;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;
import java.util.List;

/** A whole batch to the number of its rows; 0 for none. No row is looked at. */
public final class CountExchange implements BatchExchange {
    private final RowCount[] partials;
    private List<Long> result = List.of();

    /** @param writers how many threads may write */
    public CountExchange(int writers) {
        partials = new RowCount[writers];
        clear();
    }

    @Override
    public ChunkSink writer(WorkerScratch scratch, int partition) {
        return partials[scratch.index()];
    }

    @Override
    public void finish(Steps steps) {
        long rows = 0;
        for (RowCount partial : partials) {
            rows += partial.rows();
        }
        result = List.of(rows);
    }

    @Override
    public Rows result() {
        return new ListRows(result, 1);
    }

    @Override
    public void clear() {
        result = List.of();
        for (int i = 0; i < partials.length; i++) {
            partials[i] = new RowCount();
        }
    }

    @Override
    public void close() {}
}

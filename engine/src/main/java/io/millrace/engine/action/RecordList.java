package io.millrace.engine.action;

import io.millrace.engine.task.ChunkRows;
import io.millrace.engine.task.ChunkSink;
import io.millrace.offheap.column.Chunk;
import java.util.List;

/** Gathers records into a list until it holds so many. Owner: one thread. */
public final class RecordList<T> implements ChunkSink {
    private final List<T> records;
    private final int limit;

    /** Into that list, which is the caller's. */
    public RecordList(List<T> records, int limit) {
        this.records = records;
        this.limit = limit;
    }

    @Override
    @SuppressWarnings("unchecked") // the program's types say so
    public void accept(Chunk chunk) {
        for (int row = 0, rows = chunk.rows(); row < rows && wantsMore(); row++) {
            records.add((T) ChunkRows.record(chunk, row));
        }
    }

    @Override
    public boolean wantsMore() {
        return records.size() < limit;
    }
}

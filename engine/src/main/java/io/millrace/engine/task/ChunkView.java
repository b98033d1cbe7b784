package io.millrace.engine.task;

import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LaneColumns;
import io.millrace.offheap.column.RefColumn;

/** The columns that one thread fills to show rows it reads from somewhere: one of each lane and place, made when needed. */
public final class ChunkView {
    private final Chunk chunk = new Chunk();
    private final LaneColumns firsts = new LaneColumns();
    private final LaneColumns seconds = new LaneColumns();

    /** A column of single values, or of keys, for values of that type. */
    public Column first(ElementType type) {
        return firsts.of(type);
    }

    /** A column of the values of pairs, for values of that type. */
    public Column second(ElementType type) {
        return seconds.of(type);
    }

    /**
     * Hand on rows that are in these columns, and let go of their objects.
     *
     * @param second null for rows that are no pairs
     */
    public void give(Column first, Column second, int rows, ChunkSink sink) throws Exception {
        chunk.set(first, second, rows);
        try {
            sink.accept(chunk);
        } finally {
            forget(first, rows);
            forget(second, rows);
        }
    }

    private static void forget(Column column, int rows) {
        if (column instanceof RefColumn refs) {
            refs.clear(rows);
        }
    }
}

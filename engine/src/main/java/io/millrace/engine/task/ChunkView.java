package io.millrace.engine.task;

import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.Lane;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;
import java.util.EnumMap;
import java.util.Map;

/** The columns that one thread fills to show rows it reads from somewhere: one of each lane and place, made when needed. */
public final class ChunkView {
    private final Chunk chunk = new Chunk();
    private final Map<Lane, Column> firsts = new EnumMap<>(Lane.class);
    private final Map<Lane, Column> seconds = new EnumMap<>(Lane.class);

    /** A column of single values, or of keys, for values of that type. */
    public Column first(ElementType type) {
        return firsts.computeIfAbsent(type.lane(), ChunkView::newColumn);
    }

    /** A column of the values of pairs, for values of that type. */
    public Column second(ElementType type) {
        return seconds.computeIfAbsent(type.lane(), ChunkView::newColumn);
    }

    private static Column newColumn(Lane lane) {
        return switch (lane) {
            case LONG -> new LongColumn();
            case DOUBLE -> new DoubleColumn();
            case BYTES -> new BytesColumn();
            case REF -> new RefColumn();
        };
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

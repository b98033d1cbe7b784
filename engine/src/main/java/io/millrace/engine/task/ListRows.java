package io.millrace.engine.task;

import io.millrace.api.Tuple2;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.RefColumn;
import java.util.List;

/** A list in slices: slice i holds positions {@code i * size / slices} up to {@code (i + 1) * size / slices}. */
public final class ListRows implements Rows {
    private final List<?> records;
    private final int slices;

    /** The list is read when a slice is. */
    public ListRows(List<?> records, int slices) {
        this.records = records;
        this.slices = slices;
    }

    @Override
    public int partitionCount() {
        return slices;
    }

    @Override
    public long inputRows() {
        return records.size();
    }

    @Override
    public boolean isKnownEmpty() {
        return records.isEmpty();
    }

    @Override
    public void read(int partition, WorkerScratch scratch, ChunkSink sink) throws Exception {
        long size = records.size();
        int from = (int) (partition * size / slices);
        int to = (int) ((partition + 1) * size / slices);
        Buffers buffers = scratch.madeFor(ListRows.class, Buffers::new);
        for (int at = from; at < to && sink.wantsMore(); ) {
            int rows = fill(buffers, at, to);
            try {
                sink.accept(buffers.chunk);
            } finally {
                buffers.first.clear(rows);
                buffers.second.clear(rows);
            }
            at += rows;
        }
    }

    /** Fill a chunk with pairs only or with other records only, whichever comes first. */
    private int fill(Buffers buffers, int at, int to) {
        boolean pairs = records.get(at) instanceof Tuple2;
        int rows = 0;
        while (rows < Chunk.MAX_ROWS && at + rows < to) {
            Object record = records.get(at + rows);
            if (record instanceof Tuple2 != pairs) {
                break;
            }
            if (pairs) {
                Tuple2<?, ?> pair = (Tuple2<?, ?>) record;
                buffers.first.values()[rows] = pair._1;
                buffers.second.values()[rows] = pair._2;
            } else {
                buffers.first.values()[rows] = record;
            }
            rows++;
        }
        if (pairs) {
            buffers.chunk.set(buffers.first, buffers.second, rows);
        } else {
            buffers.chunk.set(buffers.first, rows);
        }
        return rows;
    }

    private static final class Buffers {
        final RefColumn first = new RefColumn();
        final RefColumn second = new RefColumn();
        final Chunk chunk = new Chunk();
    }
}

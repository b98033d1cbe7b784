package io.millrace.engine.task;

import io.millrace.api.Tuple2;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.ElementType;
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
    public ChunkSource open(int partition, WorkerScratch scratch) {
        long size = records.size();
        int from = (int) (partition * size / slices);
        int to = (int) ((partition + 1) * size / slices);
        return new Reading(from, to, scratch.view());
    }

    /** Fills chunks with pairs only or with other records only, whichever comes first. */
    private final class Reading implements ChunkSource {
        private final ChunkView view;
        private final RefColumn first;
        private final RefColumn second;
        private final int to;
        private int at;

        Reading(int from, int to, ChunkView view) {
            this.view = view;
            this.first = (RefColumn) view.first(ElementType.REF);
            this.second = (RefColumn) view.second(ElementType.REF);
            this.at = from;
            this.to = to;
        }

        @Override
        public boolean next(ChunkSink sink) throws Exception {
            if (at < to) {
                boolean pairs = records.get(at) instanceof Tuple2;
                int rows = pairs ? fillPairs() : fillSingle();
                at += rows;
                view.give(first, pairs ? second : null, rows, sink);
            }
            return at < to;
        }

        private int fillPairs() {
            int rows = 0;
            while (rows < Chunk.MAX_ROWS && at + rows < to && records.get(at + rows) instanceof Tuple2<?, ?> pair) {
                first.values()[rows] = pair._1;
                second.values()[rows] = pair._2;
                rows++;
            }
            return rows;
        }

        private int fillSingle() {
            int rows = 0;
            while (rows < Chunk.MAX_ROWS && at + rows < to && !(records.get(at + rows) instanceof Tuple2)) {
                first.values()[rows] = records.get(at + rows);
                rows++;
            }
            return rows;
        }
    }
}

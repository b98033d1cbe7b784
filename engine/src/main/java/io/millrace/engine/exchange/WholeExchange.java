package io.millrace.engine.exchange;

import io.millrace.engine.kernel.Merging;
import io.millrace.engine.kernel.SlotFold;
import io.millrace.engine.task.ChunkRows;
import io.millrace.engine.task.ChunkSink;
import io.millrace.engine.task.ListRows;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.RefColumn;
import java.util.Collections;
import java.util.List;

/** A whole batch to one value, {@code reduce}: one partial per writer, merged by who finishes. No row, no value. */
public final class WholeExchange implements BatchExchange {
    private static final int[] ONE_SLOT = new int[Chunk.MAX_ROWS];

    private final Merging merging;
    private final Partial[] partials;
    private List<?> result = List.of();

    /** @param writers how many threads may write */
    public WholeExchange(Merging merging, int writers) {
        this.merging = merging;
        this.partials = new Partial[writers];
        for (int i = 0; i < writers; i++) {
            partials[i] = new Partial();
        }
    }

    @Override
    public ChunkSink writer(WorkerScratch scratch, int partition) {
        return partials[scratch.index()];
    }

    @Override
    public void finish(Steps steps) throws Exception {
        steps.forEach(1, partials.length, (one, scratch) -> merge()); // a task, since it calls the program's function
    }

    private void merge() throws Exception {
        Partial all = new Partial();
        Chunk chunk = new Chunk();
        RefColumn column = new RefColumn();
        for (Partial partial : partials) {
            if (partial.hasValue()) {
                column.values()[0] = partial.fold.get(0);
                chunk.set(column, 1);
                all.accept(chunk);
            }
        }
        result = all.hasValue() ? Collections.singletonList(all.fold.get(0)) : List.of();
    }

    @Override
    public Rows result() {
        return new ListRows(result, 1);
    }

    @Override
    public void clear() {
        result = List.of();
        for (Partial partial : partials) {
            partial.clear();
        }
    }

    @Override
    public void close() {
        clear();
    }

    private final class Partial implements ChunkSink {
        private final RefColumn boxes = new RefColumn();
        private final RefColumn pairs = new RefColumn();
        private SlotFold fold;

        @Override
        public void accept(Chunk chunk) throws Exception {
            int rows = chunk.rows();
            Column column = chunk.isPair() ? asTuples(chunk, rows) : chunk.first();
            if (fold == null) {
                fold = merging.foldFor(column.type());
            }
            fold = merging.fold(fold, ONE_SLOT, column, rows, 1, boxes);
        }

        private Column asTuples(Chunk chunk, int rows) {
            for (int row = 0; row < rows; row++) {
                pairs.values()[row] = ChunkRows.record(chunk, row);
            }
            return pairs;
        }

        boolean hasValue() {
            return fold != null && fold.filled() > 0;
        }

        void clear() {
            if (fold != null) {
                fold.clear();
            }
            pairs.clear(Chunk.MAX_ROWS);
        }
    }
}

package io.millrace.engine.window;

import io.millrace.engine.task.ChunkSink;
import io.millrace.engine.task.ChunkSource;
import io.millrace.engine.task.ChunkView;
import io.millrace.engine.task.CountedRows;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.pane.RowPane;
import java.util.List;

/** The rows of some panes, a partition for each. */
final class PaneRows implements CountedRows {
    private final List<RowPane> panes;

    /** The panes stay their owner's. */
    PaneRows(List<RowPane> panes) {
        this.panes = List.copyOf(panes);
    }

    @Override
    public int partitionCount() {
        return panes.size();
    }

    @Override
    public long inputRows() {
        long rows = 0;
        for (RowPane pane : panes) {
            rows += pane.size();
        }
        return rows;
    }

    @Override
    public ChunkSource open(int partition, WorkerScratch scratch) {
        return new Reading(panes.get(partition).runs(), scratch.view());
    }

    private static final class Reading implements ChunkSource {
        private final List<RowPane.Run> runs;
        private final ChunkView view;
        private int run;
        private int at;

        Reading(List<RowPane.Run> runs, ChunkView view) {
            this.runs = runs;
            this.view = view;
        }

        @Override
        public boolean next(ChunkSink sink) throws Exception {
            if (run == runs.size()) {
                return false;
            }
            RowPane.Run from = runs.get(run);
            int rows = Math.min(Chunk.MAX_ROWS, from.rows() - at);
            Column first = view.first(from.firstType());
            Column second = from.isPair() ? view.second(from.secondType()) : null;
            from.read(at, rows, first, second);
            at += rows;
            if (at == from.rows()) {
                run++;
                at = 0;
            }
            view.give(first, second, rows, sink);
            return run < runs.size();
        }
    }
}

package io.millrace.engine.window;

import io.millrace.api.Tuple2;
import io.millrace.offheap.codec.ValueCodec;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.LaneColumns;
import io.millrace.offheap.pane.RowPane;
import io.millrace.offheap.state.EntryLog;

/** Writes rows of any kind into a log, each as the value of an entry without a key. Owner: one thread at a time. */
final class RowLog {
    private final EntryLog log;
    private final ValueCodec codec;
    private final LaneColumns firsts = new LaneColumns();
    private final LaneColumns seconds = new LaneColumns();

    RowLog(EntryLog log, ValueCodec codec) {
        this.log = log;
        this.codec = codec;
    }

    /** Rows of one batch; a pane that is null has none. */
    void add(RowPane[] panes) {
        for (RowPane pane : panes) {
            if (pane != null) {
                pane.runs().forEach(this::add);
            }
        }
    }

    private void add(RowPane.Run run) {
        Column first = firsts.of(run.firstType());
        Column second = run.isPair() ? seconds.of(run.secondType()) : null;
        for (int from = 0; from < run.rows(); from += Chunk.MAX_ROWS) {
            int rows = Math.min(Chunk.MAX_ROWS, run.rows() - from);
            run.read(from, rows, first, second);
            for (int row = 0; row < rows; row++) {
                Object record = second == null ? first.get(row) : new Tuple2<>(first.get(row), second.get(row));
                log.add(record, codec);
            }
        }
        firsts.forget(Chunk.MAX_ROWS);
        seconds.forget(Chunk.MAX_ROWS);
    }
}

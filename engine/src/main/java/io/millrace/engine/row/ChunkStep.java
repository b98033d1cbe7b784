package io.millrace.engine.row;

import io.millrace.api.Tuple2;
import io.millrace.engine.function.LaneMisses;
import io.millrace.engine.function.LanePolicy;
import io.millrace.engine.task.ChunkSink;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.ElementType;
import io.millrace.type.RecordType;

/**
 * The end of a chain: gathers rows into a chunk of observed columns, and hands the chunk on when it is full. Keyed rows and
 * plain ones go into chunks of their own.
 */
public final class ChunkStep extends RowStep {
    private final String operator;
    private final LaneMisses misses;
    private final ObservedColumn first;
    private final ObservedColumn second;
    private final ChunkSink sink;
    private final Chunk chunk = new Chunk();
    private int rows;
    private boolean pairs;

    /**
     * A gatherer of rows.
     *
     * @param operator whose rows they are, for messages
     * @param declared what type of rows is promised
     */
    public ChunkStep(String operator, RecordType declared, LanePolicy policy, ChunkSink sink) {
        this.operator = operator;
        this.misses = policy.misses();
        this.first = new ObservedColumn(policy.specialised(), declared.isPair() ? declared.key() : declared);
        this.second =
                new ObservedColumn(policy.specialised(), declared.isPair() ? declared.value() : RecordType.UNKNOWN);
        this.sink = sink;
    }

    @Override
    public void row(Object row) throws Exception {
        if (row instanceof Tuple2) {
            Tuple2<?, ?> pair = (Tuple2<?, ?>) row;
            pairRow(pair._1, pair._2);
            return;
        }
        startRow(false);
        if (!first.put(rows, row)) {
            turn(first);
            first.put(rows, row);
        }
        endRow();
    }

    @Override
    public void pairRow(Object key, Object value) throws Exception {
        startRow(true);
        if (!first.put(rows, key)) {
            turn(first);
            first.put(rows, key);
        }
        if (!second.put(rows, value)) {
            turn(second);
            first.put(rows, key);
            second.put(rows, value);
        }
        endRow();
    }

    @Override
    public void intRow(int value) throws Exception {
        typedRow(value, ElementType.INT);
    }

    @Override
    public void longRow(long value) throws Exception {
        typedRow(value, ElementType.LONG);
    }

    @Override
    public void booleanRow(boolean value) throws Exception {
        typedRow(value ? 1 : 0, ElementType.BOOLEAN);
    }

    private void typedRow(long value, ElementType type) throws Exception {
        startRow(false);
        if (first.putLong(rows, value, type)) {
            endRow();
        } else {
            row(type.boxed(value));
        }
    }

    @Override
    public void doubleRow(double value) throws Exception {
        startRow(false);
        if (first.putDouble(rows, value)) {
            endRow();
        } else {
            row(value);
        }
    }

    @Override
    public void longPairRow(long key, long value) throws Exception {
        startRow(true);
        if (first.putLong(rows, key, ElementType.LONG) && second.putLong(rows, value, ElementType.LONG)) {
            endRow();
        } else {
            pairRow(key, value);
        }
    }

    private void startRow(boolean pair) throws Exception {
        if (pairs != pair) {
            flush();
            pairs = pair;
        }
    }

    private void endRow() throws Exception {
        if (++rows == Chunk.MAX_ROWS) {
            flush();
        }
    }

    private void turn(ObservedColumn column) throws Exception {
        flush();
        misses.count(operator, column.type());
        column.turn();
    }

    /** Hand on what is gathered; nothing if there is nothing. */
    public void flush() throws Exception {
        int gathered = rows;
        if (gathered == 0) {
            return;
        }
        rows = 0;
        if (pairs) {
            chunk.set(first.column(), second.column(), gathered);
        } else {
            chunk.set(first.column(), gathered);
        }
        try {
            sink.accept(chunk);
        } finally {
            // and the row at hand: its key may have been put before its value was refused
            int touched = Math.min(gathered + 1, Chunk.MAX_ROWS);
            first.clear(touched);
            second.clear(touched);
        }
    }

    /** Forget what is gathered, after a failure. */
    public void reset() {
        first.clear(rows);
        second.clear(rows);
        rows = 0;
    }
}

package io.millrace.engine.action;

import io.millrace.api.function.Function2;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.engine.task.ChunkRows;
import io.millrace.engine.task.ChunkSink;
import io.millrace.offheap.column.Chunk;

/**
 * Takes the records of a partition into a value, one after the other. Owner: one worker.
 *
 * @param <A> type of the value
 * @param <T> record type
 */
public final class RecordFold<A, T> implements ChunkSink {
    private final OperatorFunction function;
    private final Function2<A, T, A> add;
    private A value;

    /**
     * A fold that has seen nothing.
     *
     * @param function the program's, for messages
     * @param add takes a record in; what it throws is the program's
     */
    public RecordFold(OperatorFunction function, A zero, Function2<A, T, A> add) {
        this.function = function;
        this.add = add;
        this.value = zero;
    }

    @Override
    @SuppressWarnings("unchecked") // the program's types say so
    public void accept(Chunk chunk) {
        for (int row = 0, rows = chunk.rows(); row < rows; row++) {
            T record = (T) ChunkRows.record(chunk, row);
            try {
                value = add.call(value, record);
            } catch (Throwable thrown) {
                throw function.failed(record, thrown);
            }
        }
    }

    /** What the records so far came to. */
    public A value() {
        return value;
    }
}

package io.millrace.engine.action;

import io.millrace.engine.task.ChunkSink;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;

/** Takes the numbers of a partition, without boxes where they come without. Owner: one worker. */
abstract class NumberSink implements ChunkSink {
    /** Take a number. */
    abstract void number(double value);

    @Override
    public final void accept(Chunk chunk) {
        int rows = chunk.rows();
        if (chunk.first() instanceof DoubleColumn doubles && doubles.type() == ElementType.DOUBLE) {
            for (int row = 0; row < rows; row++) {
                number(doubles.values()[row]);
            }
        } else {
            for (int row = 0; row < rows; row++) {
                number((Double) chunk.first().get(row));
            }
        }
    }
}

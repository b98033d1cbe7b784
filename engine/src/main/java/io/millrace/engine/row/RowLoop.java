package io.millrace.engine.row;

import io.millrace.engine.function.OperatorFunction;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;

/** The loop over a chunk's rows at the head of a chain. A template, as every {@link RowStep} is. */
final class RowLoop implements ChunkLoop {
    private final RowStep head;

    RowLoop(OperatorFunction none, RowStep head) {
        this.head = head;
    }

    @Override
    public void run(Chunk chunk) throws Exception {
        int rows = chunk.rows();
        Column first = chunk.first();
        if (chunk.isPair()) {
            Column second = chunk.second();
            for (int row = 0; row < rows; row++) {
                head.pairRow(first.get(row), second.get(row));
            }
        } else if (first instanceof RefColumn refs) {
            Object[] values = refs.values();
            for (int row = 0; row < rows; row++) {
                head.row(values[row]);
            }
        } else if (first instanceof BytesColumn bytes) {
            for (int row = 0; row < rows; row++) {
                head.row(bytes.get(row));
            }
        } else if (first instanceof LongColumn longs) {
            runLongs(longs, rows);
        } else {
            for (int row = 0; row < rows; row++) {
                head.row(first.get(row));
            }
        }
    }

    /** A loop for each type, so that a box, where a function wants one, is of one class. */
    private void runLongs(LongColumn column, int rows) throws Exception {
        long[] values = column.values();
        switch (column.type()) {
            case INT -> {
                for (int row = 0; row < rows; row++) {
                    head.intRow((int) values[row]);
                }
            }
            case BOOLEAN -> {
                for (int row = 0; row < rows; row++) {
                    head.booleanRow(values[row] != 0);
                }
            }
            default -> {
                for (int row = 0; row < rows; row++) {
                    head.longRow(values[row]);
                }
            }
        }
    }
}

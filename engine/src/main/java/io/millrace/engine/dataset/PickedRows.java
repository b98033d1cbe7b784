package io.millrace.engine.dataset;

import io.millrace.engine.task.ChunkSource;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;
import java.util.function.IntUnaryOperator;

/** Partitions of a dataset, picked by number; one may be picked several times. */
final class PickedRows implements Rows {
    private final Rows input;
    private final int partitions;
    private final IntUnaryOperator picked;

    /** @param picked the number of the input's partition for each of these */
    PickedRows(Rows input, int partitions, IntUnaryOperator picked) {
        this.input = input;
        this.partitions = partitions;
        this.picked = picked;
    }

    @Override
    public int partitionCount() {
        return partitions;
    }

    @Override
    public long inputRows() {
        long rows = input.inputRows();
        int from = input.partitionCount();
        return from == 0 ? 0 : (rows + from - 1) / from * partitions;
    }

    @Override
    public boolean isKnownEmpty() {
        return partitions == 0 || input.isKnownEmpty();
    }

    @Override
    public ChunkSource open(int partition, WorkerScratch scratch) throws Exception {
        return input.open(picked.applyAsInt(partition), scratch);
    }
}

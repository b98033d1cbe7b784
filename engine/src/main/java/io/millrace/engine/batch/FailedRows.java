package io.millrace.engine.batch;

import io.millrace.api.MillraceException;
import io.millrace.engine.function.Texts;
import io.millrace.engine.task.ChunkSource;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;

/** What a batch has instead of the rows of an operator that could not take it in: asked for anything, it tells why. */
record FailedRows(Throwable failure) implements Rows {
    private RuntimeException failed() {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException unchecked
                ? unchecked
                : new MillraceException(Texts.messageOf(failure), failure);
    }

    @Override
    public int partitionCount() {
        throw failed();
    }

    @Override
    public long inputRows() {
        throw failed();
    }

    @Override
    public boolean isKnownEmpty() {
        throw failed();
    }

    @Override
    public ChunkSource open(int partition, WorkerScratch scratch) {
        throw failed();
    }
}

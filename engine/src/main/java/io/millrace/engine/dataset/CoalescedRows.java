package io.millrace.engine.dataset;

import io.millrace.engine.task.ChunkSink;
import io.millrace.engine.task.ChunkSource;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;

/** Fewer partitions: each is several neighbours of the input, one after the other. */
final class CoalescedRows implements Rows {
    private final Rows input;
    private final int atMost;

    /** @param atMost so many partitions; never more than the input has */
    CoalescedRows(Rows input, int atMost) {
        this.input = input;
        this.atMost = atMost;
    }

    @Override
    public int partitionCount() {
        return Math.min(atMost, input.partitionCount());
    }

    @Override
    public long inputRows() {
        return input.inputRows();
    }

    @Override
    public boolean isKnownEmpty() {
        return input.isKnownEmpty();
    }

    @Override
    public ChunkSource open(int partition, WorkerScratch scratch) {
        return new Neighbours(startOf(partition), startOf(partition + 1), scratch);
    }

    private int startOf(int partition) {
        return (int) ((long) partition * input.partitionCount() / partitionCount());
    }

    private final class Neighbours implements ChunkSource {
        private final WorkerScratch scratch;
        private final int to;
        private int next;
        private ChunkSource current = EMPTY;

        Neighbours(int from, int to, WorkerScratch scratch) {
            this.next = from;
            this.to = to;
            this.scratch = scratch;
        }

        @Override
        public boolean next(ChunkSink sink) throws Exception {
            if (current.next(sink)) {
                return true;
            }
            current.close();
            current = EMPTY;
            if (next == to) {
                return false;
            }
            current = input.open(next++, scratch);
            return true;
        }

        @Override
        public void close() {
            current.close();
        }
    }
}

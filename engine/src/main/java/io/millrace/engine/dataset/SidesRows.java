package io.millrace.engine.dataset;

import io.millrace.engine.task.ChunkSink;
import io.millrace.engine.task.ChunkSource;
import io.millrace.engine.task.ChunkView;
import io.millrace.engine.task.PartitionIterator;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.RefColumn;
import io.millrace.plan.OperatorId;

/**
 * Two datasets side by side, for functions over the iterators of both: each partition is one row, which holds the two
 * iterators of its partitions. They end with the reading of that partition.
 */
final class SidesRows implements Rows {
    private final OperatorId operator;
    private final long batchTimeMs;
    private final Rows left;
    private final Rows right;

    /** @param right has as many partitions as {@code left} */
    SidesRows(OperatorId operator, long batchTimeMs, Rows left, Rows right) {
        this.operator = operator;
        this.batchTimeMs = batchTimeMs;
        this.left = left;
        this.right = right;
    }

    /** The iterators of one partition. */
    record Sides(PartitionIterator<Object> left, PartitionIterator<Object> right) {
        /** What the sides were at, for messages. */
        @Override
        public String toString() {
            return "(" + left.last() + "," + right.last() + ")";
        }
    }

    @Override
    public int partitionCount() {
        return left.partitionCount();
    }

    @Override
    public long inputRows() {
        return left.inputRows() + right.inputRows();
    }

    /** A function may make records of nothing: only a dataset without partitions is known to be empty. */
    @Override
    public boolean isKnownEmpty() {
        return partitionCount() == 0;
    }

    @Override
    public ChunkSource open(int partition, WorkerScratch scratch) throws Exception {
        PartitionIterator<Object> first = iterator(left, partition, scratch);
        try {
            return new OneRow(new Sides(first, iterator(right, partition, scratch)), scratch.view());
        } catch (Throwable failed) {
            first.close();
            throw failed;
        }
    }

    private PartitionIterator<Object> iterator(Rows side, int partition, WorkerScratch scratch) throws Exception {
        return PartitionIterator.open(side, partition, scratch, "an iterator of '" + operator + "'", batchTimeMs);
    }

    private static final class OneRow implements ChunkSource {
        private final Sides sides;
        private final ChunkView view;
        private boolean given;

        OneRow(Sides sides, ChunkView view) {
            this.sides = sides;
            this.view = view;
        }

        @Override
        public boolean next(ChunkSink sink) throws Exception {
            if (!given) {
                given = true;
                RefColumn column = (RefColumn) view.first(ElementType.REF);
                column.values()[0] = sides;
                view.give(column, null, 1, sink);
                return true;
            }
            return false;
        }

        @Override
        public void close() {
            sides.right().close();
            sides.left().close();
        }
    }
}

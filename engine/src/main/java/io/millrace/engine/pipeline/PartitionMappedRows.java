package io.millrace.engine.pipeline;

import io.millrace.engine.function.FunctionFailure;
import io.millrace.engine.function.LanePolicy;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.engine.physical.PartitionStep;
import io.millrace.engine.row.ChunkStep;
import io.millrace.engine.task.ChunkSink;
import io.millrace.engine.task.ChunkSource;
import io.millrace.engine.task.PartitionIterator;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.offheap.column.Chunk;
import java.util.Iterator;

/**
 * A dataset whose partitions go through a function over their iterators; computed again at each reading. The function's records
 * are objects; what it gives goes into lanes again.
 */
public final class PartitionMappedRows implements Rows {
    private final Rows input;
    private final PartitionStep step;
    private final LanePolicy policy;
    private final long batchTimeMs;

    /** @param batchTimeMs for messages */
    public PartitionMappedRows(Rows input, PartitionStep step, LanePolicy policy, long batchTimeMs) {
        this.input = input;
        this.step = step;
        this.policy = policy;
        this.batchTimeMs = batchTimeMs;
    }

    @Override
    public int partitionCount() {
        return input.partitionCount();
    }

    @Override
    public long inputRows() {
        return input.inputRows();
    }

    /** A function may make records of nothing: only a dataset without partitions is known to be empty. */
    @Override
    public boolean isKnownEmpty() {
        return input.partitionCount() == 0;
    }

    @Override
    public ChunkSource open(int partition, WorkerScratch scratch) throws Exception {
        Output output = scratch.madeFor(step, () -> new Output(step, policy));
        PartitionIterator<Object> records =
                PartitionIterator.open(input, partition, scratch, "the iterator of '" + step.id() + "'", batchTimeMs);
        try {
            return new Reading(partition, records, output);
        } catch (Throwable failed) {
            records.close();
            throw failed;
        }
    }

    /** What one thread gathers the results in. */
    private static final class Output implements ChunkSink {
        private final ChunkStep gathered;
        private ChunkSink target;

        Output(PartitionStep step, LanePolicy policy) {
            gathered = new ChunkStep(step.id().text(), step.result(), policy, this);
        }

        @Override
        public void accept(Chunk chunk) throws Exception {
            target.accept(chunk);
        }
    }

    private final class Reading implements ChunkSource {
        private final PartitionIterator<Object> records;
        private final Output output;
        private final Iterator<?> results;
        private boolean finished;

        Reading(int partition, PartitionIterator<Object> records, Output output) {
            this.records = records;
            this.output = output;
            this.results = called(partition);
        }

        private Iterator<?> called(int partition) {
            try {
                Iterator<?> given = step.function().call(partition, records);
                if (given == null) {
                    throw new NullPointerException(OperatorFunction.NO_ITERATOR);
                }
                return given;
            } catch (Throwable thrown) {
                throw failed(thrown);
            }
        }

        private RuntimeException failed(Throwable thrown) {
            if (thrown instanceof FunctionFailure before) {
                return before; // of a function that the iterator was read through
            }
            return new OperatorFunction(step.id(), step.function()).failed(records.last(), thrown);
        }

        @Override
        public boolean next(ChunkSink sink) throws Exception {
            output.target = sink;
            for (int row = 0; row < Chunk.MAX_ROWS; row++) {
                if (!hasNext()) {
                    finished = true;
                    output.gathered.flush();
                    return false;
                }
                output.gathered.row(nextResult());
            }
            return true;
        }

        private boolean hasNext() {
            try {
                return results.hasNext();
            } catch (Throwable thrown) {
                throw failed(thrown);
            }
        }

        private Object nextResult() {
            try {
                return results.next();
            } catch (Throwable thrown) {
                throw failed(thrown);
            }
        }

        @Override
        public void close() {
            if (!finished) {
                output.gathered.reset();
            }
            output.target = null;
            records.close();
        }
    }
}

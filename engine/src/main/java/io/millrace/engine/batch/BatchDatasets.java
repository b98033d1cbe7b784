package io.millrace.engine.batch;

import io.millrace.engine.exchange.BatchExchange;
import io.millrace.engine.physical.Branch;
import io.millrace.engine.physical.ExchangeSpec;
import io.millrace.engine.physical.PhysicalPlan;
import io.millrace.engine.physical.Stage;
import io.millrace.engine.physical.StageInput;
import io.millrace.engine.pipeline.PipelinedRows;
import io.millrace.engine.pipeline.Pipelines;
import io.millrace.engine.rdd.DatasetRunner;
import io.millrace.engine.rdd.Lease;
import io.millrace.engine.schedule.BatchPlan;
import io.millrace.engine.task.ChunkSink;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.UnionRows;
import io.millrace.engine.task.WorkerScratch;
import java.util.List;

/**
 * The datasets of one batch. A stage's rows are computed when they are read; an exchange is computed at its first reading
 * and shared by all that read it until the batch ends. Safe from several threads.
 */
public final class BatchDatasets implements AutoCloseable {
    private final PhysicalPlan plan;
    private final BatchPlan batch;
    private final Exchanges exchanges;
    private final Pipelines pipelines;
    private final DatasetRunner runner;
    private final BatchLease lease;
    private final boolean[] computed;

    /** The datasets of {@code batch}, whose shares are released at close. */
    public BatchDatasets(
            PhysicalPlan plan, BatchPlan batch, Exchanges exchanges, Pipelines pipelines, DatasetRunner runner) {
        this.plan = plan;
        this.batch = batch;
        this.exchanges = exchanges;
        this.pipelines = pipelines;
        this.runner = runner;
        this.lease = new BatchLease(batch.timeMs());
        this.computed = new boolean[plan.exchanges().size()];
    }

    /** For how long the rows may be read. */
    public Lease lease() {
        return lease;
    }

    /** The rows of a stage. */
    public Rows rowsOf(Stage stage) {
        List<Rows> parts = stage.branches().stream().map(this::rowsOf).toList();
        return parts.size() == 1 ? parts.get(0) : new UnionRows(parts);
    }

    private Rows rowsOf(Branch branch) {
        return PipelinedRows.of(inputOf(branch.input()), branch, pipelines);
    }

    private Rows inputOf(StageInput input) {
        if (input instanceof StageInput.FromExchange from) {
            ExchangeSpec spec = plan.exchanges().get(from.exchange());
            return new ExchangedRows(spec);
        }
        return batch.rowsOf(((StageInput.FromSource) input).streamId());
    }

    private synchronized Rows computed(ExchangeSpec spec) {
        BatchExchange exchange = exchanges.get(spec.index());
        if (!computed[spec.index()]) {
            boolean done = false;
            try {
                Rows input = rowsOf(spec.input());
                runner.forEachPartition(
                        input,
                        batch.timeMs(),
                        (partition, scratch) -> input.read(partition, scratch, exchange.writer(scratch)));
                finish(exchange);
                done = true;
            } finally {
                if (!done) {
                    exchange.clear(); // a later reading tries again, from the start
                }
            }
            computed[spec.index()] = true;
        }
        return exchange.result();
    }

    private void finish(BatchExchange exchange) {
        try {
            exchange.finish((tasks, rows, step) -> runner.forEach(tasks, rows, batch.timeMs(), step::run));
        } catch (RuntimeException unchecked) {
            throw unchecked;
        } catch (Exception failed) {
            throw new IllegalStateException("an exchange could not be finished", failed);
        }
    }

    /** End the batch: its datasets can no longer be read, and when nobody reads any more its memory is given back. */
    @Override
    public void close() {
        lease.end();
        release();
    }

    private synchronized void release() {
        for (int index = 0; index < computed.length; index++) {
            if (computed[index]) {
                exchanges.get(index).clear();
            }
        }
        batch.release();
    }

    /**
     * An exchange's result, computed when it is first asked for anything but its shape. Whoever runs tasks over rows asks
     * for their number before, so inside tasks the result is there.
     */
    private final class ExchangedRows implements Rows {
        private final ExchangeSpec spec;
        private volatile Rows result;

        ExchangedRows(ExchangeSpec spec) {
            this.spec = spec;
        }

        private Rows result() {
            Rows known = result;
            if (known == null) {
                known = computed(spec);
                result = known;
            }
            return known;
        }

        @Override
        public int partitionCount() {
            return spec.partitions();
        }

        @Override
        public long inputRows() {
            return result().inputRows();
        }

        @Override
        public boolean isKnownEmpty() {
            return result().isKnownEmpty();
        }

        @Override
        public void read(int partition, WorkerScratch scratch, ChunkSink sink) throws Exception {
            result().read(partition, scratch, sink);
        }
    }
}

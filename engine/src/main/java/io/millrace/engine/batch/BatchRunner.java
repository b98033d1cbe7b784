package io.millrace.engine.batch;

import io.millrace.api.MillraceContext;
import io.millrace.api.Time;
import io.millrace.engine.physical.PhysicalPlan;
import io.millrace.engine.pipeline.Pipelines;
import io.millrace.engine.rdd.DatasetRunner;
import io.millrace.engine.rdd.Lease;
import io.millrace.engine.rdd.LocalDataset;
import io.millrace.engine.rdd.LocalPairRdd;
import io.millrace.engine.rdd.LocalRdd;
import io.millrace.engine.schedule.BatchPlan;
import io.millrace.engine.schedule.BatchQueue;
import io.millrace.engine.task.Rows;
import io.millrace.ingest.wait.Doorbell;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs planned batches one after the other, and each batch's outputs in the order of their definition. An output that throws
 * is reported; the other outputs of the batch and all later batches run.
 *
 * <p>Owner of {@link #doWork}: the job thread. {@link #add} is the conductor's.
 */
public final class BatchRunner implements BatchQueue {
    private final PhysicalPlan plan;
    private final List<BatchOutput> outputs;
    private final Exchanges exchanges;
    private final Pipelines pipelines;
    private final DatasetRunner datasets;
    private final MillraceContext context;
    private final Doorbell jobBell;
    private final Consumer<Throwable> errors;
    private final Queue<BatchPlan> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unfinished = new AtomicInteger();
    private volatile BatchPlan running;
    private volatile boolean discarding;
    private volatile Dropped dropped = Dropped.NOTHING;

    /** Batches that were not run to their end, and the records in them. */
    public record Dropped(long batches, long records) {
        private static final Dropped NOTHING = new Dropped(0, 0);

        private Dropped and(BatchPlan batch) {
            return new Dropped(batches + 1, records + batch.records());
        }
    }

    /**
     * @param jobBell rung when a batch was added
     * @param errors told what outputs threw
     */
    public BatchRunner(
            PhysicalPlan plan,
            List<BatchOutput> outputs,
            Exchanges exchanges,
            Pipelines pipelines,
            DatasetRunner datasets,
            MillraceContext context,
            Doorbell jobBell,
            Consumer<Throwable> errors) {
        this.plan = plan;
        this.outputs = List.copyOf(outputs);
        this.exchanges = exchanges;
        this.pipelines = pipelines;
        this.datasets = datasets;
        this.context = context;
        this.jobBell = jobBell;
        this.errors = errors;
    }

    @Override
    public void add(BatchPlan batch) {
        unfinished.incrementAndGet();
        queue.add(batch);
        jobBell.ring();
    }

    @Override
    public int waiting() {
        return queue.size();
    }

    @Override
    public boolean isIdle() {
        return unfinished.get() == 0;
    }

    /** Run the next batch, if one waits; how many were run. */
    public int doWork() {
        BatchPlan batch = queue.poll();
        if (batch == null) {
            return 0;
        }
        running = batch;
        try {
            run(batch);
        } finally {
            running = null;
            unfinished.decrementAndGet();
        }
        return 1;
    }

    private void run(BatchPlan batch) {
        try (BatchDatasets of = new BatchDatasets(plan, batch, exchanges, pipelines, datasets)) {
            Time time = new Time(batch.timeMs());
            boolean isComplete = true;
            for (BatchOutput output : outputs) {
                isComplete &= !discarding && run(output, of, time);
                Thread.interrupted(); // what one output leaves behind is not the next one's
            }
            if (!isComplete) {
                dropped = dropped.and(batch); // one writer
            }
        }
    }

    /** Run one output; false if it was cut short. */
    private boolean run(BatchOutput output, BatchDatasets of, Time time) {
        try {
            output.driver().run(dataset(output, of.rowsOf(output.stage()), of.lease()), time);
        } catch (Throwable thrown) {
            if (discarding) {
                return false;
            }
            errors.accept(thrown);
        }
        return true;
    }

    private LocalDataset<?> dataset(BatchOutput output, Rows rows, Lease lease) {
        return output.pairs()
                ? new LocalPairRdd<>(rows, datasets, lease, () -> context)
                : new LocalRdd<>(rows, datasets, lease, () -> context);
    }

    /** What was dropped, with what waits or runs at this moment; whole once nothing is added and the job thread has ended. */
    public Dropped dropped() {
        Dropped all = dropped;
        BatchPlan unended = running;
        if (unended != null) {
            all = all.and(unended);
        }
        for (BatchPlan waiting : queue) {
            all = all.and(waiting);
        }
        return all;
    }

    /** Run no further output; batches are only released from now on. Any thread. */
    public void discard() {
        discarding = true;
        jobBell.ring();
    }
}

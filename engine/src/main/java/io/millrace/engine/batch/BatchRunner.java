package io.millrace.engine.batch;

import io.millrace.api.MillraceContext;
import io.millrace.api.Time;
import io.millrace.engine.function.SkippedRecords;
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
import io.millrace.engine.telemetry.BatchTelemetry;
import io.millrace.engine.telemetry.BatchTimer;
import io.millrace.ingest.wait.Doorbell;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs planned batches one after the other, and each batch's outputs in the order of their definition. An output that throws
 * is reported; the other outputs of the batch and all later batches run, unless who is told of it calls {@link #discard}.
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
    private final BatchTelemetry telemetry;
    private final SkippedRecords skipped;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unfinished = new AtomicInteger();
    private volatile BatchPlan running;
    private volatile boolean discarding;
    private volatile Dropped dropped = Dropped.NOTHING;

    private record Waiting(BatchPlan plan, BatchTimer timer) {}

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
     * @param telemetry told how batches go
     * @param skipped counts the records that were left out
     */
    public BatchRunner(
            PhysicalPlan plan,
            List<BatchOutput> outputs,
            Exchanges exchanges,
            Pipelines pipelines,
            DatasetRunner datasets,
            MillraceContext context,
            Doorbell jobBell,
            Consumer<Throwable> errors,
            BatchTelemetry telemetry,
            SkippedRecords skipped) {
        this.plan = plan;
        this.outputs = List.copyOf(outputs);
        this.exchanges = exchanges;
        this.pipelines = pipelines;
        this.datasets = datasets;
        this.context = context;
        this.jobBell = jobBell;
        this.errors = errors;
        this.telemetry = telemetry;
        this.skipped = skipped;
    }

    @Override
    public void add(BatchPlan batch) {
        unfinished.incrementAndGet();
        queue.add(new Waiting(batch, telemetry.submitted(batch)));
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
        Waiting next = queue.poll();
        if (next == null) {
            return 0;
        }
        running = next.plan();
        try {
            run(next.plan(), discarding ? BatchTimer.UNHEARD : next.timer());
        } finally {
            running = null;
            unfinished.decrementAndGet();
        }
        return 1;
    }

    private void run(BatchPlan batch, BatchTimer timer) {
        try (BatchDatasets of = new BatchDatasets(plan, batch, exchanges, pipelines, datasets)) {
            long skippedBefore = skipped.total();
            timer.started();
            boolean isComplete = true;
            for (int output = 0; output < outputs.size(); output++) {
                isComplete &= !discarding && run(output, of, new Time(batch.timeMs()), timer);
                Thread.interrupted(); // what one output leaves behind is not the next one's
            }
            timer.completed(skipped.total() - skippedBefore);
            if (!isComplete) {
                dropped = dropped.and(batch); // one writer
            }
        }
    }

    /** Run one output; false if it was cut short. */
    private boolean run(int number, BatchDatasets of, Time time, BatchTimer timer) {
        BatchOutput output = outputs.get(number);
        timer.outputStarted(number);
        Throwable failure = null;
        try {
            output.driver().run(dataset(output, of.rowsOf(output.stage()), of.lease()), time);
        } catch (Throwable thrown) {
            failure = thrown;
        }
        timer.outputCompleted(number, failure);
        boolean isCutShort = failure != null && discarding;
        if (failure != null && !isCutShort) {
            errors.accept(failure);
        }
        return !isCutShort;
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
        for (Waiting waiting : queue) {
            all = all.and(waiting.plan());
        }
        return all;
    }

    /** Run no further output; batches are only released from now on. Any thread. */
    public void discard() {
        discarding = true;
        jobBell.ring();
    }
}

package io.millrace.engine.batch;

import io.millrace.api.Delivery;
import io.millrace.api.MillraceException;
import io.millrace.api.OutputGate;
import io.millrace.api.RDDLike;
import io.millrace.api.StateView;
import io.millrace.api.Time;
import io.millrace.engine.dataset.DatasetScope;
import io.millrace.engine.function.SkippedRecords;
import io.millrace.engine.function.Texts;
import io.millrace.engine.physical.PhysicalPlan;
import io.millrace.engine.physical.Stage;
import io.millrace.engine.rdd.LocalDataset;
import io.millrace.engine.save.Publication;
import io.millrace.engine.schedule.BatchPlan;
import io.millrace.engine.schedule.BatchQueue;
import io.millrace.engine.telemetry.BatchTelemetry;
import io.millrace.engine.telemetry.BatchTimer;
import io.millrace.ingest.wait.Doorbell;
import io.millrace.plan.OperatorId;
import io.millrace.spi.LocalProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.agrona.CloseHelper;

/**
 * Runs planned batches one after the other, and each batch's outputs in the order of their definition. An output that throws
 * is reported; the other outputs of the batch and all later batches run, unless who is told of it calls {@link #discard}.
 *
 * <p>Owner of {@link #doWork}: the job thread. {@link #add} is the conductor's.
 */
public final class BatchRunner implements BatchQueue, AutoCloseable {
    private static final String OUTPUT_ID = "millrace.streaming.internal.outputOpId";

    private final PhysicalPlan plan;
    private final List<BatchOutput> outputs;
    private final Exchanges exchanges;
    private final StatefulOperators stateful;
    private final boolean isRemembering;
    private final DatasetScope scope;
    private final KeptBatches kept;
    private final Doorbell jobBell;
    private final Consumer<Throwable> errors;
    private final BatchTelemetry telemetry;
    private final SkippedRecords skipped;
    private final BatchLog log;
    private final Consumer<Throwable> broken;
    private final LocalProperties properties;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final Iterable<BatchPlan> waitingPlans =
            () -> queue.stream().map(Waiting::plan).iterator();
    private final AtomicInteger unfinished = new AtomicInteger();
    private volatile BatchPlan running;
    private final InsideProgram programs = new InsideProgram();
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
     * @param stateful this object's from now on
     * @param rememberMs for how long a batch's datasets are kept after newer ones, in milliseconds
     * @param jobBell rung when a batch was added
     * @param errors told what outputs threw
     * @param telemetry told how batches go
     * @param skipped counts the records that were left out
     * @param log keeps the batches; this object's from now on
     * @param broken told that a batch cannot be kept; no further one is run then
     */
    public BatchRunner(
            PhysicalPlan plan,
            List<BatchOutput> outputs,
            Exchanges exchanges,
            StatefulOperators stateful,
            DatasetScope scope,
            long rememberMs,
            Doorbell jobBell,
            Consumer<Throwable> errors,
            BatchTelemetry telemetry,
            SkippedRecords skipped,
            BatchLog log,
            Consumer<Throwable> broken) {
        this.plan = plan;
        this.outputs = List.copyOf(outputs);
        this.exchanges = exchanges;
        this.stateful = stateful;
        this.isRemembering = rememberMs > 0;
        this.scope = scope;
        this.kept = new KeptBatches(rememberMs);
        this.jobBell = jobBell;
        this.errors = errors;
        this.telemetry = telemetry;
        this.skipped = skipped;
        this.log = log;
        this.broken = broken;
        this.properties = scope.shared().localProperties();
    }

    @Override
    public void add(BatchPlan batch) {
        unfinished.incrementAndGet();
        queue.add(new Waiting(batch, telemetry.submitted(batch)));
        jobBell.ring();
    }

    @Override
    public int waiting() {
        return Math.max(0, unfinished.get() - (running == null ? 0 : 1));
    }

    @Override
    public boolean isIdle() {
        return unfinished.get() == 0;
    }

    /** Run the next batch, if one waits, or else do a piece of the upkeep of what is remembered; how much was done. */
    public int doWork() {
        if (!discarding && !queue.isEmpty()) {
            keep(() -> log.plan(waitingPlans));
        }
        if (!discarding && (queue.isEmpty() || !log.isPlanned(queue.peek().plan()))) {
            return idle();
        }
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

    private int idle() {
        return settle() + stateful.maintain();
    }

    /** How long nothing is to be done if no batch is added and nobody rings, in nanoseconds. */
    public long idleNanos() {
        return discarding ? Long.MAX_VALUE : log.idleNanos();
    }

    @Override
    public boolean isResting() {
        return log.isResting();
    }

    /** Make certain what batches have done; how much was done. */
    public int settle() {
        int[] done = new int[1];
        if (!discarding) {
            keep(() -> done[0] = log.idle());
        }
        return done[0];
    }

    /** Part of keeping batches. */
    @FunctionalInterface
    private interface Keeping {
        void run() throws Exception;
    }

    /**
     * What cannot be kept is not to be run: the next process would not know of it. An interrupt is kept from it, which would close the file being
     * written, and left for whom it was meant.
     */
    private void keep(Keeping keeping) {
        boolean isInterrupted = Thread.interrupted();
        try {
            keeping.run();
        } catch (Exception failed) {
            endBy(failed);
        } catch (Error broken) {
            endBy(broken);
            throw broken;
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void endBy(Throwable failure) {
        discard();
        broken.accept(failure);
    }

    private void run(BatchPlan batch, BatchTimer timer) {
        BatchDatasets of = new BatchDatasets(plan, batch, exchanges, stateful, scope, isRemembering);
        kept.add(of);
        try {
            long skippedBefore = skipped.total();
            timer.started();
            advanceState(of);
            if (!discarding) {
                keep(() -> log.changed(batch));
            }
            boolean isComplete = runOutputs(datasetsOf(of), batch, timer);
            timer.completed(skipped.total() - skippedBefore);
            if (!isComplete) {
                dropped = dropped.and(batch); // one writer
            } else if (!discarding) {
                keep(() -> log.ran(batch));
            }
        } finally {
            kept.done(of);
        }
        stateful.maintainWhileOverBudget();
    }

    private void advanceState(BatchDatasets of) {
        programs.enter();
        Throwable failure;
        try {
            failure = discarding ? null : of.advanceState();
        } finally {
            programs.leave();
        }
        if (failure != null && !discarding) {
            errors.accept(failure);
            if (log.endsAtFailure()) {
                endBy(failure);
            }
        }
    }

    /** What each output sees; nothing if that cannot be told, and then none of them runs. */
    private List<Optional<LocalDataset<?>>> datasetsOf(BatchDatasets of) {
        List<Optional<LocalDataset<?>>> datasets = new ArrayList<>();
        try {
            for (BatchOutput output : outputs) {
                boolean isDue = of.isDue(plan.slideMs(output.id()));
                datasets.add(isDue ? of.dataset(output.stage(), output.pairs()) : Optional.empty());
            }
        } catch (Throwable thrown) {
            if (!discarding) {
                errors.accept(thrown);
            }
            return List.of();
        }
        return datasets;
    }

    /** Run the outputs in order; false if they were cut short. */
    private boolean runOutputs(List<Optional<LocalDataset<?>>> datasets, BatchPlan batch, BatchTimer timer) {
        boolean isComplete = !discarding;
        for (int output = 0; output < datasets.size(); output++) {
            if (datasets.get(output).isPresent()) {
                if (!discarding && outputs.get(output).gate() != OutputGate.EAGER) {
                    keep(() -> log.awaitPlanned(batch));
                }
                isComplete &= !discarding && run(output, datasets.get(output).get(), batch, timer);
                Thread.interrupted(); // what one output leaves behind is not the next one's
            }
        }
        return isComplete;
    }

    /** Run one output; false if it was cut short. */
    private boolean run(int number, LocalDataset<?> dataset, BatchPlan batch, BatchTimer timer) {
        timer.outputStarted(number);
        BatchOutput output = outputs.get(number);
        Delivery delivery = new Delivery(output.id().text(), new Time(batch.timeMs()), batch.isReplay());
        Publication staged = Publication.NONE;
        Throwable failure = null;
        Map<String, String> before = properties.snapshot();
        properties.set(OUTPUT_ID, Integer.toString(number));
        programs.enter();
        try {
            staged = output.driver().run(dataset, delivery);
            if (!log.keepsBatches()) {
                staged.publishOrDiscard();
            }
        } catch (Throwable thrown) {
            failure = thrown;
        } finally {
            programs.leave();
            properties.restore(before);
        }
        timer.outputCompleted(number, failure);
        if (failure != null) {
            tell(failure, output);
        } else if (log.keepsBatches() && staged != Publication.NONE) {
            Publication whole = staged;
            keep(() -> log.staged(batch, whole));
        }
        return failure == null || !discarding;
    }

    /** A failure may end the run, and then the batch is one to be run again: always if its output was to be seen exactly once. */
    private void tell(Throwable failure, BatchOutput output) {
        if (!discarding) {
            errors.accept(failure);
            if (output.gate() == OutputGate.COMMITTED && log.endsAtFailure()) {
                endBy(failure);
            }
        }
    }

    /** Interrupt the program's code, if the job thread is inside; what the engine does there is not interrupted. Any thread. */
    public void interruptProgram() {
        programs.interrupt();
    }

    /**
     * The datasets of one operator in the batches that are kept, from one batch time to another, both included. Any thread.
     *
     * @throws IllegalArgumentException if no output reads that operator
     */
    public List<RDDLike<?>> datasets(OperatorId operator, boolean pairs, Time from, Time to) {
        Stage stage = plan.stages().get(operator);
        if (stage == null) {
            throw new IllegalArgumentException(
                    "'" + operator + "' has not been initialized: no output reads it; give it"
                            + " an output, foreachRDD say, to have its datasets");
        }
        try {
            return kept.datasets(stage, plan.slideMs(operator), pairs, from.milliseconds(), to.milliseconds());
        } catch (RuntimeException unchecked) {
            throw unchecked;
        } catch (Exception failed) {
            throw new MillraceException(Texts.messageOf(failed), failed);
        }
    }

    /**
     * What an operator remembers. Any thread.
     *
     * @throws IllegalArgumentException if it remembers nothing by key, or is not planned
     */
    public StateView<Object, Object> state(OperatorId operator) {
        return stateful.view(operator);
    }

    /** End all batches that are kept, when no batch will be run any more. */
    @Override
    public void close() {
        kept.close();
        boolean isWhole = dropped().batches() == 0;
        try {
            keep(() -> log.end(isWhole));
        } finally {
            CloseHelper.closeAll(log, stateful);
        }
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

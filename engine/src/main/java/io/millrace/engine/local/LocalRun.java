package io.millrace.engine.local;

import io.millrace.api.MillraceContext;
import io.millrace.api.MillraceException;
import io.millrace.api.RDDLike;
import io.millrace.api.StopReport;
import io.millrace.api.Time;
import io.millrace.conf.FailurePolicy;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.batch.BatchRunner;
import io.millrace.engine.batch.Exchanges;
import io.millrace.engine.exchange.ExchangeOpener;
import io.millrace.engine.function.SkippedRecords;
import io.millrace.engine.physical.OutputStage;
import io.millrace.engine.physical.PhysicalPlan;
import io.millrace.engine.planner.StagePlanner;
import io.millrace.engine.rdd.DatasetRunner;
import io.millrace.engine.schedule.BatchConductor;
import io.millrace.engine.telemetry.BatchTelemetry;
import io.millrace.engine.telemetry.ListenerBus;
import io.millrace.engine.telemetry.ReceiverTelemetry;
import io.millrace.ingest.wait.Doorbell;
import io.millrace.ingest.wait.Threads;
import io.millrace.plan.OperatorId;
import io.millrace.plan.PlanNode;
import io.millrace.spi.LocalProperties;
import io.millrace.spi.PushPort;
import io.millrace.spi.RunSpec;
import io.millrace.spi.StreamingRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.agrona.concurrent.NanoClock;

/**
 * One plan being run on this machine: the one place that wires sources, conductor, exchanges and outputs together. What is
 * opened here is closed in {@link #finish}, in the reverse order.
 *
 * <p>Threads: one for the conductor and one for jobs; or none, when the caller drives: then whoever calls {@link #doWork},
 * {@link #awaitTermination} or {@link #stop} does the work, one thread at a time.
 */
final class LocalRun implements StreamingRun {
    private static final System.Logger LOG = System.getLogger(LocalRun.class.getName());
    private static final long ABANDON_MS = 2_000;
    private static final long DRIVER_IDLE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private final boolean callerDriven;
    private final boolean spinning;
    private final LocalBackend backend;
    private final SourceThreads sourceThreads;
    private final AtomicInteger exchangeUsers;
    private final Doorbell conductorBell = new Doorbell();
    private final Doorbell jobBell = new Doorbell();
    private final NanoClock clock;
    private final LocalProperties localProperties;
    private final Map<String, String> properties;
    private final Termination termination;
    private final boolean stopsAtFailure;
    private final SkippedRecords skipped;
    private final ListenerBus listeners;
    private final BatchTelemetry telemetry;
    private final ReentrantLock driving = new ReentrantLock();
    private final Exchanges exchanges;
    private final LocalInputs inputs;
    private final BatchRunner batches;
    private final BatchConductor conductor;
    private final Thread conductorThread;
    private final Thread jobThread;
    private volatile boolean jobsOver;
    private boolean isOutputAbandoned;

    LocalRun(LocalBackend backend, MillraceContext owner, RunSpec spec) {
        EngineConfig config = backend.config();
        EnginePorts ports = backend.ports();
        this.backend = backend;
        callerDriven = config.callerDriven();
        spinning = config.spinning();
        clock = ports.nanoClock();
        localProperties = backend.shared().localProperties();
        properties = spec.localProperties();
        stopsAtFailure = config.failurePolicy() == FailurePolicy.STOP;
        termination = new Termination(clock, stopsAtFailure);
        skipped = backend.newSkippedRecords();
        listeners = new ListenerBus(
                spec.listeners(), config.listenerQueueCapacity(), callerDriven ? null : ports.threads());
        sourceThreads = new SourceThreads(ports.threads());
        conductorThread = callerDriven ? null : named(ports.threads(), "millrace-conductor", this::conduct);
        jobThread = callerDriven ? null : named(ports.threads(), "millrace-jobs", this::runJobs);
        exchangeUsers = new AtomicInteger(callerDriven ? 1 : 2);
        DatasetRunner datasets =
                backend.newDatasetRunner(config.failurePolicy() == FailurePolicy.SKIP ? skipped : null);
        PhysicalPlan physical = StagePlanner.plan(spec.plan(), config.defaultPartitions());
        telemetry = new BatchTelemetry(
                listeners,
                ports.epochClock(),
                physical.outputs().stream().map(LocalRun::label).toList(),
                physical.sources().stream().map(PlanNode.Source::streamId).toList());
        exchanges = new Exchanges(
                physical.exchanges(), new ExchangeOpener(datasets.scratchCount(), backend.lanes(), backend.ledger()));
        batches = new BatchRunner(
                physical,
                physical.outputs().stream().map(backend::output).toList(),
                exchanges,
                backend.scope(owner, datasets),
                spec.remember() == null ? 0 : spec.remember().milliseconds(),
                jobBell,
                this::failed,
                telemetry,
                skipped);
        inputs = new LocalInputs(
                physical.sources(),
                backend.ingestConfig(),
                backend.ingestPorts(
                        sourceThreads,
                        conductorBell,
                        new ReceiverTelemetry(listeners, ports.epochClock(), new LoggedIngestEvents())),
                backend.files(),
                spec.batch().milliseconds(),
                this::failed);
        conductor = new BatchConductor(
                inputs.all(),
                batches,
                backend.conductorConfig(spec.batch()),
                ports.epochClock(),
                ports.nanoClock(),
                this::failed);
    }

    private static BatchTelemetry.OutputLabel label(OutputStage stage) {
        return new BatchTelemetry.OutputLabel(
                stage.output().id().text(), stage.output().sink().name());
    }

    /** Something of the program's threw, or a source could not give its share. Any thread. */
    private void failed(Throwable error) {
        termination.report(error);
        if (stopsAtFailure) {
            batches.discard();
            conductor.requestStop(false);
            conductorBell.ring();
        }
    }

    private static Thread named(ThreadFactory threads, String name, Runnable body) {
        Thread thread = threads.newThread(body);
        thread.setName(name);
        return thread;
    }

    void start() {
        try {
            telemetry.streamingStarted();
            inputs.start();
            if (!callerDriven) {
                jobThread.start();
                conductorThread.start();
            }
        } catch (RuntimeException | Error failed) {
            jobsOver = true;
            jobBell.ring();
            finish();
            throw failed;
        }
    }

    private void conduct() {
        try {
            while (!conductor.hasEnded()) {
                if (conductor.doWork() == 0) {
                    idle(conductorBell, conductor.idleNanos());
                }
            }
        } catch (Throwable broken) {
            termination.report(broken);
        } finally {
            endJobs();
            finish();
        }
    }

    private void runJobs() {
        localProperties.restore(properties);
        while (!jobsOver || !batches.isIdle()) {
            try {
                Thread.interrupted(); // an interrupt was meant for an output that is over
                if (batches.doWork() == 0) {
                    idle(jobBell, Long.MAX_VALUE);
                }
            } catch (Throwable broken) {
                termination.report(broken);
            }
        }
        letExchangesGo();
    }

    private void idle(Doorbell bell, long nanos) {
        if (!spinning) {
            bell.await(nanos);
        } else if (!bell.poll()) {
            Thread.onSpinWait();
        }
    }

    /** What waits is dropped; an output that runs on is interrupted after a while, and then left alone. */
    private void endJobs() {
        batches.discard();
        jobsOver = true;
        jobBell.ring();
        Threads.join(jobThread, ABANDON_MS);
        if (jobThread.isAlive()) {
            jobThread.interrupt();
            Threads.join(jobThread, ABANDON_MS);
        }
        isOutputAbandoned = jobThread.isAlive();
        if (isOutputAbandoned) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "an output did not end within " + 2 * ABANDON_MS + " ms after the stop and is left alone;"
                            + " the memory it reads is given back when it ends");
        }
    }

    private void finish() {
        long waitingRecords = 0;
        try {
            waitingRecords = inputs.stopAndCountWaiting();
            inputs.close();
        } catch (RuntimeException | Error broken) {
            termination.report(broken);
        } finally {
            StopReport report = report(waitingRecords);
            letExchangesGo();
            listeners.close();
            backend.forget(this);
            termination.end(report);
        }
    }

    private StopReport report(long waitingRecords) {
        BatchRunner.Dropped dropped = batches.dropped();
        List<String> unended = Stream.concat(conductor.unendedSources().stream(), inputs.unended())
                .distinct()
                .toList();
        StopReport report = new StopReport(
                conductor.hasEndedGracefully(),
                unended,
                dropped.batches(),
                dropped.records() + waitingRecords,
                isOutputAbandoned);
        if (report.isGraceful() && !report.isComplete()) {
            LOG.log(System.Logger.Level.WARNING, "the graceful stop left something behind: {0}", report);
        }
        return report;
    }

    /** Whoever of conductor and job thread ends last closes the exchanges: an output may outlive the run. */
    private void letExchangesGo() {
        if (exchangeUsers.decrementAndGet() == 0) {
            batches.close();
            exchanges.close();
        }
    }

    @Override
    public int doWork() {
        if (!callerDriven) {
            throw new IllegalStateException("doWork() on a context that has threads of its own;"
                    + " it is for master local[0] or millrace.drive=caller");
        }
        checkNotInside("doWork()");
        driving.lock();
        try {
            if (termination.hasEnded()) {
                return 0;
            }
            int work = conductor.doWork();
            if (conductor.hasEnded()) {
                batches.discard();
                while (batches.doWork() > 0) {
                    work++;
                }
                finish();
                return work + 1;
            }
            return work + runJobsOnCaller() + listeners.doWork();
        } finally {
            driving.unlock();
        }
    }

    private int runJobsOnCaller() {
        if (batches.isIdle()) {
            return 0;
        }
        Map<String, String> callers = localProperties.snapshot();
        localProperties.restore(properties);
        try {
            return batches.doWork();
        } finally {
            localProperties.restore(callers);
        }
    }

    private void checkNotInside(String call) {
        if (listeners.isCurrent()) {
            throw new MillraceException("Cannot call " + call + " of a StreamingContext within its listener bus thread:"
                    + " it would wait for itself; call it from another thread");
        }
        boolean isOutput = driving.isHeldByCurrentThread() || Thread.currentThread() == jobThread;
        if (isOutput || backend.isInsideTask() || sourceThreads.isCurrent()) {
            throw new IllegalStateException(call + " inside " + (sourceThreads.isCurrent() ? "a receiver" : "an output")
                    + " would wait for itself; call it from another thread");
        }
    }

    @Override
    public void stop(boolean graceful) {
        if (termination.hasEnded()) {
            return;
        }
        checkNotInside("stop()");
        conductor.requestStop(graceful);
        conductorBell.ring();
        if (!callerDriven) {
            termination.awaitEnd();
            return;
        }
        while (!termination.hasEnded()) {
            if (doWork() == 0) {
                conductorBell.await(DRIVER_IDLE_NANOS);
            }
        }
    }

    @Override
    public boolean awaitTermination(long timeoutMs) throws Exception {
        checkNotInside("awaitTermination()");
        if (!callerDriven) {
            return termination.await(timeoutMs);
        }
        long deadline = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (!termination.isOver()) {
            long left = timeoutMs < 0 ? Long.MAX_VALUE : deadline - clock.nanoTime();
            if (left <= 0) {
                return false;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("awaitTermination() was interrupted");
            }
            if (doWork() == 0) {
                idle(conductorBell, Math.min(left, Math.min(DRIVER_IDLE_NANOS, conductor.idleNanos())));
            }
        }
        return true;
    }

    @Override
    public boolean hasEnded() {
        return termination.hasEnded();
    }

    @Override
    public Optional<StopReport> stopReport() {
        return termination.left();
    }

    @Override
    public Map<String, Long> counters(int streamId) {
        return inputs.counters(streamId);
    }

    @Override
    public Map<String, Long> counters() {
        return Map.of(
                "coalescedBatches", conductor.coalescedBatches(),
                "skippedRecords", skipped.total(),
                "droppedEvents", listeners.dropped(),
                "laneMisses", backend.laneMisses(),
                "memoryRefusals", backend.ledger().refusals(),
                "memoryBytes", backend.ledger().usedBytes());
    }

    @Override
    public List<RDDLike<?>> datasets(OperatorId operator, boolean pairs, Time from, Time to) {
        return batches.datasets(operator, pairs, from, to);
    }

    @Override
    public PushPort<?> pushPort(int streamId) {
        return inputs.pushPort(streamId);
    }
}

package io.millrace.engine.local;

import io.millrace.api.MillraceContext;
import io.millrace.api.MillraceException;
import io.millrace.api.RDDLike;
import io.millrace.api.StateView;
import io.millrace.api.StopReport;
import io.millrace.api.Time;
import io.millrace.conf.FailurePolicy;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.batch.BatchRunner;
import io.millrace.engine.schedule.BatchConductor;
import io.millrace.engine.telemetry.ListenerBus;
import io.millrace.ingest.wait.Doorbell;
import io.millrace.plan.OperatorId;
import io.millrace.spi.PushPort;
import io.millrace.spi.RunSpec;
import io.millrace.spi.StreamingRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.agrona.concurrent.NanoClock;

/**
 * One plan being run on this machine, from its start to its end. What {@link RunParts} opened is closed in {@link #finish}, in
 * the reverse order.
 *
 * <p>Threads: one for the conductor and one for jobs; or none, when the caller drives: then whoever calls {@link #doWork},
 * {@link #awaitTermination} or {@link #stop} does the work, one thread at a time.
 */
final class LocalRun implements StreamingRun {
    private static final System.Logger LOG = System.getLogger(LocalRun.class.getName());
    private static final long DRIVER_IDLE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private final LocalBackend backend;
    private final boolean callerDriven;
    private final boolean stopsAtFailure;
    private final NanoClock clock;
    private final ThreadFactory threads; // null where the caller drives
    private final Idling idling;
    private final Termination termination;
    private final ReentrantLock driving = new ReentrantLock();
    private final RunParts parts;
    private final LocalInputs inputs;
    private final BatchRunner batches;
    private final BatchConductor conductor;
    private final ListenerBus listeners;
    private final Doorbell conductorBell;
    private final Jobs jobs;

    /** Opens the sources; no thread is made before {@link #start}. */
    LocalRun(LocalBackend backend, MillraceContext owner, RunSpec spec) {
        EngineConfig config = backend.config();
        this.backend = backend;
        callerDriven = config.callerDriven();
        stopsAtFailure = config.failurePolicy() == FailurePolicy.STOP;
        clock = backend.ports().nanoClock();
        threads = callerDriven ? null : backend.ports().threads();
        idling = new Idling(config.spinning());
        termination = new Termination(clock, stopsAtFailure);
        parts = RunParts.of(backend, owner, spec, this::failed, this::broken);
        inputs = parts.inputs();
        batches = parts.batches();
        conductor = parts.conductor();
        listeners = parts.listeners();
        conductorBell = parts.conductorBell();
        jobs = new Jobs(
                parts,
                threads,
                idling,
                backend.shared().localProperties(),
                spec.localProperties(),
                termination::report);
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

    /** A batch cannot be kept, whatever the failure policy: the run ends, and what was not committed is run again by the next one. */
    private void broken(Throwable error) {
        termination.report(error);
        conductor.requestStop(false);
        conductorBell.ring();
    }

    void start() {
        try {
            parts.telemetry().streamingStarted();
            inputs.start();
            parts.checkpointed().run();
            jobs.start();
            if (!callerDriven) {
                startConductor();
            }
        } catch (RuntimeException | Error failed) {
            jobs.requestEnd();
            finish();
            throw failed;
        }
    }

    private void startConductor() {
        Thread thread = threads.newThread(this::conduct);
        thread.setName("millrace-conductor");
        thread.start();
    }

    private void conduct() {
        try {
            while (!conductor.hasEnded()) {
                if (conductor.doWork() == 0) {
                    idling.at(conductorBell, conductor.idleNanos());
                }
            }
        } catch (Throwable broken) {
            termination.report(broken);
        } finally {
            jobs.end();
            finish();
        }
    }

    private void finish() {
        long waitingRecords = 0;
        try {
            try {
                waitingRecords = inputs.stopAndCountWaiting();
            } finally {
                inputs.close(); // even if what waits cannot be logged any more
            }
        } catch (RuntimeException | Error broken) {
            termination.report(broken);
        } finally {
            StopReport report = report(waitingRecords);
            jobs.letGo();
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
                jobs.isAbandoned());
        if (report.isGraceful() && !report.isComplete()) {
            LOG.log(System.Logger.Level.WARNING, "the graceful stop left something behind: {0}", report);
        }
        return report;
    }

    @Override
    public int doWork() {
        if (!callerDriven) {
            throw new IllegalStateException("doWork() on a context that has threads of its own;"
                    + " it is for master local[0] or millrace.drive=caller");
        }
        checkNotInside("doWork()");
        driving.lock();
        boolean isInterrupted =
                Thread.interrupted(); // which would close files being written; it is left for the caller
        try {
            return termination.hasEnded() ? 0 : workHere();
        } finally {
            driving.unlock();
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private int workHere() {
        int work = conductHere();
        if (conductor.hasEnded()) {
            work += jobs.discard();
            finish();
            return work + 1;
        }
        return work + jobs.doWork() + listeners.doWork();
    }

    /** What would end the conductor's thread ends the run here too. */
    private int conductHere() {
        try {
            return conductor.doWork();
        } catch (RuntimeException | Error broken) {
            broken(broken);
            return 1;
        }
    }

    private void checkNotInside(String call) {
        if (listeners.isCurrent()) {
            throw new MillraceException("Cannot call " + call + " of a StreamingContext within its listener bus thread:"
                    + " it would wait for itself; call it from another thread");
        }
        boolean isOutput = driving.isHeldByCurrentThread() || jobs.isCurrent();
        boolean isReceiver = parts.sourceThreads().isCurrent();
        if (isOutput || backend.isInsideTask() || isReceiver) {
            throw new IllegalStateException(call + " inside " + (isReceiver ? "a receiver" : "an output")
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
                idling.at(conductorBell, Math.min(left, Math.min(DRIVER_IDLE_NANOS, conductor.idleNanos())));
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
                "skippedRecords", parts.skipped().total(),
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
    public StateView<Object, Object> state(OperatorId operator) {
        return batches.state(operator);
    }

    @Override
    public PushPort<?> pushPort(int streamId) {
        return inputs.pushPort(streamId);
    }
}

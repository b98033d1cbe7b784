package io.millrace.engine.local;

import io.millrace.api.MillraceContext;
import io.millrace.conf.FailurePolicy;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.batch.BatchRunner;
import io.millrace.engine.batch.Exchanges;
import io.millrace.engine.batch.StatefulOperators;
import io.millrace.engine.batch.UnkeptBatches;
import io.millrace.engine.checkpoint.Resumed;
import io.millrace.engine.checkpoint.RunCheckpoint;
import io.millrace.engine.dataset.DatasetRunner;
import io.millrace.engine.dataset.DatasetScope;
import io.millrace.engine.exchange.ExchangeOpener;
import io.millrace.engine.function.SkippedRecords;
import io.millrace.engine.physical.OutputStage;
import io.millrace.engine.physical.PhysicalPlan;
import io.millrace.engine.planner.StagePlanner;
import io.millrace.engine.schedule.BatchConductor;
import io.millrace.engine.telemetry.BatchTelemetry;
import io.millrace.engine.telemetry.ListenerBus;
import io.millrace.engine.telemetry.ReceiverTelemetry;
import io.millrace.ingest.wait.Doorbell;
import io.millrace.plan.PlanNode;
import io.millrace.spi.RunSpec;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.CloseHelper;

/**
 * What one run is made of: sources, conductor, exchanges and outputs, wired together. Nothing of it has been started.
 *
 * @param checkpointed to be called when the sources have begun
 * @param conductorBell rung when a source has something, or somebody asks for the end
 * @param jobBell rung when a batch waits
 */
record RunParts(
        ListenerBus listeners,
        BatchTelemetry telemetry,
        SkippedRecords skipped,
        SourceThreads sourceThreads,
        LocalInputs inputs,
        Exchanges exchanges,
        BatchRunner batches,
        BatchConductor conductor,
        Runnable checkpointed,
        Doorbell conductorBell,
        Doorbell jobBell) {

    /**
     * @param errors told of what sources and outputs throw, from any thread, once the run is started
     * @param broken told that batches cannot be kept any more
     */
    static RunParts of(
            LocalBackend backend,
            MillraceContext owner,
            RunSpec spec,
            Consumer<Throwable> errors,
            Consumer<Throwable> broken) {
        EngineConfig config = backend.config();
        EnginePorts ports = backend.ports();
        Doorbell conductorBell = new Doorbell();
        Doorbell jobBell = new Doorbell();
        PhysicalPlan physical = StagePlanner.plan(
                spec.plan(), config.defaultPartitions(), spec.batch().milliseconds());
        ListenerBus listeners = new ListenerBus(
                spec.listeners(), config.listenerQueueCapacity(), config.callerDriven() ? null : ports.threads());
        BatchTelemetry telemetry = new BatchTelemetry(
                listeners,
                ports.epochClock(),
                physical.outputs().stream().map(RunParts::label).toList(),
                physical.sources().stream().map(PlanNode.Source::streamId).toList());
        SkippedRecords skipped = backend.newSkippedRecords();
        DatasetRunner datasets =
                backend.newDatasetRunner(config.failurePolicy() == FailurePolicy.SKIP ? skipped : null);
        ExchangeOpener opener = new ExchangeOpener(datasets.scratchCount(), backend.lanes(), backend.ledger());
        Exchanges exchanges = new Exchanges(physical.exchanges(), opener);
        DatasetScope scope = backend.scope(owner, datasets);
        StatefulOperators stateful = new StatefulOperators(physical, scope, opener, backend.stateStores(physical));
        SourceThreads sourceThreads = new SourceThreads(ports.threads());
        ReceiverTelemetry receivers = new ReceiverTelemetry(listeners, ports.epochClock(), new LoggedIngestEvents());
        LocalInputs inputs = new LocalInputs(
                physical.sources(),
                backend.ingestConfig(),
                backend.ingestPorts(sourceThreads, conductorBell, receivers),
                backend.files(),
                spec.batch().milliseconds(),
                errors);
        RunCheckpoint checkpoint = null;
        Resumed resumed = new Resumed(null, List.of());
        try {
            checkpoint =
                    backend.checkpoint(spec, stateful, inputs.checkpointed(physical.sources()), jobBell::ring, errors);
            if (checkpoint != null) {
                resumed = checkpoint.restore(event -> listeners.post(listener -> listener.onStateRestoring(event)));
            }
        } catch (RuntimeException | Error failed) {
            CloseHelper.quietCloseAll(listeners, checkpoint, stateful, inputs::close, exchanges);
            throw failed;
        }
        BatchRunner batches = new BatchRunner(
                physical,
                physical.outputs().stream().map(backend::output).toList(),
                exchanges,
                stateful,
                scope,
                spec.remember() == null ? 0 : spec.remember().milliseconds(),
                jobBell,
                errors,
                telemetry,
                skipped,
                checkpoint == null ? new UnkeptBatches(inputs::committed) : checkpoint,
                broken);
        resumed.pending().forEach(batches::add);
        BatchConductor conductor = new BatchConductor(
                inputs.all(),
                batches,
                backend.conductorConfig(spec.batch()),
                ports.epochClock(),
                ports.nanoClock(),
                errors,
                resumed.grid());
        return new RunParts(
                listeners,
                telemetry,
                skipped,
                sourceThreads,
                inputs,
                exchanges,
                batches,
                conductor,
                checkpoint == null ? () -> {} : checkpoint::sourcesStarted,
                conductorBell,
                jobBell);
    }

    private static BatchTelemetry.OutputLabel label(OutputStage stage) {
        return new BatchTelemetry.OutputLabel(
                stage.output().id().text(), stage.output().sink().name());
    }
}

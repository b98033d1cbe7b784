package io.millrace.engine.local;

import io.millrace.api.MillraceContext;
import io.millrace.conf.FailurePolicy;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.batch.BatchRunner;
import io.millrace.engine.batch.Exchanges;
import io.millrace.engine.batch.StatefulOperators;
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
import java.util.function.Consumer;

/**
 * What one run is made of: sources, conductor, exchanges and outputs, wired together. Nothing of it has been started.
 *
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
        Doorbell conductorBell,
        Doorbell jobBell) {

    /** @param errors told of what sources and outputs throw, from any thread, once the run is started */
    static RunParts of(LocalBackend backend, MillraceContext owner, RunSpec spec, Consumer<Throwable> errors) {
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
        BatchRunner batches = new BatchRunner(
                physical,
                physical.outputs().stream().map(backend::output).toList(),
                exchanges,
                new StatefulOperators(physical, scope, opener, backend.stateStores(physical)),
                scope,
                spec.remember() == null ? 0 : spec.remember().milliseconds(),
                jobBell,
                errors,
                telemetry,
                skipped);
        SourceThreads sourceThreads = new SourceThreads(ports.threads());
        ReceiverTelemetry receivers = new ReceiverTelemetry(listeners, ports.epochClock(), new LoggedIngestEvents());
        LocalInputs inputs = new LocalInputs(
                physical.sources(),
                backend.ingestConfig(),
                backend.ingestPorts(sourceThreads, conductorBell, receivers),
                backend.files(),
                spec.batch().milliseconds(),
                errors);
        BatchConductor conductor = new BatchConductor(
                inputs.all(),
                batches,
                backend.conductorConfig(spec.batch()),
                ports.epochClock(),
                ports.nanoClock(),
                errors);
        return new RunParts(
                listeners,
                telemetry,
                skipped,
                sourceThreads,
                inputs,
                exchanges,
                batches,
                conductor,
                conductorBell,
                jobBell);
    }

    private static BatchTelemetry.OutputLabel label(OutputStage stage) {
        return new BatchTelemetry.OutputLabel(
                stage.output().id().text(), stage.output().sink().name());
    }
}

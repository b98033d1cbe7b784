package io.millrace.engine.local;

import io.millrace.api.CheckpointComparison;
import io.millrace.api.DeadLetterConsumer;
import io.millrace.api.Duration;
import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceContext;
import io.millrace.api.MillraceException;
import io.millrace.conf.MissedBatches;
import io.millrace.conf.Settings;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.batch.BatchOutput;
import io.millrace.engine.batch.StatefulOperators;
import io.millrace.engine.checkpoint.CheckpointPorts;
import io.millrace.engine.checkpoint.CheckpointedSource;
import io.millrace.engine.checkpoint.RunCheckpoint;
import io.millrace.engine.dataset.DatasetRunner;
import io.millrace.engine.dataset.DatasetScope;
import io.millrace.engine.dataset.DatasetShared;
import io.millrace.engine.exchange.ExchangeOpener;
import io.millrace.engine.function.LaneMisses;
import io.millrace.engine.function.LanePolicy;
import io.millrace.engine.function.ShapeClasses;
import io.millrace.engine.function.SkippedRecords;
import io.millrace.engine.lease.ContextLease;
import io.millrace.engine.physical.OutputStage;
import io.millrace.engine.physical.PhysicalPlan;
import io.millrace.engine.pipeline.Pipelines;
import io.millrace.engine.planner.StagePlanner;
import io.millrace.engine.planner.StagePrinter;
import io.millrace.engine.rdd.LocalDatasets;
import io.millrace.engine.save.SaveConfig;
import io.millrace.engine.save.Saving;
import io.millrace.engine.schedule.ConductorConfig;
import io.millrace.engine.schedule.WorkerPool;
import io.millrace.engine.sink.SinkDrivers;
import io.millrace.engine.state.StoreOpener;
import io.millrace.ingest.IngestConfig;
import io.millrace.ingest.IngestEvents;
import io.millrace.ingest.IngestPorts;
import io.millrace.ingest.record.ProgramClasses;
import io.millrace.ingest.wait.Doorbell;
import io.millrace.offheap.block.SlabPool;
import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.spi.Backend;
import io.millrace.spi.Datasets;
import io.millrace.spi.RunSpec;
import io.millrace.spi.StreamingRun;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** This machine's engine: one ledger, one pool of slabs, one set of core workers, and any number of runs on them. */
public final class LocalBackend implements Backend {
    private static final long MIN_STOP_TIMEOUT_MS = 10_000;
    private static final long BATCHES_TO_STOP = 10;
    private static final int REMEMBERED_SHAPES = 256;
    private static final int FREE_SHARE = 8; // of the memory cap: slabs kept for the next burst

    private final EngineConfig config;
    private final IngestConfig ingestConfig;
    private final EnginePorts ports;
    private final DeadLetterConsumer deadLetters;
    private final MemoryLedger ledger;
    private final SlabPool slabs;
    private final LocalFiles files;
    private final LanePolicy lanes;
    private final Pipelines pipelines;
    private final WorkerPool workers;
    private final ContextLease lease;
    private final DatasetRunner datasets;
    private final DatasetShared shared;
    private final long startTimeMs;
    private final Saving saving;
    private final SinkDrivers sinks;
    private final ObjectEncoding objects;
    private final LocalStates states;
    private final MissedBatches missed;
    private final LocalCheckpoints checkpoints;
    private final List<LocalRun> runs = new ArrayList<>();

    /**
     * Starts the core workers, last: settings that are refused leave no thread behind.
     *
     * @throws IllegalArgumentException if a setting is out of its range, or names a class that is not there
     */
    public LocalBackend(MillraceConf conf, EnginePorts ports) {
        this.config = EngineConfig.of(conf);
        this.ingestConfig = ingestConfig(conf);
        this.ports = ports;
        this.deadLetters = conf.deadLetterConsumer().orElse(null);
        long maxBytes = conf.get(Settings.MEMORY_MAX_BYTES);
        this.ledger = new MemoryLedger(maxBytes > 0 ? maxBytes : MemoryLedger.defaultMaxBytes());
        this.lease = new ContextLease(ledger);
        this.slabs = new SlabPool(ledger, ingestConfig.slabBytes(), freeSlabs(ledger, ingestConfig.slabBytes()));
        this.files = new LocalFiles(conf, ledger);
        this.lanes = new LanePolicy(config.specialised(), new ShapeClasses(true, REMEMBERED_SHAPES), new LaneMisses());
        this.pipelines = new Pipelines(lanes);
        this.startTimeMs = timeMs();
        this.saving = new Saving(SaveConfig.of(conf), ProgramClasses.of(conf), ports.saves());
        this.shared = new DatasetShared(
                conf.get(Settings.DEFAULT_PARALLELISM),
                config.callerDriven() ? null : ports.threads(),
                files.ranges(),
                saving,
                ports.epochClock().nanoTime());
        this.sinks = new SinkDrivers(saving);
        this.objects = new ObjectEncoding(saving.classes());
        this.states = new LocalStates(conf, config.callerDriven() ? null : ports.threads());
        this.missed = conf.get(Settings.CHECKPOINT_MISSED_BATCHES);
        this.checkpoints = new LocalCheckpoints(conf, ports);
        this.workers = new WorkerPool(config.workers(), ports.threads(), config.spinning());
        this.datasets = newDatasetRunner(null);
    }

    private static int freeSlabs(MemoryLedger ledger, int slabBytes) {
        return (int) Math.min(Integer.MAX_VALUE, 1 + ledger.maxBytes() / FREE_SHARE / slabBytes);
    }

    private static IngestConfig ingestConfig(MillraceConf conf) {
        return new IngestConfig(
                conf.get(Settings.BLOCK_INTERVAL),
                conf.get(Settings.RING_SLABS),
                Math.toIntExact(conf.get(Settings.SLAB_BYTES)),
                Math.toIntExact(conf.get(Settings.MAX_RECORD_BYTES)),
                conf.get(Settings.RECEIVER_MAX_HELD_RECORDS),
                conf.get(Settings.RECEIVER_RESTART_DELAY),
                conf.get(Settings.RECEIVER_MAX_RATE),
                conf.get(Settings.RECEIVER_WRITE_AHEAD_LOG));
    }

    @Override
    public int defaultParallelism() {
        return config.defaultPartitions();
    }

    @Override
    public long timeMs() {
        return TimeUnit.NANOSECONDS.toMillis(ports.epochClock().nanoTime());
    }

    /** The account of all memory this engine holds off the heap; zero again after {@link #close}. */
    public MemoryLedger ledger() {
        return ledger;
    }

    /** How many columns turned out too narrow for their records and became columns of objects. */
    public long laneMisses() {
        return lanes.misses().total();
    }

    @Override
    public List<String> unsupported(Plan plan) {
        List<String> unknown = new ArrayList<>();
        for (PlanNode.Source source : plan.sources()) {
            if (!LocalInputs.isKnown(source.spec())) {
                unknown.add(source.id() + " (" + source.spec().name() + ")");
            }
        }
        for (PlanNode.Output output : plan.outputs()) {
            if (sinks.find(output.id(), output.sink()).isEmpty()) {
                unknown.add(output.id() + " (" + output.sink().name() + ")");
            }
        }
        return unknown;
    }

    @Override
    public String explain(Plan plan) {
        return StagePrinter.print(StagePlanner.plan(plan, config.defaultPartitions(), 1), pipelines);
    }

    @Override
    public synchronized StreamingRun start(MillraceContext owner, RunSpec spec) {
        SinkDrivers.requireDifferentDirectories(spec.plan().outputs());
        LocalRun run = new LocalRun(this, owner, spec);
        runs.add(run);
        run.start();
        return run;
    }

    @Override
    public CheckpointComparison compare(MillraceContext owner, RunSpec spec) {
        PhysicalPlan physical = StagePlanner.plan(
                spec.plan(), config.defaultPartitions(), spec.batch().milliseconds());
        ExchangeOpener exchanges = new ExchangeOpener(datasets.scratchCount(), lanes, ledger);
        try (StatefulOperators stateful =
                new StatefulOperators(physical, scope(owner, datasets), exchanges, stateStores(physical))) {
            return checkpoints.compare(spec, physical, stateful, objects.classes());
        }
    }

    @Override
    public void prepareState(String operator) {
        states.check(operator);
    }

    /**
     * What keeps a run; null if nothing does.
     *
     * @param sources closed by the caller, but for their ledgers
     * @throws MillraceException if what is in the directory cannot be gone on with
     */
    RunCheckpoint checkpoint(
            RunSpec spec,
            StatefulOperators stateful,
            List<CheckpointedSource> sources,
            Runnable wake,
            Consumer<Throwable> errors) {
        if (spec.checkpoint() == null) {
            return null;
        }
        CheckpointPorts given = new CheckpointPorts(
                ports.nanoClock(),
                config.callerDriven() ? ports.diskThreads() : ports.threads(),
                wake,
                errors,
                saving.directories()::resume,
                spec.checkpoint().counters());
        return checkpoints.open(spec, stateful, sources, objects, slabs, ledger, given);
    }

    /** Makes the stores of a run's operators that remember something. */
    StoreOpener stateStores(PhysicalPlan plan) {
        return states.opener(plan, ledger, lanes, objects);
    }

    @Override
    public Datasets datasets(MillraceContext owner) {
        return new LocalDatasets(scope(owner, datasets));
    }

    @Override
    public long startTimeMs() {
        return startTimeMs;
    }

    /** What datasets of no batch have in common. */
    DatasetScope scope(MillraceContext owner, DatasetRunner runner) {
        return new DatasetScope(runner, pipelines, lanes, ledger, shared, lease, () -> owner);
    }

    @Override
    public void close() {
        List<LocalRun> open;
        synchronized (this) {
            open = List.copyOf(runs);
        }
        open.forEach(run -> run.stop(false));
        workers.close();
        lease.close();
        slabs.close();
    }

    /** A run has ended. */
    synchronized void forget(LocalRun run) {
        runs.remove(run);
    }

    /** Whether the calling thread is in the middle of the program's functions. */
    boolean isInsideTask() {
        return workers.isInsideTask();
    }

    DatasetShared shared() {
        return shared;
    }

    EngineConfig config() {
        return config;
    }

    IngestConfig ingestConfig() {
        return ingestConfig;
    }

    EnginePorts ports() {
        return ports;
    }

    LocalFiles files() {
        return files;
    }

    LanePolicy lanes() {
        return lanes;
    }

    /** What the conductor of a run with such batches needs to know. */
    ConductorConfig conductorConfig(Duration batch) {
        long timeoutMs = config.gracefulStopTimeoutMs() > 0
                ? config.gracefulStopTimeoutMs()
                : Math.max(MIN_STOP_TIMEOUT_MS, BATCHES_TO_STOP * batch.milliseconds());
        return new ConductorConfig(
                batch.milliseconds(), ingestConfig.blockIntervalMs(), timeoutMs, config.coalesceLateBatches(), missed);
    }

    /** An output ready to run. */
    BatchOutput output(OutputStage stage) {
        PlanNode.Output output = stage.output();
        return new BatchOutput(
                output.id(),
                stage.stage(),
                output.pairs(),
                sinks.find(output.id(), output.sink()).orElseThrow(),
                output.gate());
    }

    /** What the sources of a run are given. */
    IngestPorts ingestPorts(ThreadFactory sourceThreads, Doorbell conductorBell, IngestEvents events) {
        return new IngestPorts(
                ledger,
                slabs,
                ports.nanoClock(),
                sourceThreads,
                ports.sockets(),
                conductorBell,
                events,
                config.callerDriven(),
                config.spinning(),
                objects);
    }

    /** The place for the records that one run leaves out. */
    SkippedRecords newSkippedRecords() {
        return new SkippedRecords(deadLetters);
    }

    /**
     * A runner for one run, on the workers that all share.
     *
     * @param skipped null if functions that throw fail their tasks
     */
    DatasetRunner newDatasetRunner(SkippedRecords skipped) {
        return new DatasetRunner(workers, config.inlineRows(), skipped, shared);
    }
}

package io.millrace.engine.checkpoint;

import io.millrace.api.MillraceException;
import io.millrace.api.listener.StreamingListenerStateRestoring;
import io.millrace.checkpoint.file.DirectoryPorts;
import io.millrace.checkpoint.file.FileStore;
import io.millrace.engine.batch.BatchLog;
import io.millrace.engine.batch.StatefulOperators;
import io.millrace.engine.save.Publication;
import io.millrace.engine.schedule.BatchPlan;
import io.millrace.engine.schedule.ResumedGrid;
import io.millrace.engine.state.OperatorLog;
import io.millrace.engine.state.StatefulOperator;
import io.millrace.ingest.block.ReceivedBlocks;
import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.state.EntryLog;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.agrona.CloseHelper;
import org.agrona.concurrent.NanoClock;

/**
 * A run's checkpoint. A batch's plan is certain before its outputs begin; what it changes is appended when its operators have taken it in, and
 * counts from the next COMMIT on, which follows its outputs. Several batches share a COMMIT, and all that waits shares a force, which goes
 * on while the next batch is computed.
 *
 * <p>Cost: the bytes of what batches change; a force for those that wait together, on a thread of its own; now and then all keyed state, in slices
 * between batches: tens of nanoseconds a key.
 *
 * <p>While the disk is full or nearly so the run is {@linkplain #isResting resting}: no batch is begun, no input is taken in, nothing is lost.
 *
 * <p>Source: guide, "Checkpointing" and "Fault-tolerance Semantics"; the order PLAN, changes, COMMIT is that of a write-ahead log.
 */
public final class RunCheckpoint implements BatchLog {
    private final CheckpointConfig config;
    private final StatefulOperators stateful;
    private final List<CheckpointedSource> sources;
    private final List<String> sourceIds;
    private final ObjectEncoding encoding;
    private final MemoryLedger ledger;
    private final NanoClock clock;
    private final OpenedCheckpoint opened;
    private final DiskThread forces;
    private final DiskThread completions;
    private final LogWriter log;
    private final SnapshotCycle snapshots;
    private final SpaceWatch space;
    private final Function<String, Publication> publications;
    private final Unpublished unpublished;
    private final Counters counters;
    private final FrameWriter frame = new FrameWriter();
    private final Deque<Plan> planned = new ArrayDeque<>();
    private final Queue<Commit> commits = new ArrayDeque<>();
    private LogFrame.Planned grid;
    private long plannedMs;
    private long changedMs;
    private long ranMs;
    private long committedMs;
    private long safeMs;
    private long toldMs;
    private int unsafeBatches;
    private int loggedClasses;
    private long commitDueNanos;
    private volatile boolean isStalled;
    private boolean isOver;

    /** A batch that is not committed, and how many frames there were with its PLAN. */
    private record Plan(LogFrame.Planned plan, long frame) {}

    /** A COMMIT that may not be durable, and how many frames there were with it. */
    private record Commit(long timeMs, long frame) {}

    /**
     * Take possession of a directory, and read what is there.
     *
     * @param store its files
     * @param mayRecover whether there may be anything
     * @param sources by stream id; their inputs stay the caller's
     * @param blocks writes what is received; null if that is not to be kept
     * @throws MillraceException if another process has it, if it cannot be read, or if there is something that is not wanted
     */
    public RunCheckpoint(
            FileStore store,
            DirectoryPorts ports,
            CheckpointConfig config,
            boolean mayRecover,
            StatefulOperators stateful,
            List<CheckpointedSource> sources,
            ObjectEncoding encoding,
            MemoryLedger ledger,
            ReceivedBlocks blocks,
            CheckpointPorts runPorts) {
        this.config = config;
        this.stateful = stateful;
        this.sources = List.copyOf(sources);
        this.sourceIds = sources.stream().map(CheckpointedSource::id).toList();
        this.encoding = encoding;
        this.ledger = ledger;
        this.publications = runPorts.publications();
        this.unpublished = new Unpublished(runPorts.errors());
        this.counters = new Counters(runPorts.counters());
        this.clock = runPorts.clock();
        opened = OpenedCheckpoint.open(store, ports, config, mayRecover, this.sources, encoding, blocks, clock);
        forces = new DiskThread("millrace-commit", runPorts.threads(), runPorts.wake());
        completions = new DiskThread("millrace-snapshot", runPorts.threads(), runPorts.wake());
        log = new LogWriter(opened.journal(), forces, clock);
        snapshots = new SnapshotCycle(
                opened.snapshots(), opened.received(), opened.journal(), completions, clock, config.sliceNanos());
        space = new SpaceWatch(opened.directory(), config.logSegmentBytes(), clock);
    }

    /**
     * Bring operators and sources to where the last run was committed. Once, before the sources are started.
     *
     * @param listener told now and then, on this thread, how far the loading of state has come
     * @return where the run goes on
     * @throws MillraceException if the program is no longer one that can go on with what was kept; names what differs
     */
    public Resumed restore(Consumer<StreamingListenerStateRestoring> listener) {
        try {
            Resumed resumed = opened.isFresh() ? new Resumed(null, List.of()) : resume(listener);
            stateful.keepLogs();
            commitDueNanos = clock.nanoTime() + config.commitNanos();
            return resumed;
        } catch (RuntimeException told) {
            throw told;
        } catch (Exception failed) {
            throw failed("go on with", failed);
        }
    }

    private MillraceException failed(String what, Exception failure) {
        String place = opened.directory().store().location();
        return new MillraceException(
                "failed to " + what + " the checkpoint in '" + place + "': " + failure.getMessage(), failure);
    }

    private Resumed resume(Consumer<StreamingListenerStateRestoring> listener) throws Exception {
        LogHistory history = opened.history();
        SourceRestore sourceRestore = new SourceRestore(sources, opened.manifest(), history);
        grid = opened.grid();
        if (grid == null) {
            sourceRestore.restore();
            return new Resumed(null, List.of());
        }
        if (grid.batchMs() != config.batchMs()) {
            throw new MillraceException(
                    "the checkpoint in '" + opened.directory().store().location() + "' has batches every "
                            + grid.batchMs() + " ms, and the program every " + config.batchMs()
                            + " ms; give the interval that it had, or another directory");
        }
        committedMs = history.committedMs();
        safeMs = committedMs;
        ranMs = committedMs;
        plannedMs = Math.max(grid.timeMs(), committedMs);
        new StateRestore(
                        stateful,
                        encoding.classes(),
                        committedMs,
                        config.changes(),
                        new RestoreProgress(clock, listener))
                .restore(opened.snapshots(), history.changes(), grid.zeroMs());
        counters.restore(history.counters());
        restoreStaged(history.staged());
        log.append(LogFrame.RESUME, frame.begin());
        List<BatchPlan> pending = sourceRestore.restore(); // last, since it takes memory
        planAgain(pending);
        return new Resumed(new ResumedGrid(grid.zeroMs(), plannedMs, config.missed()), pending);
    }

    /** What was committed will be published; the rest is written again by the batches that are run again. */
    private void restoreStaged(SortedMap<Long, List<String>> staged) {
        staged.headMap(committedMs + 1)
                .forEach((timeMs, all) -> all.forEach(each -> unpublished.add(timeMs, publications.apply(each))));
        staged.tailMap(committedMs + 1)
                .values()
                .forEach(all -> all.forEach(each -> publications.apply(each).discard()));
    }

    private void planAgain(List<BatchPlan> pending) throws IOException {
        boolean isPlanned = false;
        try {
            for (BatchPlan again : pending) {
                LogFrame.Planned plan = LogFrame.Planned.of(again, config.batchMs(), sourceIds);
                plan.write(frame);
                log.append(LogFrame.PLAN, frame); // what a source cannot give again is no longer in it
                planned.add(new Plan(plan, log.appended()));
            }
            isPlanned = true;
        } finally {
            if (!isPlanned) {
                pending.forEach(BatchPlan::release);
            }
        }
    }

    /**
     * The sources of a run that begins anew have begun: what they found then is old to the runs that go on. Once, before the first batch is
     * planned, by the starting thread.
     */
    public void sourcesStarted() {
        if (!opened.isFresh()) {
            return;
        }
        try {
            for (CheckpointedSource source : sources) {
                source.ledger().restore(source.input().save());
                source.ledger().prepare();
            }
            grid = new LogFrame.Planned(0, config.batchMs(), 0, List.of());
            snapshots.takeNow(this::beginSnapshot);
        } catch (Exception failed) {
            throw failed("begin", failed);
        }
    }

    @Override
    public void plan(Iterable<BatchPlan> waiting) throws IOException {
        settle();
        log.retry();
        for (BatchPlan batch : waiting) {
            if (batch.timeMs() > plannedMs && !log.isStalled()) {
                plan(batch);
            }
        }
        log.beginForce();
        watchSpace();
    }

    private void plan(BatchPlan batch) throws IOException {
        LogFrame.Planned plan = LogFrame.Planned.of(batch, config.batchMs(), sourceIds);
        plan.write(frame);
        log.append(LogFrame.PLAN, frame);
        planned.add(new Plan(plan, log.appended()));
        plannedMs = plan.timeMs();
        grid = plan;
        for (int source = 0; source < sources.size(); source++) {
            byte[] share = plan.inputs().get(source).description();
            if (share != null) {
                sources.get(source).ledger().skip(share);
            }
        }
    }

    @Override
    public boolean isResting() {
        return isStalled || space.isLow();
    }

    @Override
    public boolean isPlanned(BatchPlan batch) {
        return batch.timeMs() <= plannedMs && !log.isStalled();
    }

    private void watchSpace() throws IOException {
        space.look(opened.snapshots().fullBytes(), log.isStalled());
        isStalled = log.isStalled();
    }

    @Override
    public void changed(BatchPlan batch) throws Exception {
        changedMs = batch.timeMs();
        logClasses();
        List<StatefulOperator> operators = stateful.operators();
        for (int operator = 0; operator < operators.size(); operator++) {
            OperatorLog changes = stateful.logs().get(operator);
            logChanges(operators.get(operator), changes.keys(), false, batch);
            logChanges(operators.get(operator), changes.rows(), true, batch);
            changes.clear();
        }
    }

    private void logClasses() throws IOException {
        int known = encoding.size();
        if (known > loggedClasses) {
            SavedClasses.write(encoding, loggedClasses, known, frame);
            log.append(LogFrame.CLASSES, frame);
            loggedClasses = known;
        }
    }

    private void logChanges(StatefulOperator operator, List<EntryLog> logs, boolean isRows, BatchPlan batch)
            throws IOException {
        int partitions = logs.size();
        for (int partition = 0; partition < partitions; partition++) {
            int at = partition;
            logs.get(partition).forEachChunk((buffer, offset, length) -> {
                LogFrame.State.begin(
                                frame,
                                operator.id().text(),
                                isRows ? LogFrame.ROWS : LogFrame.BY_KEY,
                                batch.timeMs(),
                                batch.timeMs() - batch.zeroMs(),
                                at,
                                partitions)
                        .putBytes(buffer, offset, length);
                log.append(LogFrame.STATE, frame);
                if (isRows) {
                    opened.snapshots().keepRows(frame, batch.timeMs());
                }
            });
        }
    }

    @Override
    public void awaitPlanned(BatchPlan batch) throws IOException {
        for (Plan plan : planned) {
            if (plan.plan().timeMs() == batch.timeMs()) {
                log.awaitDurable(plan.frame());
                return;
            }
        }
    }

    @Override
    public void staged(BatchPlan batch, Publication publication) throws IOException {
        unpublished.add(batch.timeMs(), publication);
        logStaged(batch.timeMs(), publication);
    }

    private void logStaged(long timeMs, Publication publication) throws IOException {
        log.append(LogFrame.STAGED, frame.begin().putLong(timeMs).putText(publication.describe()));
    }

    @Override
    public void ran(BatchPlan batch) throws Exception {
        ranMs = batch.timeMs();
        unsafeBatches++;
        boolean isBehind = unsafeBatches >= config.maxUncommittedBatches();
        if (isBehind || isCommitDue()) {
            commit();
        }
        if (isBehind && !log.isStalled()) {
            log.awaitAll();
        }
        settle();
        snapshot();
        watchSpace();
    }

    private boolean isCommitDue() {
        return ranMs > committedMs && clock.nanoTime() - commitDueNanos >= 0;
    }

    @Override
    public boolean endsAtFailedState() {
        return config.endsAtFailedState();
    }

    private void commit() throws IOException {
        opened.directory().requireOwner();
        if (counters.haveChanged()) {
            logCounters(ranMs);
        }
        log.append(LogFrame.COMMIT, frame.begin().putLong(ranMs));
        committedMs = ranMs;
        commits.add(new Commit(ranMs, log.appended()));
        while (!planned.isEmpty() && planned.peek().plan().timeMs() <= ranMs) {
            planned.poll();
        }
        commitDueNanos = clock.nanoTime() + config.commitNanos();
    }

    private void logCounters(long timeMs) throws IOException {
        counters.write(frame, timeMs);
        log.append(LogFrame.COUNTERS, frame);
    }

    /** Take note of what has become durable; how much there was. */
    private int settle() throws IOException {
        int work = log.endForce() ? 1 : 0;
        while (!commits.isEmpty() && commits.peek().frame() <= log.durable()) {
            safeMs = commits.poll().timeMs();
            unsafeBatches = 0;
            work++;
        }
        if (safeMs > toldMs) {
            toldMs = safeMs;
            sources.forEach(source -> source.input().committed(safeMs));
            unpublished.publish(safeMs, this::logPublished);
        }
        return work;
    }

    private void logPublished(long timeMs) throws IOException {
        log.append(LogFrame.PUBLISHED, frame.begin().putLong(timeMs));
    }

    private int snapshot() throws Exception {
        boolean isWanted = log.bytes() >= config.snapshotBytes()
                || space.isLow() && log.bytes() > opened.snapshots().fullBytes();
        if (isWanted && maySnapshot()) {
            if (ranMs > committedMs) {
                commit();
            }
            log.awaitAll();
            settle();
            snapshots.begin(this::beginSnapshot);
            return 1;
        }
        return snapshots.step(ranMs, safeMs);
    }

    private boolean maySnapshot() {
        return !log.isStalled()
                && grid != null
                && snapshots.mayBegin()
                && opened.snapshots().mayBegin(stateful, ranMs);
    }

    private SnapshotWriter beginSnapshot() throws Exception {
        opened.journal().forceToDisk(); // done already, unless the durability is that of the process
        Map<String, byte[]> saved = new TreeMap<>();
        sources.forEach(source -> saved.put(source.id(), source.ledger().save()));
        List<LogFrame.Planned> plans = planned.stream().map(Plan::plan).toList();
        Snapshots.Basis basis = new Snapshots.Basis(
                grid,
                committedMs,
                saved,
                opened.journal().durablePosition(),
                opened.received().starts(plans));
        SnapshotWriter begun = opened.snapshots().begin(stateful, ledger, basis);
        log.resetBytes();
        loggedClasses = 0;
        logClasses();
        for (LogFrame.Planned plan : plans) {
            plan.write(frame);
            log.append(LogFrame.PLAN, frame);
        }
        if (!counters.isEmpty()) {
            logCounters(committedMs);
        }
        unpublished.forEach(this::logStaged);
        return begun;
    }

    @Override
    public int idle() throws Exception {
        if (isOver) {
            return 0;
        }
        int work = settle();
        log.retry();
        if (isCommitDue() && !log.isStalled()) {
            commit();
            work++;
        }
        if (!commits.isEmpty()) {
            log.beginForce();
            work += settle();
        }
        work += snapshot();
        watchSpace();
        return work;
    }

    @Override
    public long idleNanos() {
        if (snapshots.isBusy()) {
            return 0;
        }
        long nanos = isResting() ? LogWriter.RETRY_NANOS : Long.MAX_VALUE;
        return ranMs > committedMs ? Math.min(nanos, commitDueNanos - clock.nanoTime()) : nanos;
    }

    @Override
    public void end(boolean isWhole) throws Exception {
        if (isOver) {
            return;
        }
        isOver = true;
        log.retryNow();
        if (isWhole && ranMs > committedMs) {
            commit();
        }
        log.awaitAll();
        settle();
        boolean isCommitted = changedMs <= committedMs; // what is remembered is what the last commit says
        if (isWhole && isCommitted && grid != null && opened.snapshots().mayBegin(stateful, committedMs)) {
            snapshots.takeNow(this::beginSnapshot);
        }
    }

    @Override
    public void close() {
        sources.forEach(source -> source.ledger().close());
        CloseHelper.quietCloseAll(snapshots, completions, forces, opened);
    }
}

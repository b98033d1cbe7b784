package io.millrace.engine.checkpoint;

import io.millrace.api.MillraceException;
import io.millrace.checkpoint.file.CheckpointDirectory;
import io.millrace.checkpoint.file.DirectoryPorts;
import io.millrace.checkpoint.file.FileStore;
import io.millrace.checkpoint.journal.Journal;
import io.millrace.checkpoint.journal.JournalConfig;
import io.millrace.checkpoint.journal.JournalPosition;
import io.millrace.checkpoint.snapshot.Manifest;
import io.millrace.checkpoint.snapshot.Manifests;
import io.millrace.engine.batch.BatchLog;
import io.millrace.engine.batch.StatefulOperators;
import io.millrace.engine.schedule.BatchPlan;
import io.millrace.engine.schedule.BlockRange;
import io.millrace.engine.schedule.ReceivedInput;
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
import java.util.TreeMap;
import org.agrona.CloseHelper;
import org.agrona.concurrent.NanoClock;

/**
 * A run's checkpoint. Before a batch is run its plan is certain; what it changes is appended when its operators have taken it in, and counts from
 * the next COMMIT on, which follows its outputs. Several batches share a COMMIT, and all that waits shares a force.
 *
 * <p>Cost: a force for the batches that wait together, and the bytes of what they change. Now and then all keyed state is written at once,
 * between two batches: some 50 ns a key.
 *
 * <p>Source: guide, "Checkpointing" and "Fault-tolerance Semantics"; the order PLAN, changes, COMMIT is that of a write-ahead log.
 */
public final class RunCheckpoint implements BatchLog {
    private final CheckpointDirectory directory;
    private final CheckpointConfig config;
    private final StatefulOperators stateful;
    private final List<CheckpointedSource> sources;
    private final List<String> sourceIds;
    private final ObjectEncoding encoding;
    private final MemoryLedger ledger;
    private final NanoClock clock;
    private final Snapshots snapshots;
    private final Manifest manifest;
    private final LogHistory history;
    private final Journal journal;
    private final FrameWriter frame = new FrameWriter();
    private final Map<Integer, ReceivedLog> logged = new TreeMap<>();
    private final Deque<LogFrame.Planned> planned = new ArrayDeque<>();
    private LogFrame.Planned grid;
    private long plannedMs;
    private long changedMs;
    private long ranMs;
    private long committedMs;
    private int loggedClasses;
    private long bytesSinceSnapshot;
    private long commitDueNanos;
    private boolean isCommitAppended;
    private boolean isOver;

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
            NanoClock clock,
            ReceivedBlocks blocks) {
        this.config = config;
        this.stateful = stateful;
        this.sources = List.copyOf(sources);
        this.sourceIds = sources.stream().map(CheckpointedSource::id).toList();
        this.encoding = encoding;
        this.ledger = ledger;
        this.clock = clock;
        CheckpointDirectory opened = null;
        Journal log = null;
        try {
            boolean isThere = store.exists(CheckpointDirectory.FORMAT);
            if (isThere && !mayRecover) {
                throw new MillraceException(
                        "the checkpoint directory '" + store.location() + "' holds the checkpoint of an"
                                + " earlier run; make the context by StreamingContext.getOrCreate(directory, factory) to go on with"
                                + " it, or give another directory");
            }
            opened = CheckpointDirectory.open(store, config.directory(), ports);
            Manifests manifests = new Manifests(opened);
            manifest = manifests.readNewest().orElse(null);
            history = new LogHistory(
                    manifest == null ? 0 : Long.parseLong(manifest.properties().get("committedMs")));
            log = Journal.open(
                    opened,
                    JournalConfig.batchLog(config.logSegmentBytes()),
                    manifest == null ? JournalPosition.BEGINNING : Snapshots.logStart(manifest),
                    history);
            snapshots = new Snapshots(opened, manifests, encoding);
            snapshots.resume(manifest);
            if (blocks != null) {
                openReceivedLogs(opened, blocks);
            }
        } catch (IOException | RuntimeException failed) {
            CloseHelper.quietCloseAll(logged.values());
            CloseHelper.quietCloseAll(log, opened);
            throw failed instanceof MillraceException told
                    ? told
                    : new MillraceException(
                            "failed to read the checkpoint in '" + store.location() + "': " + failed.getMessage(),
                            failed);
        }
        directory = opened;
        journal = log;
    }

    /**
     * Bring operators and sources to where the last run was committed. Once, before the sources are started.
     *
     * @return where the run goes on
     * @throws MillraceException if the program is no longer one that can go on with what was kept; names what differs
     */
    public Resumed restore() {
        try {
            Resumed resumed = isFresh() ? new Resumed(null, List.of()) : resume();
            stateful.keepLogs();
            commitDueNanos = clock.nanoTime() + config.commitNanos();
            return resumed;
        } catch (RuntimeException told) {
            throw told;
        } catch (Exception failed) {
            throw new MillraceException(
                    "failed to go on with the checkpoint in '"
                            + directory.store().location() + "': " + failed.getMessage(),
                    failed);
        }
    }

    private void openReceivedLogs(CheckpointDirectory opened, ReceivedBlocks blocks) throws IOException {
        for (int source = 0; source < sources.size(); source++) {
            if (sources.get(source).input() instanceof ReceivedInput received) {
                requireSameSource(source);
                String folder = JournalConfig.receivedLog(source, config.receivedSegmentBytes())
                        .folder();
                ReceivedLog kept = new ReceivedLog(
                        opened,
                        source,
                        config.receivedSegmentBytes(),
                        manifest == null ? JournalPosition.BEGINNING : manifest.journalStart(folder),
                        lastPlanned(source),
                        blocks,
                        clock);
                received.logTo(kept);
                logged.put(source, kept);
            }
        }
    }

    /** What is received is kept by the source's place among the sources. */
    private void requireSameSource(int source) {
        LogFrame.Planned before = history.last();
        String id = sources.get(source).id();
        if (before != null
                && source < before.inputs().size()
                && !before.inputs().get(source).source().equals(id)) {
            throw new MillraceException(
                    "the checkpoint has what '" + before.inputs().get(source).source()
                            + "' received as that of source " + source + ", which is now '" + id
                            + "'; define the sources in the order in which they were, new ones behind them");
        }
    }

    private long lastPlanned(int source) {
        long last = 0;
        byte[] saved = manifest == null
                ? null
                : Snapshots.source(manifest, sources.get(source).id());
        if (saved != null) {
            last = BlockRange.of(saved).last();
        }
        for (LogFrame.Planned plan : history.allPlans()) {
            for (LogFrame.Planned.Share share : plan.inputs()) {
                if (share.source().equals(sources.get(source).id()) && share.description() != null) {
                    last = Math.max(last, BlockRange.of(share.description()).last());
                }
            }
        }
        return last;
    }

    /** From where each received log is needed: the first block of a batch that is not committed, or the one behind all planned ones. */
    private Map<String, JournalPosition> receivedStarts() {
        Map<String, JournalPosition> starts = new TreeMap<>();
        logged.forEach((source, log) -> {
            long first = BlockRange.of(sources.get(source).ledger().save()).last() + 1;
            for (LogFrame.Planned plan : planned) {
                byte[] share = plan.inputs().size() > source
                        ? plan.inputs().get(source).description()
                        : null;
                first = share == null
                        ? first
                        : Math.min(first, BlockRange.of(share).first());
            }
            starts.put(log.folder(), log.startFor(first));
        });
        return starts;
    }

    /**
     * The sources of a run that begins anew have begun: what they found then is old to the runs that go on. Once, before the first batch is
     * planned, by the starting thread.
     */
    public void sourcesStarted() {
        if (!isFresh()) {
            return;
        }
        try {
            for (CheckpointedSource source : sources) {
                source.ledger().restore(source.input().save());
                source.ledger().prepare();
            }
            grid = new LogFrame.Planned(0, config.batchMs(), 0, List.of());
            snapshot();
        } catch (Exception failed) {
            throw new MillraceException(
                    "failed to begin the checkpoint in '" + directory.store().location() + "': " + failed.getMessage(),
                    failed);
        }
    }

    /** The grid of batches of the runs before; null if there was none. */
    private LogFrame.Planned grid() {
        if (history.last() != null || manifest == null || history.committedMs() == 0) {
            return history.last();
        }
        Map<String, String> said = manifest.properties();
        return new LogFrame.Planned(
                Long.parseLong(said.get("zeroMs")),
                Long.parseLong(said.get("batchMs")),
                Long.parseLong(said.get("committedMs")),
                List.of());
    }

    private boolean isFresh() {
        return manifest == null && history.last() == null;
    }

    private Resumed resume() throws Exception {
        grid = grid();
        if (grid == null) {
            new SourceRestore(sources, manifest, history).restore(); // it ended before its first batch
            return new Resumed(null, List.of());
        }
        if (grid.batchMs() != config.batchMs()) {
            throw new MillraceException(
                    "the checkpoint in '" + directory.store().location() + "' has batches every "
                            + grid.batchMs() + " ms, and the program every " + config.batchMs()
                            + " ms; give the interval that it had, or another directory");
        }
        committedMs = history.committedMs();
        ranMs = committedMs;
        plannedMs = Math.max(grid.timeMs(), committedMs);
        new StateRestore(stateful, encoding.classes(), committedMs)
                .restore(snapshots, history.changes(), grid.zeroMs());
        frame.begin();
        append(LogFrame.RESUME);
        List<BatchPlan> pending = new SourceRestore(sources, manifest, history).restore(); // last, since it takes memory
        history.pending().forEach(planned::add);
        return new Resumed(new ResumedGrid(grid.zeroMs(), plannedMs, config.missed()), pending);
    }

    private void append(int type) throws IOException {
        journal.append(type, LogFrame.VERSION, frame.buffer(), 0, frame.length());
        bytesSinceSnapshot += frame.length();
    }

    @Override
    public void plan(Iterable<BatchPlan> waiting) throws IOException {
        boolean isNew = false;
        for (BatchPlan batch : waiting) {
            if (batch.timeMs() > plannedMs) {
                plan(batch);
                isNew = true;
            }
        }
        if (isNew) {
            force();
        }
    }

    private void plan(BatchPlan batch) throws IOException {
        LogFrame.Planned plan = LogFrame.Planned.of(batch, config.batchMs(), sourceIds);
        plan.write(frame);
        append(LogFrame.PLAN);
        planned.add(plan);
        plannedMs = plan.timeMs();
        grid = plan;
        for (int source = 0; source < sources.size(); source++) {
            byte[] share = plan.inputs().get(source).description();
            if (share != null) {
                sources.get(source).ledger().skip(share);
            }
        }
    }

    private void force() throws IOException {
        journal.force();
        isCommitAppended = false;
    }

    @Override
    public void changed(BatchPlan batch) throws Exception {
        changedMs = batch.timeMs();
        logClasses();
        List<StatefulOperator> operators = stateful.operators();
        for (int operator = 0; operator < operators.size(); operator++) {
            logChanges(operators.get(operator), stateful.logs().get(operator), batch);
        }
    }

    private void logClasses() throws IOException {
        int known = encoding.size();
        if (known > loggedClasses) {
            SavedClasses.write(encoding, loggedClasses, known, frame);
            append(LogFrame.CLASSES);
            loggedClasses = known;
        }
    }

    private void logChanges(StatefulOperator operator, OperatorLog log, BatchPlan batch) throws IOException {
        logChanges(operator, log.keys(), false, batch);
        logChanges(operator, log.rows(), true, batch);
        log.clear();
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
                append(LogFrame.STATE);
                if (isRows) {
                    snapshots.keepRows(frame, batch.timeMs());
                }
            });
        }
    }

    @Override
    public void ran(BatchPlan batch) throws Exception {
        ranMs = batch.timeMs();
        if (clock.nanoTime() - commitDueNanos >= 0) {
            commit();
            if (bytesSinceSnapshot >= config.snapshotBytes()) {
                force();
                snapshot();
            }
        }
    }

    @Override
    public boolean endsAtFailedState() {
        return config.endsAtFailedState();
    }

    private void commit() throws IOException {
        directory.requireOwner();
        frame.begin().putLong(ranMs);
        append(LogFrame.COMMIT);
        committedMs = ranMs;
        isCommitAppended = true;
        while (!planned.isEmpty() && planned.peek().timeMs() <= ranMs) {
            planned.poll();
        }
        commitDueNanos = clock.nanoTime() + config.commitNanos();
    }

    private void snapshot() throws Exception {
        Map<String, byte[]> saved = new TreeMap<>();
        sources.forEach(source -> saved.put(source.id(), source.ledger().save()));
        bytesSinceSnapshot = 0;
        snapshots.take(stateful, ledger, grid, committedMs, saved, receivedStarts(), journal, () -> {
            loggedClasses = 0;
            logClasses();
            for (LogFrame.Planned plan : planned) {
                plan.write(frame);
                append(LogFrame.PLAN);
            }
        });
        for (ReceivedLog log : logged.values()) {
            log.mayDeleteBefore(snapshots.firstNeeded(log.folder()));
        }
        journal.prepareNext();
    }

    @Override
    public int idle() throws Exception {
        if (isOver) {
            return 0;
        }
        if (ranMs > committedMs && clock.nanoTime() - commitDueNanos >= 0) {
            commit();
        }
        if (!isCommitAppended) {
            return 0;
        }
        force();
        return 1;
    }

    @Override
    public void end(boolean isWhole) throws Exception {
        if (isOver) {
            return;
        }
        isOver = true;
        if (isWhole && ranMs > committedMs) {
            commit();
        }
        force();
        boolean isCommitted = changedMs <= committedMs; // what is remembered is what the last commit says
        if (isWhole && isCommitted && grid != null) {
            snapshot();
        }
    }

    @Override
    public void close() {
        sources.forEach(source -> source.ledger().close());
        CloseHelper.quietCloseAll(logged.values());
        CloseHelper.quietCloseAll(snapshots, journal, directory);
    }
}

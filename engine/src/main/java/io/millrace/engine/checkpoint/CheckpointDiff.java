package io.millrace.engine.checkpoint;

import io.millrace.api.CheckpointComparison;
import io.millrace.api.CheckpointComparison.Outcome;
import io.millrace.api.CheckpointComparison.Part;
import io.millrace.checkpoint.file.CheckpointDirectory;
import io.millrace.checkpoint.file.CheckpointException;
import io.millrace.checkpoint.file.FileId;
import io.millrace.checkpoint.file.FileStore;
import io.millrace.checkpoint.journal.JournalConfig;
import io.millrace.checkpoint.journal.JournalPosition;
import io.millrace.checkpoint.journal.JournalReader;
import io.millrace.checkpoint.snapshot.Manifest;
import io.millrace.checkpoint.snapshot.Manifests;
import io.millrace.engine.state.StatefulOperator;
import io.millrace.offheap.codec.RecordClasses;
import io.millrace.offheap.state.EntryReader;
import io.millrace.spi.StateChanges;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Compares a program with a checkpoint: what a start would do with each part, found by reading all of it as a start would. Takes no lock
 * and changes nothing.
 */
public final class CheckpointDiff {
    private static final int ATTEMPTS = 3;

    private final Program program;
    private final FileStore store;
    private final StateBinding binding;
    private final Map<String, Found> found = new TreeMap<>();
    private final List<Part> parts = new ArrayList<>();
    private Manifest manifest;
    private LogHistory history;

    /**
     * What a start would bring along.
     *
     * @param sources their ids, by stream id
     * @param logged the stream ids of those whose blocks are kept
     */
    public record Program(
            long batchMs,
            Collection<StatefulOperator> operators,
            List<String> sources,
            Set<Integer> logged,
            RecordClasses classes,
            StateChanges changes) {}

    /** What was read of one operator's state. */
    private static final class Found {
        private long entries;
        private long bytes;
        private String refusal = "";
    }

    private CheckpointDiff(Program program, FileStore store) {
        this.program = program;
        this.store = store;
        this.binding = new StateBinding(program.operators(), program.changes());
    }

    /** Compare. A directory in use is read again if its owner was just taking old files away. */
    public static CheckpointComparison compare(Program program, FileStore store) {
        for (int attempt = 1; ; attempt++) {
            CheckpointDiff diff = new CheckpointDiff(program, store);
            try {
                diff.compare();
                return new CheckpointComparison(store.location(), diff.parts);
            } catch (CheckpointException unreadable) {
                if (attempt == ATTEMPTS) {
                    return refused(store, unreadable);
                }
            } catch (Exception unreadable) {
                return refused(store, unreadable);
            }
        }
    }

    private static CheckpointComparison refused(FileStore store, Exception why) {
        return new CheckpointComparison(
                store.location(),
                List.of(new Part(
                        "checkpoint", store.location(), Outcome.REFUSED, 0, 0, String.valueOf(why.getMessage()))));
    }

    private void compare() throws Exception {
        if (store.exists(CheckpointDirectory.FORMAT)) {
            FileId id = CheckpointDirectory.readFormat(store);
            manifest = Manifests.look(store, id, new ArrayList<>()).stream()
                    .findFirst()
                    .orElse(null);
            history = new LogHistory(manifest == null ? 0 : Snapshots.committedMs(manifest));
            JournalReader.read(
                    store,
                    id,
                    JournalConfig.batchLog(JournalConfig.BATCH_SEGMENT_BYTES),
                    manifest == null ? JournalPosition.BEGINNING : Snapshots.logStart(manifest),
                    history);
            if (manifest != null) {
                Snapshots.look(store, id, manifest, this::take);
            }
            history.changes().forEach(this::take);
        } else {
            history = new LogHistory(0);
        }
        addBatches();
        addOperators();
        addSources();
    }

    private void take(LogHistory.Change change) {
        LogFrame.State state = change.state();
        StatefulOperator operator = binding.operator(state.operator());
        Found of = found.computeIfAbsent(state.operator(), id -> new Found());
        if (operator == null || !of.refusal.isEmpty()) {
            return;
        }
        try {
            StateBinding.requireKind(operator, state);
            if (state.kind() == LogFrame.BY_KEY || state.timeMs() > history.committedMs() - operator.logLengthMs()) {
                read(change, of);
            }
        } catch (RuntimeException refused) {
            of.refusal = StateBinding.refusal(state.operator(), refused).getMessage();
        }
    }

    private void read(LogHistory.Change change, Found of) {
        byte[] bytes = change.state().entries();
        EntryReader entries = change.classes()
                .reader(program.classes(), binding.migration(change.state().operator()));
        entries.wrap(new UnsafeBuffer(bytes), 0, bytes.length);
        while (entries.next()) {
            entries.key();
            entries.value();
        }
        of.entries += entries.entries();
        of.bytes += bytes.length;
    }

    private void addBatches() {
        long before = 0;
        if (history.last() != null) {
            before = history.last().batchMs();
        } else if (manifest != null && history.committedMs() > 0) {
            before = Long.parseLong(manifest.properties().get("batchMs"));
        }
        boolean isOther = before > 0 && before != program.batchMs();
        parts.add(new Part(
                "batches",
                "every " + program.batchMs() + " ms",
                isOther ? Outcome.REFUSED : before > 0 ? Outcome.CONTINUES : Outcome.STARTS_EMPTY,
                0,
                0,
                isOther ? "the checkpoint has batches every " + before + " ms; give the interval that it had" : ""));
    }

    private void addOperators() {
        Set<String> ids = new TreeSet<>(binding.operators());
        ids.addAll(found.keySet());
        ids.addAll(binding.droppedInVain());
        ids.forEach(id -> parts.add(operator(id, found.get(id))));
    }

    private Part operator(String id, Found of) {
        if (of == null && binding.isDropped(id)) {
            return new Part("operator", id, Outcome.DROPPED, 0, 0, "the checkpoint has no state of such an operator");
        }
        if (of == null) {
            return new Part("operator", id, Outcome.STARTS_EMPTY, 0, 0, "");
        }
        if (binding.isDropped(id)) {
            return new Part("operator", id, Outcome.DROPPED, 0, 0, "");
        }
        if (binding.orphans().contains(id)) {
            return new Part(
                    "operator",
                    id,
                    Outcome.REFUSED,
                    0,
                    0,
                    binding.refusalOf(Set.of(id)).getMessage());
        }
        MigratedValues migration = binding.migration(id);
        boolean isMigrated = migration != null && migration.count() > 0;
        Outcome outcome = isMigrated ? Outcome.MIGRATED : Outcome.CONTINUES;
        return new Part(
                "operator",
                id,
                of.refusal.isEmpty() ? outcome : Outcome.REFUSED,
                of.entries,
                of.bytes,
                of.refusal.isEmpty() && isMigrated ? migration.count() + " values are changed" : of.refusal);
    }

    private void addSources() {
        Set<String> saved = manifest == null ? new TreeSet<>() : Snapshots.sources(manifest);
        Set<String> needed = new TreeSet<>();
        for (LogFrame.Planned plan : history.allPlans()) {
            plan.inputs().forEach(share -> saved.add(share.source()));
        }
        for (LogFrame.Planned plan : history.pending()) {
            plan.inputs().stream()
                    .filter(share -> share.description() != null)
                    .forEach(share -> needed.add(share.source()));
        }
        for (int source = 0; source < program.sources().size(); source++) {
            String id = program.sources().get(source);
            String refusal = placeOf(source);
            Outcome outcome = saved.contains(id) ? Outcome.CONTINUES : Outcome.STARTS_EMPTY;
            parts.add(new Part("source", id, refusal.isEmpty() ? outcome : Outcome.REFUSED, 0, 0, refusal));
        }
        for (String id : saved) {
            if (!program.sources().contains(id)) {
                parts.add(new Part(
                        "source",
                        id,
                        needed.contains(id) ? Outcome.REFUSED : Outcome.DROPPED,
                        0,
                        0,
                        needed.contains(id)
                                ? "a batch was planned with its input and not run to its end; start once with it, and stop"
                                        + " gracefully before it is taken out"
                                : "the program has no such source"));
            }
        }
    }

    /** What is received is kept by the source's place among the sources. */
    private String placeOf(int source) {
        LogFrame.Planned before = history.last();
        if (before == null
                || !program.logged().contains(source)
                || source >= before.inputs().size()
                || before.inputs().get(source).source().equals(program.sources().get(source))) {
            return "";
        }
        return "source " + source + " was '" + before.inputs().get(source).source()
                + "', and what is received is kept by place; define the sources in the order in which they were, new ones behind them";
    }
}

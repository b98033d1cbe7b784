package io.millrace.engine.checkpoint;

import io.millrace.engine.batch.StatefulOperators;
import io.millrace.engine.state.BatchTime;
import io.millrace.engine.state.LoggedState;
import io.millrace.engine.state.StatefulOperator;
import io.millrace.offheap.codec.RecordClasses;
import io.millrace.offheap.state.EntryReader;
import io.millrace.spi.StateChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Gives operators back what they remembered, by their ids. Owner: the starting thread. */
final class StateRestore {
    private static final System.Logger LOG = System.getLogger(StateRestore.class.getName());

    private final StatefulOperators stateful;
    private final RecordClasses classes;
    private final long committedMs;
    private final StateBinding binding;
    private final RestoreProgress progress;
    private final List<LogHistory.Change> batch = new ArrayList<>();
    private String last;

    StateRestore(
            StatefulOperators stateful,
            RecordClasses classes,
            long committedMs,
            StateChanges changes,
            RestoreProgress progress) {
        this.stateful = stateful;
        this.classes = classes;
        this.committedMs = committedMs;
        this.binding = new StateBinding(stateful.operators(), changes);
        this.progress = progress;
    }

    void restore(Snapshots snapshots, List<LogHistory.Change> changes, long zeroMs) throws Exception {
        progress.begin(snapshots.bytes()
                + changes.stream()
                        .mapToLong(change -> change.state().entries().length)
                        .sum());
        snapshots.read(this::take);
        for (LogHistory.Change change : changes) {
            take(change);
        }
        giveBatch();
        snapshots.keepAgain(changes.stream().filter(this::isInWindow).toList());
        Set<String> orphans = binding.orphans();
        if (!orphans.isEmpty()) {
            throw binding.refusalOf(orphans);
        }
        progress.end(last);
        tellOfDropped();
        if (committedMs > 0) {
            stateful.restored(new BatchTime(zeroMs, committedMs));
        }
    }

    private void tellOfDropped() {
        Set<String> inVain = binding.droppedInVain();
        if (!inVain.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "dropState names {0}, and the checkpoint has no state of such operators; take the calls out, or correct the names",
                    inVain);
        }
    }

    /** What one batch has changed of one operator belongs together; what is by key can be given piece by piece. */
    private void take(LogHistory.Change change) throws Exception {
        LogFrame.State state = change.state();
        StatefulOperator operator = binding.operator(state.operator());
        if (operator == null) {
            return;
        }
        StateBinding.requireKind(operator, state);
        if (state.kind() == LogFrame.ROWS && !isInWindow(change)) {
            return;
        }
        if (!batch.isEmpty() && !isOfOneBatch(batch.get(0).state(), state)) {
            giveBatch();
        }
        batch.add(change);
    }

    /** Whether it is rows that a window still has. */
    private boolean isInWindow(LogHistory.Change change) {
        StatefulOperator operator = binding.operator(change.state().operator());
        return operator != null
                && change.state().kind() == LogFrame.ROWS
                && change.state().timeMs() > committedMs - operator.logLengthMs();
    }

    private static boolean isOfOneBatch(LogFrame.State one, LogFrame.State other) {
        return one.kind() == LogFrame.ROWS && one.operator().equals(other.operator()) && one.timeMs() == other.timeMs();
    }

    private void giveBatch() throws Exception {
        if (batch.isEmpty()) {
            return;
        }
        LogFrame.State first = batch.get(0).state();
        List<LoggedState.Part> parts = new ArrayList<>();
        long bytes = 0;
        for (LogHistory.Change change : batch) {
            LogFrame.State state = change.state();
            parts.add(new LoggedState.Part(state.partition(), state.partitions(), state.entries()));
            bytes += state.entries().length;
        }
        EntryReader entries =
                batch.get(batch.size() - 1).classes().reader(classes, binding.migration(first.operator()));
        LoggedState logged = new LoggedState(first.kind() == LogFrame.ROWS, first.timeMs(), first.sinceZeroMs(), parts);
        try {
            stateful.restore(binding.operator(first.operator()), logged, entries);
        } catch (RuntimeException failed) {
            throw StateBinding.refusal(first.operator(), failed);
        }
        last = first.operator();
        progress.read(last, bytes, entries.entries());
        batch.clear();
    }
}

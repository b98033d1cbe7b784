package io.millrace.engine.checkpoint;

import io.millrace.api.MillraceException;
import io.millrace.engine.batch.StatefulOperators;
import io.millrace.engine.state.BatchTime;
import io.millrace.engine.state.LoggedState;
import io.millrace.engine.state.StatefulOperator;
import io.millrace.offheap.codec.RecordClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Gives operators back what they remembered, by their ids. Owner: the starting thread. */
final class StateRestore {
    private final StatefulOperators stateful;
    private final RecordClasses classes;
    private final long committedMs;
    private final Map<String, StatefulOperator> operators = new TreeMap<>();
    private final Set<String> unknown = new TreeSet<>();
    private final List<LogHistory.Change> batch = new ArrayList<>();

    StateRestore(StatefulOperators stateful, RecordClasses classes, long committedMs) {
        this.stateful = stateful;
        this.classes = classes;
        this.committedMs = committedMs;
        stateful.operators().forEach(operator -> operators.put(operator.id().text(), operator));
    }

    void restore(Snapshots snapshots, List<LogHistory.Change> changes, long zeroMs) throws Exception {
        snapshots.read(this::take);
        for (LogHistory.Change change : changes) {
            take(change);
        }
        giveBatch();
        snapshots.keepAgain(changes.stream().filter(this::isInWindow).toList());
        if (!unknown.isEmpty()) {
            throw new MillraceException(
                    "MR-1401: the checkpoint has the state of " + unknown + ", and the program has no such"
                            + " operators, but " + operators.keySet()
                            + "; give operators the names they had (stream.named(...)), or"
                            + " use another directory");
        }
        if (committedMs > 0) {
            stateful.restored(new BatchTime(zeroMs, committedMs));
        }
    }

    /** What one batch has changed of one operator belongs together; what is by key can be given piece by piece. */
    private void take(LogHistory.Change change) throws Exception {
        LogFrame.State state = change.state();
        StatefulOperator operator = operators.get(state.operator());
        if (operator == null) {
            unknown.add(state.operator());
            return;
        }
        boolean isRows = state.kind() == LogFrame.ROWS;
        if (isRows ? operator.logLengthMs() == 0 : !operator.keepsKeys()) {
            throw new MillraceException(
                    "MR-1402: the checkpoint has " + (isRows ? "the rows of a window" : "a state for each key")
                            + " of '" + state.operator()
                            + "', and the program has an operator of that name that keeps none; give the"
                            + " operator another name, or use another directory");
        }
        if (isRows && !isInWindow(change)) {
            return;
        }
        if (!batch.isEmpty() && !isOfOneBatch(batch.get(0).state(), state)) {
            giveBatch();
        }
        batch.add(change);
    }

    /** Whether it is rows that a window still has. */
    private boolean isInWindow(LogHistory.Change change) {
        StatefulOperator operator = operators.get(change.state().operator());
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
        LogHistory.Change first = batch.get(0);
        List<LoggedState.Part> parts = batch.stream()
                .map(change -> new LoggedState.Part(
                        change.state().partition(),
                        change.state().partitions(),
                        change.state().entries()))
                .toList();
        LoggedState logged = new LoggedState(
                first.state().kind() == LogFrame.ROWS,
                first.state().timeMs(),
                first.state().sinceZeroMs(),
                parts);
        stateful.restore(
                operators.get(first.state().operator()),
                logged,
                batch.get(batch.size() - 1).classes().reader(classes));
        batch.clear();
    }
}

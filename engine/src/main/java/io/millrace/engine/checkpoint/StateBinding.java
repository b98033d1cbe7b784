package io.millrace.engine.checkpoint;

import io.millrace.api.MillraceException;
import io.millrace.engine.state.ChangedValueException;
import io.millrace.engine.state.StatefulOperator;
import io.millrace.offheap.codec.ChangedClassException;
import io.millrace.offheap.codec.UnreadableRecordException;
import io.millrace.offheap.codec.UnregisteredClassException;
import io.millrace.spi.StateChanges;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which of a program's operators has which state of a checkpoint, by their ids, and what is refused. Owner: one thread. */
final class StateBinding {
    private final Map<String, StatefulOperator> operators = new TreeMap<>();
    private final StateChanges changes;
    private final Map<String, MigratedValues> migrations = new TreeMap<>();
    private final Set<String> met = new TreeSet<>();

    StateBinding(Collection<StatefulOperator> operators, StateChanges changes) {
        operators.forEach(operator -> this.operators.put(operator.id().text(), operator));
        this.changes = changes;
        changes.migrations()
                .forEach(migration -> migrations.computeIfAbsent(
                        migration.operator(), operator -> new MigratedValues(changes.of(operator))));
    }

    /** The operator of a state; null if the program has none of that id. */
    StatefulOperator operator(String id) {
        met.add(id);
        return operators.get(id);
    }

    Set<String> operators() {
        return operators.keySet();
    }

    /** Whether the program leaves the state of an operator behind. */
    boolean isDropped(String id) {
        return changes.dropped().contains(id);
    }

    /** What becomes of an operator's values; null if they stay. */
    MigratedValues migration(String id) {
        return migrations.get(id);
    }

    /** Of the operators whose state was met, those that the program neither has nor drops. */
    Set<String> orphans() {
        Set<String> orphans = new TreeSet<>(met);
        orphans.removeAll(operators.keySet());
        orphans.removeAll(changes.dropped());
        return orphans;
    }

    /** Ids that are to be dropped, of which nothing was met. */
    Set<String> droppedInVain() {
        Set<String> inVain = new TreeSet<>(changes.dropped());
        inVain.removeAll(met);
        return inVain;
    }

    MillraceException refusalOf(Set<String> orphans) {
        StringBuilder calls = new StringBuilder();
        orphans.forEach(id -> calls.append(calls.isEmpty() ? "" : ", ")
                .append("context.dropState(\"")
                .append(id)
                .append("\")"));
        return new MillraceException("MR-1401: the checkpoint has the state of " + orphans
                + ", and the program has no such operators, but " + operators()
                + "; give operators the names they had (stream.named(...)), leave their state behind by " + calls
                + " or millrace.checkpoint.dropState=" + String.join(",", orphans) + ", or use another directory");
    }

    /** @throws MillraceException if the operator keeps no such state */
    static void requireKind(StatefulOperator operator, LogFrame.State state) {
        boolean isRows = state.kind() == LogFrame.ROWS;
        if (isRows ? operator.logLengthMs() == 0 : !operator.keepsKeys()) {
            throw new MillraceException("MR-1402: the checkpoint has "
                    + (isRows ? "the rows of a window" : "a state for each key")
                    + " of '" + state.operator()
                    + "', and the program has an operator of that name that keeps none; give the"
                    + " operator another name and leave the state behind by context.dropState(\"" + state.operator()
                    + "\"), or use another directory");
        }
    }

    /** Why an operator's state cannot be read, and the way out; other failures as they are. */
    static RuntimeException refusal(String operator, RuntimeException failed) {
        String wayOut;
        if (failed instanceof ChangedClassException changed) {
            wayOut = ", and context.migrateState(\"" + operator
                    + "\", TheOldOne.class, old -> …) makes values of the present " + changed.className()
                    + " of it; keys cannot be changed";
        } else if (failed instanceof ChangedValueException changed) {
            wayOut = "; context.migrateState(\"" + operator + "\", " + changed.found()
                    + ".class, old -> …) makes values of the present type of them";
        } else if (failed instanceof UnregisteredClassException unregistered) {
            wayOut = "; if it was renamed, conf.registerFormerName(\"" + unregistered.className()
                    + "\", ItsNewName.class) says so";
        } else if (failed instanceof UnreadableRecordException) {
            wayOut = "";
        } else {
            return failed;
        }
        return new MillraceException(
                "MR-1402: the state of '" + operator + "' cannot be read: " + failed.getMessage() + wayOut
                        + "; or give the operator another name, and leave the state behind by context.dropState(\""
                        + operator
                        + "\")",
                failed);
    }
}

package io.millrace.spi;

import io.millrace.api.DurableCounter;
import java.util.Map;
import java.util.Objects;

/**
 * Where a run keeps what it has done and what it remembers.
 *
 * @param directory a path; made if it is not there
 * @param mayRecover whether the run may go on with what an earlier run has left there; else such a directory is refused
 * @param mayStartAfresh whether a directory that cannot be read is moved aside and the run begins as if there had been none
 * @param changes what is to be done with what the earlier run remembered
 * @param counters by name, whose values are kept
 */
public record CheckpointSpec(
        String directory,
        boolean mayRecover,
        boolean mayStartAfresh,
        StateChanges changes,
        Map<String, DurableCounter> counters) {
    /** A program that has not changed. */
    public CheckpointSpec(String directory, boolean mayRecover, boolean mayStartAfresh) {
        this(directory, mayRecover, mayStartAfresh, StateChanges.NONE, Map.of());
    }

    /** The directory has to be said. */
    public CheckpointSpec {
        Objects.requireNonNull(directory, "checkpoint directory");
        Objects.requireNonNull(changes, "changes of state");
    }
}

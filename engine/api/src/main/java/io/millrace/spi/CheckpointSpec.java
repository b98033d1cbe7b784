package io.millrace.spi;

import java.util.Objects;

/**
 * Where a run keeps what it has done and what it remembers.
 *
 * @param directory a path; made if it is not there
 * @param mayRecover whether the run may go on with what an earlier run has left there; else such a directory is refused
 * @param mayStartAfresh whether a directory that cannot be read is moved aside and the run begins as if there had been none
 */
public record CheckpointSpec(String directory, boolean mayRecover, boolean mayStartAfresh) {
    /** The directory has to be said. */
    public CheckpointSpec {
        Objects.requireNonNull(directory, "checkpoint directory");
    }
}

package io.millrace.engine.physical;

import java.util.List;

/** Operators that run without an exchange. Several branches come of unions; their partitions follow one another. */
public record Stage(List<Branch> branches) {
    /** Takes a copy of the list. */
    public Stage {
        branches = List.copyOf(branches);
    }
}

package io.millrace.plan;

import io.millrace.api.function.Function2;

/** How many values become one. The engine keeps one partial result per key and worker, and merges partials later. */
public sealed interface Aggregator {
    /** Merge two values into one of the same type; the first value of a key is taken as it is. */
    record Reduce(Function2<?, ?, ?> merge) implements Aggregator {}

    /** Count the rows. The result is a {@code Long}. */
    record Count() implements Aggregator {}
}

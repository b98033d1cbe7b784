package io.millrace.plan;

import io.millrace.api.function.Function;
import io.millrace.api.function.Function2;

/** How many values become one. The engine keeps one partial result per key and worker, and merges partials later. */
public sealed interface Aggregator {
    /** Merge two values into one of the same type; the first value of a key is taken as it is. */
    record Reduce(Function2<?, ?, ?> merge) implements Aggregator {}

    /** Count the rows. The result is a {@code Long}. */
    record Count() implements Aggregator {}

    /**
     * Make a combiner of a key's first value, merge further values into it, and merge combiners that were made apart. A
     * combiner belongs to the engine from then on: functions may change and return it.
     */
    record Combine(Function<?, ?> create, Function2<?, ?, ?> mergeValue, Function2<?, ?, ?> mergeCombiners)
            implements Aggregator {}

    /** All values of a key, as an {@code Iterable}, in the order of partitions and of rows inside them. */
    record Group() implements Aggregator {}
}

package io.millrace.engine.physical;

import io.millrace.api.Partitioner;
import io.millrace.plan.Aggregator;

/** How rows change partitions between two stages. */
public sealed interface Redistribution {
    /** How many partitions the result has. */
    int partitions();

    /** The program's partitioner that says where a row goes; null if none does. */
    default Partitioner partitioner() {
        return null;
    }

    /**
     * One row per key, folded by the workers and then by the owner of each partition.
     *
     * @param by {@code Reduce} or {@code Combine}
     * @param partitioner the program's; null for a hash of our own
     */
    record FoldByKey(Aggregator by, int partitions, Partitioner partitioner) implements Redistribution {}

    /**
     * The whole batch to one row.
     *
     * @param by {@code Reduce} or {@code Count}
     */
    record FoldAll(Aggregator by) implements Redistribution {
        @Override
        public int partitions() {
            return 1;
        }
    }

    /**
     * All pairs, to the partitions of their keys.
     *
     * @param partitioner the program's; null for a hash of our own
     */
    record ShuffleByKey(int partitions, Partitioner partitioner) implements Redistribution {}

    /** All rows, dealt out in turn. */
    record DealOut(int partitions) implements Redistribution {}
}

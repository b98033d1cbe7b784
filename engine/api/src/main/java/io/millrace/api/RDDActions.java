package io.millrace.api;

import io.millrace.api.function.VoidFunction;
import java.util.Iterator;
import java.util.List;

/**
 * What one can ask of a dataset. Every action computes the partitions it needs, on the core workers where there is more
 * than a little work; order is partition by partition, then order inside the partition.
 *
 * <p>A dataset of a batch lives as long as its batch: actions after the batch's outputs are done throw
 * {@link ReleasedBatchException}. A function that throws ends the action with {@link UserFunctionException}.
 *
 * @param <T> record type
 */
public interface RDDActions<T> {
    /** All records. Costs memory for all of them. */
    List<T> collect();

    /** The first {@code count} records, computing no more partitions than needed. */
    List<T> take(int count);

    /**
     * The first record.
     *
     * @throws UnsupportedOperationException if there is none
     */
    T first();

    /** How many records there are; makes no objects of them. */
    long count();

    /** Whether there is no record. Known at once for a batch that received nothing. */
    boolean isEmpty();

    /** Call the body for each record, on the thread that computes its partition. */
    void foreach(VoidFunction<T> body);

    /** Call the body once per partition, empty ones included, on the thread that computes it. */
    void foreachPartition(VoidFunction<Iterator<T>> body);
}

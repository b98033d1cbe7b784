package io.millrace.api;

import io.millrace.api.function.Function;
import io.millrace.plan.OperatorId;

/**
 * A discretized stream: every batch interval, one immutable dataset of records (guide, "Discretized Streams").
 *
 * @param <T> record type
 */
public class DStream<T> extends DStreamLike<T, DStream<T>, RDD<T>> {
    DStream(StreamingContext context, OperatorId id) {
        super(context, id);
    }

    @Override
    final DStream<T> self() {
        return this;
    }

    @Override
    final boolean isPairs() {
        return false;
    }

    /** The records for which the function answers true; a null answer fails the batch. */
    public final DStream<T> filter(Function<T, Boolean> function) {
        return new DStream<>(context(), rowFilter(function));
    }

    /**
     * The records of both streams, this one's partitions first.
     *
     * @throws IllegalArgumentException if the other stream has another context
     */
    public final DStream<T> union(DStream<T> other) {
        return new DStream<>(context(), unionWith(other));
    }

    /** The same records in so many partitions, dealt out in turn; costs a copy of every record. */
    public final DStream<T> repartition(int partitions) {
        return new DStream<>(context(), repartitioned(partitions));
    }

    /** The records of the last {@code window}, in each batch; oldest first. */
    public final DStream<T> window(Duration window) {
        return window(window, slideDuration());
    }

    /**
     * The records of the last {@code window}, every {@code slide}; oldest first. The first windows are shorter. The rows are kept
     * in the lanes in which they come, once for each batch.
     *
     * @throws IllegalArgumentException if one of them is no multiple of {@link #slideDuration}
     */
    public final DStream<T> window(Duration window, Duration slide) {
        return new DStream<>(context(), windowed("window", window, slide));
    }
}

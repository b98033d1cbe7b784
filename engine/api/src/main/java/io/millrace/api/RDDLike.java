package io.millrace.api;

/**
 * What {@code transform} may return: a dataset that knows which kind of stream it belongs to, so that one
 * {@code transform} serves plain and keyed results.
 *
 * @param <S> the stream of such datasets: {@code DStream<T>} or {@code PairDStream<K, V>}
 */
public interface RDDLike<S> {
    /** The context this dataset belongs to. */
    MillraceContext context();

    /** The same as {@link #context()}, under the name that Spark programs use. */
    default MillraceContext sparkContext() {
        return context();
    }

    /** How many partitions it has; 0 is possible. */
    int getNumPartitions();
}

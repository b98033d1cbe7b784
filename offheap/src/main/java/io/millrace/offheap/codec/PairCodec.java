package io.millrace.offheap.codec;

/** What a pair is in the module above, which this one does not know: how to take it apart and put it together. Immutable. */
public interface PairCodec {
    /**
     * The class of pairs.
     *
     * @return a final class
     */
    Class<?> type();

    /**
     * The first part.
     *
     * @param pair of {@link #type}
     * @return anything, or null
     */
    Object key(Object pair);

    /**
     * The second part.
     *
     * @param pair of {@link #type}
     * @return anything, or null
     */
    Object value(Object pair);

    /**
     * A new pair.
     *
     * @param key its first part
     * @param value its second part
     * @return of {@link #type}
     */
    Object pair(Object key, Object value);
}

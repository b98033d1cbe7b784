package io.millrace.api.function;

import io.millrace.api.Tuple2;
import java.io.Serializable;
import java.util.Iterator;

/** One record in, any number of pairs of key and value out. */
@FunctionalInterface
public interface PairFlatMapFunction<T, K, V> extends Serializable {

    /** Returns the pairs that {@code value} becomes; the iterator is read once. */
    Iterator<Tuple2<K, V>> call(T value) throws Exception;
}

package io.millrace.api.function;

import io.millrace.api.Tuple2;
import java.io.Serializable;

/** One record in, one key and value out. */
@FunctionalInterface
public interface PairFunction<T, K, V> extends Serializable {

    /** Returns the pair that {@code value} becomes, never null. */
    Tuple2<K, V> call(T value) throws Exception;
}

package io.millrace.api.function;

import java.io.Serializable;
import java.util.Iterator;

/** One record in, any number of records out. */
@FunctionalInterface
public interface FlatMapFunction<T, R> extends Serializable {

    /** Returns the records that {@code value} becomes; the iterator is read once, at once, and may be lazy. */
    Iterator<R> call(T value) throws Exception;
}

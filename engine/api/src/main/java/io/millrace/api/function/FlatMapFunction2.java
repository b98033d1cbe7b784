package io.millrace.api.function;

import java.io.Serializable;
import java.util.Iterator;

/** Two values in, any number of records out. */
@FunctionalInterface
public interface FlatMapFunction2<T1, T2, R> extends Serializable {

    /** Returns the records that the two values become; the iterator is read once. */
    Iterator<R> call(T1 first, T2 second) throws Exception;
}

package io.millrace.api.function;

import java.io.Serializable;
import java.util.Iterator;

/** One record in, any number of doubles out. */
@FunctionalInterface
public interface DoubleFlatMapFunction<T> extends Serializable {

    /** Returns the numbers that {@code value} becomes; the iterator is read once. */
    Iterator<Double> call(T value) throws Exception;
}

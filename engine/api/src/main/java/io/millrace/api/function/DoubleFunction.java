package io.millrace.api.function;

import java.io.Serializable;

/** One record in, one double out. */
@FunctionalInterface
public interface DoubleFunction<T> extends Serializable {

    /** Returns the number that {@code value} becomes. */
    double call(T value) throws Exception;
}

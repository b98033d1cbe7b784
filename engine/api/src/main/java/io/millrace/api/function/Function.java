package io.millrace.api.function;

import java.io.Serializable;

/** One record in, one value out. */
@FunctionalInterface
public interface Function<T, R> extends Serializable {

    /** Returns the value that {@code value} becomes; null is a value like any other. */
    R call(T value) throws Exception;
}

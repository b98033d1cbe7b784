package io.millrace.api.function;

import java.io.Serializable;

/** Two values in, one out. As a reducer it has to be associative and commutative. */
@FunctionalInterface
public interface Function2<T1, T2, R> extends Serializable {

    /** Returns what the two values become. */
    R call(T1 first, T2 second) throws Exception;
}

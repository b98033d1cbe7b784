package io.millrace.api.function;

import java.io.Serializable;

/** Three values in, one out. */
@FunctionalInterface
public interface Function3<T1, T2, T3, R> extends Serializable {

    /** Returns what the three values become. */
    R call(T1 first, T2 second, T3 third) throws Exception;
}

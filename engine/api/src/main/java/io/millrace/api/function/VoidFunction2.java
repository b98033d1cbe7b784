package io.millrace.api.function;

import java.io.Serializable;

/** Two values in, nothing out: called for its effect, often with the batch time as the second. */
@FunctionalInterface
public interface VoidFunction2<T1, T2> extends Serializable {

    /** Does its work on the two values. */
    void call(T1 first, T2 second) throws Exception;
}

package io.millrace.api.function;

import java.io.Serializable;

/** Three values in, nothing out: called for its effect. */
@FunctionalInterface
public interface VoidFunction3<T1, T2, T3> extends Serializable {

    /** Does its work on the three values. */
    void call(T1 first, T2 second, T3 third) throws Exception;
}

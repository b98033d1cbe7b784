package io.millrace.api.function;

import java.io.Serializable;

/** Nothing in, one value out: what makes a context or a default. */
@FunctionalInterface
public interface Function0<R> extends Serializable {

    /** Returns the value; called once for each value wanted. */
    R call() throws Exception;
}

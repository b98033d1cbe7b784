package io.millrace.api.function;

import java.io.Serializable;

/** One value in, nothing out: called for its effect. */
@FunctionalInterface
public interface VoidFunction<T> extends Serializable {

    /** Does its work on {@code value}. */
    void call(T value) throws Exception;
}

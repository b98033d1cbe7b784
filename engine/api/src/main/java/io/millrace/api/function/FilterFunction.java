package io.millrace.api.function;

import java.io.Serializable;

/**
 * A predicate under the name that Spark's typed datasets know. Its {@code call} gives a {@code boolean}, which the
 * {@link Function} of a stream's {@code filter} cannot; give that {@code f::call}.
 */
@FunctionalInterface
public interface FilterFunction<T> extends Serializable {

    /** Returns whether {@code value} is to stay. */
    boolean call(T value) throws Exception;
}

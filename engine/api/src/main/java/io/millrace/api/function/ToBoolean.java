package io.millrace.api.function;

import io.millrace.type.RecordType;

/**
 * One record in, one {@code boolean} out, without a box when the engine calls it: the result goes straight into its
 * lane.
 *
 * <p>It is an ordinary {@link Function} as well, so it can be given wherever one is asked for. A lambda becomes one
 * through {@link Typed}.
 */
@FunctionalInterface
public interface ToBoolean<T> extends Function<T, Boolean>, Recognised {

    /** Returns the boolean that {@code value} becomes. */
    boolean applyBoolean(T value) throws Exception;

    @Override
    default Boolean call(T value) throws Exception {
        return applyBoolean(value);
    }

    @Override
    default Expression expression() {
        return new Expression.ToLane(RecordType.BOOLEAN);
    }
}

package io.millrace.api.function;

import io.millrace.type.RecordType;

/**
 * One record in, one {@code int} out, without a box when the engine calls it: the result goes straight into its lane.
 *
 * <p>It is an ordinary {@link Function} as well, so it can be given wherever one is asked for. A lambda becomes one
 * through {@link Typed}.
 */
@FunctionalInterface
public interface ToInt<T> extends Function<T, Integer>, Recognised {

    /** Returns the int that {@code value} becomes. */
    int applyInt(T value) throws Exception;

    @Override
    default Integer call(T value) throws Exception {
        return applyInt(value);
    }

    @Override
    default Expression expression() {
        return new Expression.ToLane(RecordType.INT);
    }
}

package io.millrace.api.function;

import io.millrace.type.RecordType;

/**
 * One record in, one {@code double} out, without a box when the engine calls it: the result goes straight into its
 * lane.
 *
 * <p>It is an ordinary {@link Function} as well, so it can be given wherever one is asked for. A lambda becomes one
 * through {@link Typed}.
 */
@FunctionalInterface
public interface ToDouble<T> extends Function<T, Double>, Recognised {

    /** Returns the double that {@code value} becomes. */
    double applyDouble(T value) throws Exception;

    @Override
    default Double call(T value) throws Exception {
        return applyDouble(value);
    }

    @Override
    default Expression expression() {
        return new Expression.ToLane(RecordType.DOUBLE);
    }
}

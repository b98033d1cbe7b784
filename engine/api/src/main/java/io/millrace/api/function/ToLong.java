package io.millrace.api.function;

import io.millrace.type.RecordType;

/**
 * One record in, one {@code long} out, without a box when the engine calls it: the result goes straight into its lane.
 *
 * <p>It is an ordinary {@link Function} as well, so it can be given wherever one is asked for. A lambda becomes one
 * through {@link Typed}.
 */
@FunctionalInterface
public interface ToLong<T> extends Function<T, Long>, Recognised {

    /** Returns the long that {@code value} becomes. */
    long applyLong(T value) throws Exception;

    @Override
    default Long call(T value) throws Exception {
        return applyLong(value);
    }

    @Override
    default Expression expression() {
        return new Expression.ToLane(RecordType.LONG);
    }
}

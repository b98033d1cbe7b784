package io.millrace.api.function;

import io.millrace.type.RecordType;

/**
 * Two {@code int} values in, one out, without a box when the engine calls it. Has to be associative and commutative.
 *
 * <p>It is an ordinary {@link Function2} as well, so it can be given wherever one is asked for. A lambda becomes one
 * through {@link Typed}; the common ones are in {@link Reducers}.
 */
@FunctionalInterface
public interface IntMerge extends Function2<Integer, Integer, Integer>, Recognised {

    /** Returns what the two values become. */
    int merge(int a, int b) throws Exception;

    /** As {@link #merge}; null, which no int lane holds, is refused with a {@link NullPointerException}. */
    @Override
    default Integer call(Integer a, Integer b) throws Exception {
        return merge(a, b);
    }

    @Override
    default Expression expression() {
        return new Expression.Merge(RecordType.INT);
    }
}

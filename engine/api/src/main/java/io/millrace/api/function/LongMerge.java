package io.millrace.api.function;

import io.millrace.type.RecordType;

/**
 * Two {@code long} values in, one out, without a box when the engine calls it. Has to be associative and commutative.
 *
 * <p>It is an ordinary {@link Function2} as well, so it can be given wherever one is asked for. A lambda becomes one
 * through {@link Typed}; the common ones are in {@link Reducers}.
 */
@FunctionalInterface
public interface LongMerge extends Function2<Long, Long, Long>, Recognised {

    /** Returns what the two values become. */
    long merge(long a, long b) throws Exception;

    /** As {@link #merge}; null, which no long lane holds, is refused with a {@link NullPointerException}. */
    @Override
    default Long call(Long a, Long b) throws Exception {
        return merge(a, b);
    }

    @Override
    default Expression expression() {
        return new Expression.Merge(RecordType.LONG);
    }
}

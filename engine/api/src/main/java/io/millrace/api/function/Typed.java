package io.millrace.api.function;

import io.millrace.api.Tuple2;
import java.util.Objects;

/**
 * Lambdas that say which primitive they compute, so that no value of theirs is boxed on the way through a batch.
 *
 * <pre>{@code
 * events.mapToPair(Typed.longPair(Event::user, Event::bytes)).reduceByKey(Reducers.sumLong());
 * }</pre>
 *
 * <p>{@code toLong} and its like give back the very lambda: they only tell the compiler which kind it is.
 */
public final class Typed {

    private Typed() {}

    /** Returns {@code f}, as a function into the long lane. */
    public static <T> ToLong<T> toLong(ToLong<T> f) {
        return Objects.requireNonNull(f, "f");
    }

    /** Returns {@code f}, as a function into the int lane. */
    public static <T> ToInt<T> toInt(ToInt<T> f) {
        return Objects.requireNonNull(f, "f");
    }

    /** Returns {@code f}, as a function into the double lane. */
    public static <T> ToDouble<T> toDouble(ToDouble<T> f) {
        return Objects.requireNonNull(f, "f");
    }

    /** Returns {@code f}, as a predicate whose answer is never boxed. */
    public static <T> ToBoolean<T> test(ToBoolean<T> f) {
        return Objects.requireNonNull(f, "f");
    }

    /** Returns the predicate that holds where {@code test} does not. */
    public static <T> ToBoolean<T> not(ToBoolean<T> test) {
        return new Not<>(Objects.requireNonNull(test, "test"));
    }

    /** Returns {@code f}, as a reducer of longs. */
    public static LongMerge longs(LongMerge f) {
        return Objects.requireNonNull(f, "f");
    }

    /** Returns {@code f}, as a reducer of ints. */
    public static IntMerge ints(IntMerge f) {
        return Objects.requireNonNull(f, "f");
    }

    /** Returns {@code f}, as a reducer of doubles. */
    public static DoubleMerge doubles(DoubleMerge f) {
        return Objects.requireNonNull(f, "f");
    }

    /** Returns a function that makes a pair of {@code key} and {@code value} of the same record; key first. */
    public static <T, K, V> PairFunction<T, K, V> pair(
            Function<? super T, ? extends K> key, Function<? super T, ? extends V> value) {
        return new Pair<>(key, value);
    }

    /** Returns a function that makes a pair of two longs of the same record; key first. */
    public static <T> PairFunction<T, Long, Long> longPair(ToLong<? super T> key, ToLong<? super T> value) {
        return new LongPair<>(key, value);
    }

    private record Not<T>(ToBoolean<T> test) implements ToBoolean<T> {

        @Override
        public boolean applyBoolean(T record) throws Exception {
            return !test.applyBoolean(record);
        }

        @Override
        public Expression expression() {
            return new Expression.Not(test);
        }

        @Override
        public String toString() {
            return "Typed.not(" + test + ")";
        }
    }

    private record Pair<T, K, V>(Function<? super T, ? extends K> key, Function<? super T, ? extends V> value)
            implements PairFunction<T, K, V>, Recognised {

        Pair {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
        }

        @Override
        public Tuple2<K, V> call(T record) throws Exception {
            return new Tuple2<>(key.call(record), value.call(record));
        }

        @Override
        public Expression expression() {
            return new Expression.PairOf(key, value);
        }

        @Override
        public String toString() {
            return "Typed.pair";
        }
    }

    private record LongPair<T>(ToLong<? super T> key, ToLong<? super T> value)
            implements PairFunction<T, Long, Long>, Recognised {

        LongPair {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
        }

        @Override
        public Tuple2<Long, Long> call(T record) throws Exception {
            return new Tuple2<>(key.applyLong(record), value.applyLong(record));
        }

        @Override
        public Expression expression() {
            return new Expression.LongPair(key, value);
        }

        @Override
        public String toString() {
            return "Typed.longPair";
        }
    }
}

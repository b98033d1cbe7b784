package io.millrace.api;

import io.millrace.api.function.Expression;
import io.millrace.api.function.Function;
import io.millrace.api.function.Function2;
import io.millrace.api.function.PairFunction;
import io.millrace.api.function.Recognised;
import io.millrace.api.function.Reducers;
import io.millrace.plan.OperatorId;
import io.millrace.plan.Partitioning;
import io.millrace.plan.PlanNode;
import io.millrace.plan.WindowSpan;
import java.util.Objects;

/** Streams of windows. */
final class Windows {
    static final String REDUCE = "reduceByKeyAndWindow";
    private static final Integer ONE_KEY = 0;

    private Windows() {}

    /**
     * A window over a stream.
     *
     * @throws IllegalArgumentException if a duration is no multiple of how often the stream has a dataset
     */
    static WindowSpan span(String operator, DStreamLike<?, ?, ?> stream, Duration window, Duration slide) {
        return new WindowSpan(
                multiple(operator, stream, "window duration", window),
                multiple(operator, stream, "slide duration", slide));
    }

    private static long multiple(String operator, DStreamLike<?, ?, ?> stream, String what, Duration duration) {
        Objects.requireNonNull(duration, () -> operator + " of '" + stream.id() + "': the " + what + " is null");
        long slideMs = stream.slideDuration().milliseconds();
        long ms = duration.milliseconds();
        if (ms > 0 && ms % slideMs == 0) {
            return ms;
        }
        long below = Math.max(1, ms / slideMs) * slideMs;
        throw new IllegalArgumentException(operator + " of '" + stream.id() + "': the " + what + " (" + ms
                + " ms) must be a multiple of the slide duration of its parent (" + slideMs + " ms); try " + below
                + " or " + (below + slideMs) + " ms");
    }

    static <K, V> PairDStream<K, V> reduceByKey(
            PairDStream<K, V> stream,
            Function2<V, V, V> function,
            Duration window,
            Duration slide,
            Partitioning partitioning) {
        Objects.requireNonNull(function, () -> "function of " + REDUCE);
        return aggregated(stream, REDUCE, span(REDUCE, stream, window, slide), function, null, null, partitioning);
    }

    static <K, V> PairDStream<K, V> reduceByKey(
            PairDStream<K, V> stream,
            Function2<V, V, V> function,
            Function2<V, V, V> inverse,
            Duration window,
            Duration slide,
            Partitioning partitioning,
            Function<Tuple2<K, V>, Boolean> filter) {
        Objects.requireNonNull(function, () -> "function of " + REDUCE);
        Objects.requireNonNull(inverse, () -> "inverse function of " + REDUCE);
        stream.context().prepareState(REDUCE);
        return aggregated(stream, REDUCE, span(REDUCE, stream, window, slide), function, inverse, filter, partitioning);
    }

    private static <K, V> PairDStream<K, V> aggregated(
            PairDStream<K, V> stream,
            String kind,
            WindowSpan span,
            Function2<V, V, V> merge,
            Function2<V, V, V> inverse,
            Function<Tuple2<K, V>, Boolean> filter,
            Partitioning partitioning) {
        OperatorId id = stream.context()
                .add(
                        kind,
                        node -> new PlanNode.WindowAggregate(
                                node, stream.id(), span, merge, inverse, filter, partitioning));
        return new PairDStream<>(stream.context(), id);
    }

    /** Each batch is made one record first, and a window knows one key. */
    static <T> DStream<T> reduce(
            DStreamLike<T, ?, ?> stream, WindowSpan span, Function2<T, T, T> function, Function2<T, T, T> inverse) {
        return ofOneKey(stream.reduce(function), "reduceByWindow", span, function, inverse);
    }

    /** Batches without records say nothing, so that nothing comes before the first record. */
    static <T> DStream<Long> count(DStreamLike<T, ?, ?> stream, WindowSpan span) {
        DStream<Long> counts = stream.count().filter(new IsNotZero());
        return ofOneKey(counts, "countByWindow", span, Reducers.sumLong(), Reducers.subtractLong());
    }

    private static <T> DStream<T> ofOneKey(
            DStream<T> batches, String kind, WindowSpan span, Function2<T, T, T> function, Function2<T, T, T> inverse) {
        PairDStream<Integer, T> keyed = batches.mapToPair(new UnderOneKey<T>());
        return aggregated(keyed, kind, span, function, inverse, null, Partitioning.into(1))
                .map(new ValueOf<T>());
    }

    /** A count that falls to zero is forgotten. */
    static <T> PairDStream<T, Long> countByValue(
            DStreamLike<T, ?, ?> stream, WindowSpan span, Partitioning partitioning) {
        return aggregated(
                Sugar.withOne(stream),
                "countByValueAndWindow",
                span,
                Reducers.sumLong(),
                Reducers.subtractLong(),
                new ValueIsNotZero<T>(),
                partitioning);
    }

    private record IsNotZero() implements Function<Long, Boolean> {
        @Override
        public Boolean call(Long count) {
            return count != 0;
        }
    }

    private record UnderOneKey<T>() implements PairFunction<T, Integer, T> {
        @Override
        public Tuple2<Integer, T> call(T value) {
            return new Tuple2<>(ONE_KEY, value);
        }
    }

    private record ValueOf<T>() implements Function<Tuple2<Integer, T>, T> {
        @Override
        public T call(Tuple2<Integer, T> pair) {
            return pair._2;
        }
    }

    private record ValueIsNotZero<T>() implements Function<Tuple2<T, Long>, Boolean>, Recognised {
        @Override
        public Boolean call(Tuple2<T, Long> pair) {
            return pair._2 != 0;
        }

        @Override
        public Expression expression() {
            return new Expression.NotZero();
        }
    }
}

package io.millrace.api;

import io.millrace.api.function.Expression;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.Function;
import io.millrace.api.function.Function2;
import io.millrace.api.function.PairFunction;
import io.millrace.api.function.Recognised;
import io.millrace.api.function.Reducers;
import io.millrace.conf.Settings;
import io.millrace.plan.Aggregator;
import io.millrace.plan.Partitioning;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/** Stream methods that are combinations of others; backends never see them. */
final class Sugar {
    private Sugar() {}

    static <T> PairDStream<T, Long> countByValue(DStreamLike<T, ?, ?> stream, Partitioning partitioning) {
        return withOne(stream).reduced(Reducers.sumLong(), partitioning);
    }

    /** Each record as a key, with a one to be counted. */
    static <T> PairDStream<T, Long> withOne(DStreamLike<T, ?, ?> stream) {
        return stream.mapToPair(new PairWithOne<T>());
    }

    /** Without combining on the way: a key's values are brought together first, and one worker folds them. */
    static <K, V, C> PairDStream<K, C> combineGathered(
            PairDStream<K, V> stream, Function<V, C> create, Function2<C, V, C> mergeValue, Partitioning partitioning) {
        PairDStream<K, Iterable<V>> gathered = stream.byKey("combineByKey", new Aggregator.Group(), partitioning);
        return gathered.mapValues(new FoldValues<>(create, mergeValue));
    }

    /** So many partitions, as the program asked for them. */
    static Partitioning into(String operator, int partitions) {
        if (partitions < 1 || partitions > Settings.MAX_PARTITIONS) {
            throw new IllegalArgumentException(operator + ": " + partitions + " partitions; give 1 to "
                    + Settings.MAX_PARTITIONS + ", or no number for the default");
        }
        return Partitioning.into(partitions);
    }

    /** The partitions of a partitioner of the program's. */
    static Partitioning by(String operator, Partitioner partitioner) {
        Objects.requireNonNull(
                partitioner, () -> operator + ": the partitioner is null; give one, or none for the default");
        return Partitioning.by(partitioner);
    }

    private record PairWithOne<T>() implements PairFunction<T, T, Long>, Recognised {
        private static final Long ONE = 1L;

        @Override
        public Tuple2<T, Long> call(T record) {
            return new Tuple2<>(record, ONE);
        }

        @Override
        public Expression expression() {
            return new Expression.PairWith(ONE);
        }
    }

    /** A whole partition as one list. */
    record Glom<T>() implements FlatMapFunction<Iterator<T>, List<T>> {
        @Override
        public Iterator<List<T>> call(Iterator<T> partition) {
            List<T> all = new ArrayList<>();
            partition.forEachRemaining(all::add);
            return List.of(all).iterator();
        }
    }

    private record FoldValues<V, C>(Function<V, C> create, Function2<C, V, C> mergeValue)
            implements Function<Iterable<V>, C> {
        @Override
        public C call(Iterable<V> values) throws Exception {
            Iterator<V> each = values.iterator();
            C combined = create.call(each.next());
            while (each.hasNext()) {
                combined = mergeValue.call(combined, each.next());
            }
            return combined;
        }
    }
}

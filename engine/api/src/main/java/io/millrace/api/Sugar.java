package io.millrace.api;

import io.millrace.api.function.Expression;
import io.millrace.api.function.PairFunction;
import io.millrace.api.function.Recognised;
import io.millrace.api.function.Reducers;
import io.millrace.conf.Settings;

/** Stream methods that are combinations of others; backends never see them. */
final class Sugar {
    private Sugar() {}

    static <T> PairDStream<T, Long> countByValue(DStreamLike<T, ?, ?> stream, int partitions) {
        checkPartitions("countByValue", partitions);
        return stream.mapToPair(new PairWithOne<T>()).reduceByKey(Reducers.sumLong(), partitions);
    }

    static void checkPartitions(String operator, int partitions) {
        if (partitions < 0 || partitions > Settings.MAX_PARTITIONS) {
            throw new IllegalArgumentException(operator + ": " + partitions + " partitions; give 1 to "
                    + Settings.MAX_PARTITIONS + ", or 0 for the default");
        }
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
}

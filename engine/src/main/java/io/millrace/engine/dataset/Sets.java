package io.millrace.engine.dataset;

import io.millrace.api.Partitioner;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Expression;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.Function;
import io.millrace.api.function.LongMerge;
import io.millrace.api.function.PairFunction;
import io.millrace.api.function.Recognised;
import io.millrace.api.function.Reducers;
import io.millrace.api.function.Typed;
import io.millrace.plan.Aggregator;
import io.millrace.plan.PlanNode.Shape;
import java.util.Collections;
import java.util.List;

/** Datasets as sets of records: a record is its own key. */
public final class Sets {
    private static final LongMerge FIRST = Typed.longs((first, second) -> first);
    private static final Function<Tuple2<Object, Object>, Object> KEY = pair -> pair._1;
    private static final Function<Tuple2<Object, Boolean>, Boolean> IS_WANTED = pair -> pair._2;
    private static final FlatMapFunction<Tuple2<Object, List<Object>>, Object> KEY_FOR_EACH =
            pair -> Collections.nCopies(pair._2.size(), pair._1).iterator();

    private Sets() {}

    /** Each distinct record with how often it occurs. */
    public static DatasetNode counted(DatasetNode input) {
        DatasetNode keyed = keyed(input);
        return Exchanged.folded(
                "countByValue", keyed, new Aggregator.Reduce(Reducers.sumLong()), Partitioners.defaultFor(keyed));
    }

    /** Each distinct record. */
    public static DatasetNode distinct(DatasetNode input, Partitioner partitioner) {
        return keys(Exchanged.folded("distinct", keyed(input), new Aggregator.Reduce(FIRST), partitioner));
    }

    /** Each distinct record that is in both. */
    public static DatasetNode intersection(DatasetNode left, DatasetNode right) {
        DatasetNode both = Exchanged.cogrouped(
                "intersection",
                List.of(keyed(left), keyed(right)),
                Partitioners.hashFor(left, right),
                groups -> !groups[0].isEmpty() && !groups[1].isEmpty());
        return keys(Narrowed.filter(both, IS_WANTED));
    }

    /** Each record of the left, as often as it occurs, that is not in the right. */
    public static DatasetNode subtract(DatasetNode left, DatasetNode right, Partitioner partitioner) {
        DatasetNode both = Exchanged.without("subtract", keyed(left), keyed(right), partitioner);
        return Narrowed.flatMap("subtract", both, Shape.ROW, KEY_FOR_EACH);
    }

    /** The keys of keyed records. */
    public static DatasetNode keys(DatasetNode pairs) {
        return Narrowed.map("keys", pairs, Shape.ROW, KEY);
    }

    private static DatasetNode keyed(DatasetNode input) {
        return Narrowed.map("keyed", input, Shape.PAIR, new PairWithOne());
    }

    private record PairWithOne() implements PairFunction<Object, Object, Long>, Recognised {
        private static final Long ONE = 1L;

        @Override
        public Tuple2<Object, Long> call(Object record) {
            return new Tuple2<>(record, ONE);
        }

        @Override
        public Expression expression() {
            return new Expression.PairWith(ONE);
        }
    }
}

package io.millrace.jmh.stage;

import io.millrace.api.Tuple2;
import io.millrace.api.function.Function;
import io.millrace.api.function.PairFunction;
import io.millrace.plan.OperatorId;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Shape;
import java.io.Serializable;
import java.util.List;

/** Five programs of five operators each, all alike, all with lambdas of their own. The first is the one that is measured. */
final class Chains {
    private Chains() {}

    static List<List<PlanNode>> all() {
        return List.of(
                chain(x -> x + 1, x -> x % 3 != 0, x -> x * 7, x -> x ^ 12_345L, x -> new Tuple2<>(x & 1023, 1L)),
                chain(x -> x + 2, x -> x % 5 != 0, x -> x * 11, x -> x ^ 54_321L, x -> new Tuple2<>(x & 511, 2L)),
                chain(x -> x - 3, x -> x % 7 != 0, x -> x * 13, x -> x | 1L, x -> new Tuple2<>(x & 255, 3L)),
                chain(x -> x * 5, x -> x % 11 != 0, x -> x - 17, x -> x & ~1L, x -> new Tuple2<>(x & 127, 4L)),
                chain(x -> -x, x -> x % 13 != 0, x -> x * 19, x -> x >>> 1, x -> new Tuple2<>(x & 63, 5L)));
    }

    /** The same as the first program, by hand and without a box. */
    static long byHand(long[] in, int rows) {
        long sum = 0;
        for (int row = 0; row < rows; row++) {
            long x = in[row] + 1;
            if (x % 3 != 0) {
                sum += (x * 7 ^ 12_345L) & 1023;
                sum += 1;
            }
        }
        return sum;
    }

    private static List<PlanNode> chain(
            Function<Long, Long> first,
            Function<Long, Boolean> kept,
            Function<Long, Long> second,
            Function<Long, Long> third,
            PairFunction<Long, Long, Long> pair) {
        return List.of(
                map("first", Shape.ROW, first),
                new PlanNode.RowFilter(id("kept"), id("first"), kept),
                map("second", Shape.ROW, second),
                map("third", Shape.ROW, third),
                map("pair", Shape.PAIR, pair));
    }

    private static PlanNode map(String name, Shape shape, Serializable function) {
        return new PlanNode.RowMap(id(name), id("in"), shape, function);
    }

    private static OperatorId id(String name) {
        return new OperatorId(name);
    }
}

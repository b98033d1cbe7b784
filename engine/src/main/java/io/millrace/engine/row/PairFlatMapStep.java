package io.millrace.engine.row;

import io.millrace.api.Tuple2;
import io.millrace.api.function.PairFlatMapFunction;
import io.millrace.engine.function.OperatorFunction;
import java.util.Iterator;
import java.util.Objects;

/** {@code flatMapToPair} with a plain function; its iterator is read to the end. */
final class PairFlatMapStep extends RowStep {
    private final OperatorFunction function;
    private final PairFlatMapFunction<Object, Object, Object> map;
    private final RowStep next;

    @SuppressWarnings("unchecked")
    PairFlatMapStep(OperatorFunction function, RowStep next) {
        this.function = function;
        this.map = (PairFlatMapFunction<Object, Object, Object>) function.function();
        this.next = next;
    }

    @Override
    public void row(Object row) throws Exception {
        Iterator<Tuple2<Object, Object>> pairs;
        try {
            pairs = Objects.requireNonNull(map.call(row), OperatorFunction.NO_ITERATOR);
        } catch (Throwable thrown) {
            function.skipOrThrow(row, thrown);
            return;
        }
        while (true) {
            Object key;
            Object value;
            try {
                if (!pairs.hasNext()) {
                    return;
                }
                Tuple2<Object, Object> pair = pairs.next();
                key = pair._1;
                value = pair._2;
            } catch (Throwable thrown) {
                function.skipOrThrow(row, thrown);
                return;
            }
            next.pairRow(key, value);
        }
    }
}

package io.millrace.engine.row;

import io.millrace.api.Tuple2;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.engine.function.OperatorFunction;
import java.util.Iterator;
import java.util.Objects;

/** {@code flatMapValues}: any number of new values, each under the key; the iterator is read to its end. */
final class FlatMapValueStep extends RowStep {
    private final OperatorFunction function;
    private final FlatMapFunction<Object, Object> map;
    private final RowStep next;

    @SuppressWarnings("unchecked")
    FlatMapValueStep(OperatorFunction function, RowStep next) {
        this.function = function;
        this.map = (FlatMapFunction<Object, Object>) function.function();
        this.next = next;
    }

    @Override
    public void row(Object row) throws Exception {
        Tuple2<?, ?> pair = (Tuple2<?, ?>) row;
        pairRow(pair._1, pair._2);
    }

    @Override
    public void pairRow(Object key, Object value) throws Exception {
        Iterator<Object> values;
        try {
            values = Objects.requireNonNull(map.call(value), OperatorFunction.NO_ITERATOR);
        } catch (Throwable thrown) {
            function.skipOrThrow(new Tuple2<>(key, value), thrown);
            return;
        }
        while (true) {
            Object out;
            try {
                if (!values.hasNext()) {
                    return;
                }
                out = values.next();
            } catch (Throwable thrown) {
                function.skipOrThrow(new Tuple2<>(key, value), thrown);
                return;
            }
            next.pairRow(key, out);
        }
    }
}

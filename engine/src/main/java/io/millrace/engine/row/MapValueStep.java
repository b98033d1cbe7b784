package io.millrace.engine.row;

import io.millrace.api.Tuple2;
import io.millrace.api.function.Function;
import io.millrace.engine.function.OperatorFunction;

/** {@code mapValues}: a new value, the key stays. */
final class MapValueStep extends RowStep {
    private final OperatorFunction function;
    private final Function<Object, Object> map;
    private final RowStep next;

    @SuppressWarnings("unchecked")
    MapValueStep(OperatorFunction function, RowStep next) {
        this.function = function;
        this.map = (Function<Object, Object>) function.function();
        this.next = next;
    }

    @Override
    public void row(Object row) throws Exception {
        Tuple2<?, ?> pair = (Tuple2<?, ?>) row;
        pairRow(pair._1, pair._2);
    }

    @Override
    public void pairRow(Object key, Object value) throws Exception {
        Object mapped;
        try {
            mapped = map.call(value);
        } catch (Throwable thrown) {
            function.skipOrThrow(new Tuple2<>(key, value), thrown);
            return;
        }
        next.pairRow(key, mapped);
    }
}

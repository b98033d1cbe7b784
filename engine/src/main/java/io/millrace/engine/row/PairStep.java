package io.millrace.engine.row;

import io.millrace.api.Tuple2;
import io.millrace.api.function.PairFunction;
import io.millrace.engine.function.OperatorFunction;

/** {@code mapToPair} with a plain function. */
final class PairStep extends RowStep {
    private final OperatorFunction function;
    private final PairFunction<Object, Object, Object> map;
    private final RowStep next;

    @SuppressWarnings("unchecked")
    PairStep(OperatorFunction function, RowStep next) {
        this.function = function;
        this.map = (PairFunction<Object, Object, Object>) function.function();
        this.next = next;
    }

    @Override
    public void row(Object row) throws Exception {
        Object key;
        Object value;
        try {
            Tuple2<Object, Object> pair = map.call(row);
            key = pair._1;
            value = pair._2;
        } catch (Throwable thrown) {
            function.skipOrThrow(row, thrown);
            return;
        }
        next.pairRow(key, value);
    }
}

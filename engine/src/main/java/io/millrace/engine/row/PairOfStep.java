package io.millrace.engine.row;

import io.millrace.api.function.Expression;
import io.millrace.api.function.Function;
import io.millrace.api.function.Recognised;
import io.millrace.engine.function.OperatorFunction;

/** {@code mapToPair(Typed.pair(key, value))}: two functions, and no tuple between them and the next step. */
final class PairOfStep extends RowStep {
    private final OperatorFunction function;
    private final Function<Object, Object> keyOf;
    private final Function<Object, Object> valueOf;
    private final RowStep next;

    @SuppressWarnings("unchecked")
    PairOfStep(OperatorFunction function, RowStep next) {
        Expression.PairOf parts = (Expression.PairOf) ((Recognised) function.function()).expression();
        this.function = function;
        this.keyOf = (Function<Object, Object>) parts.key();
        this.valueOf = (Function<Object, Object>) parts.value();
        this.next = next;
    }

    @Override
    public void row(Object row) throws Exception {
        Object key;
        Object value;
        try {
            key = keyOf.call(row);
            value = valueOf.call(row);
        } catch (Throwable thrown) {
            function.skipOrThrow(row, thrown);
            return;
        }
        next.pairRow(key, value);
    }
}

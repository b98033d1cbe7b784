package io.millrace.engine.row;

import io.millrace.api.function.ToDouble;
import io.millrace.engine.function.OperatorFunction;

/** {@code map} with a function that computes a double; the value is never boxed. */
final class ToDoubleStep extends RowStep {
    private final OperatorFunction function;
    private final ToDouble<Object> map;
    private final RowStep next;

    @SuppressWarnings("unchecked")
    ToDoubleStep(OperatorFunction function, RowStep next) {
        this.function = function;
        this.map = (ToDouble<Object>) function.function();
        this.next = next;
    }

    @Override
    public void row(Object row) throws Exception {
        double mapped;
        try {
            mapped = map.applyDouble(row);
        } catch (Throwable thrown) {
            function.skipOrThrow(row, thrown);
            return;
        }
        next.doubleRow(mapped);
    }
}

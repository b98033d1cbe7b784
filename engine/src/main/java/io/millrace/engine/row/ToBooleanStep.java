package io.millrace.engine.row;

import io.millrace.api.function.ToBoolean;
import io.millrace.engine.function.OperatorFunction;

/** {@code map} with a function that computes a boolean; the value is never boxed. */
final class ToBooleanStep extends RowStep {
    private final OperatorFunction function;
    private final ToBoolean<Object> map;
    private final RowStep next;

    @SuppressWarnings("unchecked")
    ToBooleanStep(OperatorFunction function, RowStep next) {
        this.function = function;
        this.map = (ToBoolean<Object>) function.function();
        this.next = next;
    }

    @Override
    public void row(Object row) throws Exception {
        boolean mapped;
        try {
            mapped = map.applyBoolean(row);
        } catch (Throwable thrown) {
            function.skipOrThrow(row, thrown);
            return;
        }
        next.booleanRow(mapped);
    }
}

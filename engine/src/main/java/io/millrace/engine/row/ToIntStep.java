package io.millrace.engine.row;

import io.millrace.api.function.ToInt;
import io.millrace.engine.function.OperatorFunction;

/** {@code map} with a function that computes an int; the value is never boxed. */
final class ToIntStep extends RowStep {
    private final OperatorFunction function;
    private final ToInt<Object> map;
    private final RowStep next;

    @SuppressWarnings("unchecked")
    ToIntStep(OperatorFunction function, RowStep next) {
        this.function = function;
        this.map = (ToInt<Object>) function.function();
        this.next = next;
    }

    @Override
    public void row(Object row) throws Exception {
        int mapped;
        try {
            mapped = map.applyInt(row);
        } catch (Throwable thrown) {
            function.skipOrThrow(row, thrown);
            return;
        }
        next.intRow(mapped);
    }
}

package io.millrace.engine.row;

import io.millrace.api.function.ToLong;
import io.millrace.engine.function.OperatorFunction;

/** {@code map} with a function that computes a long; the value is never boxed. */
final class ToLongStep extends RowStep {
    private final OperatorFunction function;
    private final ToLong<Object> map;
    private final RowStep next;

    @SuppressWarnings("unchecked")
    ToLongStep(OperatorFunction function, RowStep next) {
        this.function = function;
        this.map = (ToLong<Object>) function.function();
        this.next = next;
    }

    @Override
    public void row(Object row) throws Exception {
        long mapped;
        try {
            mapped = map.applyLong(row);
        } catch (Throwable thrown) {
            function.skipOrThrow(row, thrown);
            return;
        }
        next.longRow(mapped);
    }
}

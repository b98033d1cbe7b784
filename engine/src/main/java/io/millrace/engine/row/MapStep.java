package io.millrace.engine.row;

import io.millrace.api.function.Function;
import io.millrace.engine.function.OperatorFunction;

/** {@code map} with a plain function. */
final class MapStep extends RowStep {
    private final OperatorFunction function;
    private final Function<Object, Object> map;
    private final RowStep next;

    @SuppressWarnings("unchecked")
    MapStep(OperatorFunction function, RowStep next) {
        this.function = function;
        this.map = (Function<Object, Object>) function.function();
        this.next = next;
    }

    @Override
    public void row(Object row) throws Exception {
        Object mapped;
        try {
            mapped = map.call(row);
        } catch (Throwable thrown) {
            function.skipOrThrow(row, thrown);
            return;
        }
        next.row(mapped);
    }
}

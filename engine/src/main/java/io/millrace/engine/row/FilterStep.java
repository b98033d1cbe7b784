package io.millrace.engine.row;

import io.millrace.api.Tuple2;
import io.millrace.api.function.Function;
import io.millrace.engine.function.OperatorFunction;

/** {@code filter} with a plain predicate; a null answer is a failure. */
final class FilterStep extends RowStep {
    private final OperatorFunction function;
    private final Function<Object, Boolean> test;
    private final RowStep next;

    @SuppressWarnings("unchecked")
    FilterStep(OperatorFunction function, RowStep next) {
        this.function = function;
        this.test = (Function<Object, Boolean>) function.function();
        this.next = next;
    }

    @Override
    public void row(Object row) throws Exception {
        boolean kept;
        try {
            kept = test.call(row);
        } catch (Throwable thrown) {
            function.skipOrThrow(row, thrown);
            return;
        }
        if (kept) {
            next.row(row);
        }
    }

    @Override
    public void pairRow(Object key, Object value) throws Exception {
        row(new Tuple2<>(key, value));
    }
}

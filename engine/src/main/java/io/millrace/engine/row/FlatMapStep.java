package io.millrace.engine.row;

import io.millrace.api.function.FlatMapFunction;
import io.millrace.engine.function.OperatorFunction;
import java.util.Iterator;
import java.util.Objects;

/** {@code flatMap} with a plain function; its iterator is read to the end. */
final class FlatMapStep extends RowStep {
    private final OperatorFunction function;
    private final FlatMapFunction<Object, Object> map;
    private final RowStep next;

    @SuppressWarnings("unchecked")
    FlatMapStep(OperatorFunction function, RowStep next) {
        this.function = function;
        this.map = (FlatMapFunction<Object, Object>) function.function();
        this.next = next;
    }

    @Override
    public void row(Object row) throws Exception {
        Iterator<Object> rows;
        try {
            rows = Objects.requireNonNull(map.call(row), OperatorFunction.NO_ITERATOR);
        } catch (Throwable thrown) {
            function.skipOrThrow(row, thrown);
            return;
        }
        while (true) {
            Object out;
            try {
                if (!rows.hasNext()) {
                    return;
                }
                out = rows.next();
            } catch (Throwable thrown) {
                function.skipOrThrow(row, thrown);
                return;
            }
            next.row(out);
        }
    }
}

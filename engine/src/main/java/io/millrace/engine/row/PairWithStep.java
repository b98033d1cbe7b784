package io.millrace.engine.row;

import io.millrace.api.function.Expression;
import io.millrace.api.function.Recognised;
import io.millrace.engine.function.OperatorFunction;

/** {@code mapToPair(Text.pairWith(value))}: the row becomes the key of a constant. */
final class PairWithStep extends RowStep {
    private final Object value;
    private final RowStep next;

    PairWithStep(OperatorFunction function, RowStep next) {
        this.value = ((Expression.PairWith) ((Recognised) function.function()).expression()).value();
        this.next = next;
    }

    @Override
    public void row(Object row) throws Exception {
        next.pairRow(row, value);
    }
}

package io.millrace.engine.row;

import io.millrace.api.function.Expression;
import io.millrace.api.function.Recognised;
import io.millrace.api.function.ToLong;
import io.millrace.engine.function.OperatorFunction;

/** {@code mapToPair(Typed.longPair(key, value))}: two longs, no boxes. */
final class LongPairStep extends RowStep {
    private final OperatorFunction function;
    private final ToLong<Object> keyOf;
    private final ToLong<Object> valueOf;
    private final RowStep next;

    @SuppressWarnings("unchecked")
    LongPairStep(OperatorFunction function, RowStep next) {
        Expression.LongPair parts = (Expression.LongPair) ((Recognised) function.function()).expression();
        this.function = function;
        this.keyOf = (ToLong<Object>) parts.key();
        this.valueOf = (ToLong<Object>) parts.value();
        this.next = next;
    }

    @Override
    public void row(Object row) throws Exception {
        long key;
        long value;
        try {
            key = keyOf.applyLong(row);
            value = valueOf.applyLong(row);
        } catch (Throwable thrown) {
            function.skipOrThrow(row, thrown);
            return;
        }
        next.longPairRow(key, value);
    }
}

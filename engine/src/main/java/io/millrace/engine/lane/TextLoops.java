package io.millrace.engine.lane;

import io.millrace.api.function.Expression;
import io.millrace.api.function.Recognised;
import io.millrace.engine.function.ElementTypes;
import io.millrace.offheap.column.ElementType;
import java.util.function.Supplier;

/** Which recognised functions of one text have a loop over its bytes. */
final class TextLoops {
    private static final char MAX_ASCII = 0x7f;

    private TextLoops() {}

    /** What makes the function's loops, one for each worker; null if it has none. */
    static Supplier<TextLoop> of(Object function) {
        return function instanceof Recognised recognised ? of(recognised.expression()) : null;
    }

    private static Supplier<TextLoop> of(Expression expression) {
        if (expression instanceof Expression.Field field) {
            return field.delimiter() <= MAX_ASCII ? () -> fieldLoop(field) : null;
        } else if (expression instanceof Expression.OfField ofField) {
            Supplier<TextLoop> inner = of(ofField.function());
            boolean isPlain = inner != null && ofField.field().delimiter() <= MAX_ASCII;
            return isPlain ? () -> new OfFieldLoop(fieldLoop(ofField.field()), inner.get()) : null;
        } else if (expression instanceof Expression.Parse parse) {
            ElementType type = ElementTypes.primitiveOf(parse.type()).orElseThrow();
            return type == ElementType.DOUBLE ? ParseDoubleLoop::new : () -> new ParseLongLoop(type);
        } else if (expression instanceof Expression.Match match) {
            return () -> new MatchLoop(match.place(), match.text());
        } else if (expression instanceof Expression.IsBlank) {
            return BlankLoop::new;
        } else if (expression instanceof Expression.Not not) {
            Supplier<TextLoop> test = of(not.test());
            return test == null ? null : () -> new NotLoop(test.get());
        } else if (expression instanceof Expression.Trim) {
            return TrimLoop::new;
        } else if (expression instanceof Expression.ToCase toCase) {
            return () -> new CaseLoop(toCase.upper());
        } else if (expression instanceof Expression.Length) {
            return LengthLoop::new;
        }
        return null;
    }

    private static FieldLoop fieldLoop(Expression.Field field) {
        return new FieldLoop(field.index(), field.delimiter());
    }
}

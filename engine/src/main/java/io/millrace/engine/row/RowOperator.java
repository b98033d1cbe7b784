package io.millrace.engine.row;

import io.millrace.api.function.Expression;
import io.millrace.api.function.Recognised;
import io.millrace.api.function.ToBoolean;
import io.millrace.api.function.ToDouble;
import io.millrace.api.function.ToInt;
import io.millrace.api.function.ToLong;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Shape;
import io.millrace.plan.type.DeclaredTypes;
import io.millrace.type.RecordType;
import java.util.List;

/** One operator of a chain: the function, and the step template that calls it best. */
public record RowOperator(Class<?> template, OperatorFunction function) {

    /** The step for a one-to-one operator. */
    public static RowOperator of(PlanNode.RowMap node) {
        OperatorFunction function = new OperatorFunction(node.id(), node.function());
        return new RowOperator(mapTemplate(node.shape(), node.function()), function);
    }

    private static Class<?> mapTemplate(Shape shape, Object function) {
        return switch (shape) {
            case VALUE -> MapValueStep.class;
            case PAIR -> pairTemplate(function);
            case ROW -> rowTemplate(function);
        };
    }

    private static Class<?> pairTemplate(Object function) {
        if (function instanceof Recognised recognised) {
            Expression expression = recognised.expression();
            if (expression instanceof Expression.PairOf) {
                return PairOfStep.class;
            } else if (expression instanceof Expression.LongPair) {
                return LongPairStep.class;
            } else if (expression instanceof Expression.PairWith) {
                return PairWithStep.class;
            }
        }
        return PairStep.class;
    }

    private static Class<?> rowTemplate(Object function) {
        if (function instanceof ToInt) {
            return ToIntStep.class;
        } else if (function instanceof ToLong) {
            return ToLongStep.class;
        } else if (function instanceof ToDouble) {
            return ToDoubleStep.class;
        } else if (function instanceof ToBoolean) {
            return ToBooleanStep.class;
        }
        return MapStep.class;
    }

    /** The step for a filter. */
    public static RowOperator of(PlanNode.RowFilter node) {
        return new RowOperator(FilterStep.class, new OperatorFunction(node.id(), node.function()));
    }

    /** The step for a one-to-many operator. */
    public static RowOperator of(PlanNode.RowFlatMap node) {
        Class<?> template = switch (node.shape()) {
            case ROW -> FlatMapStep.class;
            case PAIR -> PairFlatMapStep.class;
            case VALUE -> FlatMapValueStep.class;
        };
        return new RowOperator(template, new OperatorFunction(node.id(), node.function()));
    }

    /** What type of rows the operator promises, as far as its function says. */
    RecordType declaredResult() {
        if (template == FilterStep.class) {
            return RecordType.UNKNOWN; // rows pass as they are
        }
        RecordType result = DeclaredTypes.resultOf(function.function());
        boolean keepsKey = template == MapValueStep.class || template == FlatMapValueStep.class;
        return keepsKey ? RecordType.pair(RecordType.UNKNOWN, result) : result;
    }

    /** The classes that decide which code the step's calls reach. */
    List<Class<?>> functionClasses() {
        Object called = function.function();
        if (called instanceof Recognised recognised) {
            if (recognised.expression() instanceof Expression.PairOf parts) {
                return List.of(
                        called.getClass(), parts.key().getClass(), parts.value().getClass());
            } else if (recognised.expression() instanceof Expression.LongPair parts) {
                return List.of(
                        called.getClass(), parts.key().getClass(), parts.value().getClass());
            }
        }
        return List.of(called.getClass());
    }
}

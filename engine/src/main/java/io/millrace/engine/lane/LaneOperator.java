package io.millrace.engine.lane;

import io.millrace.api.function.Expression;
import io.millrace.api.function.Recognised;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.engine.task.ChunkSink;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Shape;
import io.millrace.plan.type.DeclaredTypes;
import io.millrace.type.RecordType;
import java.util.function.Supplier;

/**
 * An operator whose recognised function has a lane loop.
 *
 * @param takesText whether the loop is over UTF-8 bytes; otherwise rows of any lane will do
 * @param steps makes the step that runs the loop
 */
public record LaneOperator(boolean takesText, Steps steps) {
    private static final char MAX_ASCII = 0x7f;

    /** Makes an operator's step, one for each worker. */
    public interface Steps {
        /**
         * A step in front of {@code next}.
         *
         * @param genericChain makes what runs this step and all behind it row by row
         */
        ChunkSink open(ChunkSink next, Supplier<ChunkSink> genericChain);
    }

    /** The operator's lane form; null if it has none. */
    public static LaneOperator of(PlanNode step) {
        if (step instanceof PlanNode.RowMap map) {
            OperatorFunction function = new OperatorFunction(map.id(), map.function());
            return switch (map.shape()) {
                case ROW -> map(function);
                case PAIR -> mapToPair(function);
                case VALUE -> null;
            };
        } else if (step instanceof PlanNode.RowFilter filter) {
            return filter(new OperatorFunction(filter.id(), filter.function()));
        } else if (step instanceof PlanNode.RowFlatMap flatMap && flatMap.shape() == Shape.ROW) {
            return flatMap(flatMap.function());
        }
        return null;
    }

    private static LaneOperator map(OperatorFunction function) {
        Supplier<TextLoop> loops = TextLoops.of(function.function());
        return loops == null ? null : ofText((next, generic) -> new TextMapStep(function, loops.get(), next, generic));
    }

    private static LaneOperator filter(OperatorFunction function) {
        boolean isTest = DeclaredTypes.resultOf(function.function()) == RecordType.BOOLEAN;
        Supplier<TextLoop> loops = isTest ? TextLoops.of(function.function()) : null;
        return loops == null
                ? null
                : ofText((next, generic) -> new TextFilterStep(function, loops.get(), next, generic));
    }

    private static LaneOperator mapToPair(OperatorFunction function) {
        if (!(function.function() instanceof Recognised recognised)) {
            return null;
        }
        Expression expression = recognised.expression();
        if (expression instanceof Expression.PairWith with) {
            return new LaneOperator(false, (next, generic) -> new PairWithLaneStep(with.value(), next, generic));
        } else if (expression instanceof Expression.PairOf pair) {
            return mapToPair(function, pair.key(), pair.value());
        } else if (expression instanceof Expression.LongPair pair) {
            return mapToPair(function, pair.key(), pair.value());
        }
        return null;
    }

    private static LaneOperator mapToPair(OperatorFunction function, Object key, Object value) {
        Supplier<TextLoop> keys = TextLoops.of(key);
        Supplier<TextLoop> values = TextLoops.of(value);
        return keys == null || values == null
                ? null
                : ofText((next, generic) -> new TextPairStep(function, keys.get(), values.get(), next, generic));
    }

    private static LaneOperator flatMap(Object function) {
        if (!(function instanceof Recognised recognised)) {
            return null;
        }
        Expression expression = recognised.expression();
        if (expression instanceof Expression.Split split && split.separator() <= MAX_ASCII) {
            return ofText((next, generic) -> new TextSplitStep(split.separator(), next, generic));
        } else if (expression instanceof Expression.Words) {
            return ofText(TextWordsStep::new);
        } else if (expression instanceof Expression.Lines) {
            return ofText(TextLinesStep::new);
        }
        return null;
    }

    private static LaneOperator ofText(Steps steps) {
        return new LaneOperator(true, steps);
    }
}

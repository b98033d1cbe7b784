package io.millrace.engine.kernel;

import io.millrace.api.function.Expression;
import io.millrace.api.function.Recognised;
import io.millrace.engine.function.ElementTypes;
import io.millrace.engine.function.LanePolicy;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.RefColumn;
import io.millrace.type.RecordType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Optional;

/**
 * A reducing function and the folds it can take: the fastest one for the type of the values at hand, and objects for
 * whatever does not fit. Safe from several threads; the folds belong to one each.
 */
public final class Merging implements Folding {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodType FOLD =
            MethodType.methodType(Object.class, OperatorFunction.class, ElementType.class);

    private final OperatorFunction function;
    private final LanePolicy policy;

    /** @param policy if it is not specialised, every value stays an object */
    public Merging(OperatorFunction function, LanePolicy policy) {
        this.function = function;
        this.policy = policy;
    }

    @Override
    public SlotFold foldFor(ElementType type) {
        ElementType held = heldAs(type);
        Optional<NamedFold> named = namedFor(held);
        if (named.isPresent()) {
            return held == ElementType.DOUBLE ? new NamedDoubleFold(named.get()) : new NamedLongFold(named.get(), held);
        }
        return make(templateFor(held), held);
    }

    /** In which type values of that type are folded: their own, or REF. */
    public ElementType heldAs(ElementType type) {
        return switch (type.lane()) {
            case LONG, DOUBLE -> policy.specialised() && suits(type) ? type : ElementType.REF;
            default -> ElementType.REF;
        };
    }

    /** Whether the function takes values of that type: a {@code LongMerge} given ints has to say so itself, row by row. */
    private boolean suits(ElementType type) {
        if (type == ElementType.BOOLEAN) {
            return false; // no reducer of booleans is worth a loop of its own
        }
        if (!(function.function() instanceof Recognised recognised)) {
            return true;
        }
        RecordType wanted = typeOf(recognised.expression());
        return wanted.isKnown()
                ? ElementTypes.primitiveOf(wanted).equals(Optional.of(type))
                : type != ElementType.FLOAT; // a sum of floats has to be rounded at each step
    }

    /** The type that it says its values have; empty if it does not say. */
    public Optional<ElementType> declaredType() {
        return function.function() instanceof Recognised recognised
                ? ElementTypes.primitiveOf(typeOf(recognised.expression()))
                : Optional.empty();
    }

    private static RecordType typeOf(Expression expression) {
        if (expression instanceof Expression.Sum sum) {
            return sum.type();
        } else if (expression instanceof Expression.Difference difference) {
            return difference.type();
        } else if (expression instanceof Expression.Min min) {
            return min.type();
        } else if (expression instanceof Expression.Max max) {
            return max.type();
        } else if (expression instanceof Expression.Merge merge) {
            return merge.type();
        }
        return RecordType.UNKNOWN;
    }

    private Optional<NamedFold> namedFor(ElementType held) {
        if (held == ElementType.REF || !(function.function() instanceof Recognised recognised)) {
            return Optional.empty();
        }
        Expression expression = recognised.expression();
        if (expression instanceof Expression.Sum) {
            return Optional.of(NamedFold.SUM);
        } else if (expression instanceof Expression.Difference) {
            return Optional.of(NamedFold.SUBTRACT);
        } else if (expression instanceof Expression.Min) {
            return Optional.of(NamedFold.MIN);
        } else if (expression instanceof Expression.Max) {
            return Optional.of(NamedFold.MAX);
        }
        return Optional.empty();
    }

    private Class<?> templateFor(ElementType held) {
        boolean merge = function.function() instanceof Recognised recognised
                && recognised.expression() instanceof Expression.Merge;
        return switch (held) {
            case INT -> merge ? IntMergeFold.class : BoxedLongFold.class;
            case LONG -> merge ? LongMergeFold.class : BoxedLongFold.class;
            case DOUBLE -> merge ? DoubleMergeFold.class : BoxedDoubleFold.class;
            case FLOAT -> BoxedDoubleFold.class;
            default -> RefFold.class;
        };
    }

    private SlotFold make(Class<?> template, ElementType held) {
        List<Class<?>> functions = List.of(function.function().getClass());
        return make(policy, template, functions, function, held);
    }

    /** A fold of that template, in a class of its own for those functions. */
    static SlotFold make(
            LanePolicy policy,
            Class<?> template,
            List<Class<?>> functions,
            OperatorFunction function,
            ElementType held) {
        MethodHandle factory = policy.classes()
                .factoriesFor(LOOKUP, FOLD, List.of(template), functions)
                .get(0);
        try {
            Object fold = factory.invokeExact(function, held);
            return (SlotFold) fold;
        } catch (RuntimeException | Error broken) {
            throw broken;
        } catch (Throwable impossible) {
            throw new IllegalStateException("a fold could not be made", impossible);
        }
    }

    @Override
    public SlotFold fold(SlotFold fold, int[] slots, Column input, int rows, int slotCount, RefColumn boxes)
            throws Exception {
        if (fold.type() == input.type()) {
            int done = fold.fold(slots, input, 0, rows, slotCount);
            return done == rows ? fold : foldMissed(fold, done, slots, input, rows, slotCount, boxes);
        }
        ObjectFold objects = turned(fold);
        objects.fold(slots, boxed(input, 0, rows, boxes), 0, rows, slotCount);
        boxes.clear(rows);
        return objects;
    }

    private SlotFold foldMissed(
            SlotFold fold, int missedRow, int[] slots, Column input, int rows, int slotCount, RefColumn boxes)
            throws Exception {
        ObjectFold objects = turned(fold);
        objects.set(slots[missedRow], fold.missed());
        objects.fold(slots, boxed(input, missedRow + 1, rows, boxes), missedRow + 1, rows, slotCount);
        boxes.clear(rows);
        return objects;
    }

    private ObjectFold turned(SlotFold fold) {
        if (fold instanceof ObjectFold already) {
            return already;
        }
        policy.misses().count(function.operator().text(), fold.type());
        ObjectFold objects = (ObjectFold) make(RefFold.class, ElementType.REF);
        objects.load(fold);
        return objects;
    }

    static Column boxed(Column input, int from, int rows, RefColumn boxes) {
        if (input instanceof RefColumn) {
            return input;
        }
        for (int row = from; row < rows; row++) {
            boxes.values()[row] = input.get(row);
        }
        return boxes;
    }

    static Object shown(Object held, Object value) {
        return "(" + held + ", " + value + ")";
    }
}

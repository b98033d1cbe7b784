package io.millrace.plan.type;

import io.millrace.api.PairRDD;
import io.millrace.api.Tuple2;
import io.millrace.api.function.DoubleFlatMapFunction;
import io.millrace.api.function.DoubleFunction;
import io.millrace.api.function.Expression;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.FlatMapFunction2;
import io.millrace.api.function.Function;
import io.millrace.api.function.Function0;
import io.millrace.api.function.Function2;
import io.millrace.api.function.Function3;
import io.millrace.api.function.Function4;
import io.millrace.api.function.PairFlatMapFunction;
import io.millrace.api.function.PairFunction;
import io.millrace.api.function.Recognised;
import io.millrace.type.RecordType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;

/**
 * What type of record a function declares to give. Three places are asked, the surest first: the expression of a {@link
 * Recognised} function; the signature that javac leaves in a serializable lambda; the type arguments a class names
 * where it implements the interface.
 *
 * <p>None of them fails: what cannot be learned is {@link RecordType#UNKNOWN}. A declared type is a promise, not a
 * proof.
 *
 * <p>Cost: reflection, some microseconds; for planning only. Thread: any.
 */
public final class DeclaredTypes {

    private static final RecordType UNKNOWN = RecordType.UNKNOWN;
    private static final RecordType UNKNOWN_PAIR = RecordType.pair(UNKNOWN, UNKNOWN);

    /** Interface, and which of its type arguments is the record that it gives. */
    private record ResultPlace(Class<?> functionInterface, int resultArgument, boolean isMany) {}

    private static final List<ResultPlace> RESULT_PLACES = List.of(
            new ResultPlace(Function.class, 1, false),
            new ResultPlace(FlatMapFunction.class, 1, true),
            new ResultPlace(Function2.class, 2, false),
            new ResultPlace(FlatMapFunction2.class, 2, true),
            new ResultPlace(Function0.class, 0, false),
            new ResultPlace(Function3.class, 3, false),
            new ResultPlace(Function4.class, 4, false));

    private DeclaredTypes() {}

    /** As {@link #resultOf(Object, RecordType)}, when nothing is known of the records that go in. */
    public static RecordType resultOf(Object function) {
        return resultOf(function, UNKNOWN);
    }

    /**
     * Returns the type of the records {@code function} gives when records of type {@code input} go in (of a reducer:
     * values of that type). Of a flat map function it is the type of one record, not of the iterator.
     */
    public static RecordType resultOf(Object function, RecordType input) {
        if (function instanceof Recognised recognised) {
            return resultOf(recognised.expression(), input);
        }
        if (function instanceof DoubleFunction || function instanceof DoubleFlatMapFunction) {
            return RecordType.DOUBLE;
        }
        if (function instanceof PairFunction) {
            return pairOf(function.getClass(), PairFunction.class);
        }
        if (function instanceof PairFlatMapFunction) {
            return pairOf(function.getClass(), PairFlatMapFunction.class);
        }
        for (ResultPlace place : RESULT_PLACES) {
            if (place.functionInterface.isInstance(function)) {
                return resultAt(place, function);
            }
        }
        return UNKNOWN;
    }

    /**
     * Whether a function over datasets declares to give a {@link PairRDD}. A lambda tells by the type that was inferred
     * for it, a class by the type arguments it names.
     *
     * @param functionInterface the interface that it is called by, of which the last type argument is the result
     */
    public static boolean givesPairs(Object function, Class<?> functionInterface) {
        Class<?> lambdaResult = LambdaSignature.resultOf(function);
        if (lambdaResult != null) {
            return PairRDD.class.isAssignableFrom(lambdaResult);
        }
        Type[] arguments = TypeArguments.of(function.getClass(), functionInterface);
        if (arguments == null) {
            return false;
        }
        Type result = arguments[arguments.length - 1];
        Type raw = result instanceof ParameterizedType parameterized ? parameterized.getRawType() : result;
        return raw instanceof Class<?> known && PairRDD.class.isAssignableFrom(known);
    }

    private static RecordType resultAt(ResultPlace place, Object function) {
        Class<?> lambdaResult = place.isMany ? null : LambdaSignature.resultOf(function);
        if (lambdaResult != null) {
            return typeOf(lambdaResult);
        }
        Type[] arguments = TypeArguments.of(function.getClass(), place.functionInterface);
        return arguments == null ? UNKNOWN : typeOf(arguments[place.resultArgument]);
    }

    private static RecordType resultOf(Expression expression, RecordType input) {
        if (isTextOfText(expression)) {
            return textOf(input);
        }
        if (expression instanceof Expression.Test) {
            return RecordType.BOOLEAN;
        }
        if (expression instanceof Expression.Length) {
            return RecordType.INT;
        }
        if (expression instanceof Expression.Parse parse) {
            return parse.type();
        }
        if (expression instanceof Expression.OfField ofField) {
            return resultOf(ofField.function(), textOf(input));
        }
        if (expression instanceof Expression.PairWith with) {
            return RecordType.pair(input, RecordType.ofValue(with.value()));
        }
        if (expression instanceof Expression.PairOf pair) {
            return RecordType.pair(resultOf(pair.key(), input), resultOf(pair.value(), input));
        }
        if (expression instanceof Expression.LongPair) {
            return RecordType.pair(RecordType.LONG, RecordType.LONG);
        }
        if (expression instanceof Expression.ToLane lane) {
            return lane.type();
        }
        if (expression instanceof Expression.Merge merge) {
            return merge.type();
        }
        if (expression instanceof Expression.Min min) {
            return min.type();
        }
        if (expression instanceof Expression.Max max) {
            return max.type();
        }
        RecordType sum = ((Expression.Sum) expression).type();
        return sum == UNKNOWN ? input : sum;
    }

    private static boolean isTextOfText(Expression expression) {
        return expression instanceof Expression.Split
                || expression instanceof Expression.Words
                || expression instanceof Expression.Lines
                || expression instanceof Expression.Field
                || expression instanceof Expression.Trim
                || expression instanceof Expression.ToCase;
    }

    /** Parts of a text lie where the text lies: in the bytes, or in strings. */
    private static RecordType textOf(RecordType input) {
        return input == RecordType.UTF8 || input == UNKNOWN ? input : RecordType.REF;
    }

    private static RecordType pairOf(Class<?> functionClass, Class<?> functionInterface) {
        Type[] arguments = TypeArguments.of(functionClass, functionInterface);
        return arguments == null ? UNKNOWN_PAIR : RecordType.pair(typeOf(arguments[1]), typeOf(arguments[2]));
    }

    private static RecordType typeOf(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            Type[] arguments = parameterized.getActualTypeArguments();
            return parameterized.getRawType() == Tuple2.class
                    ? RecordType.pair(typeOf(arguments[0]), typeOf(arguments[1]))
                    : typeOf(parameterized.getRawType());
        }
        if (type instanceof Class<?> known) {
            if (known == Tuple2.class) {
                return UNKNOWN_PAIR;
            }
            return RecordType.ofResult(known);
        }
        return UNKNOWN;
    }
}

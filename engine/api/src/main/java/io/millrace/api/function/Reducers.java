package io.millrace.api.function;

import io.millrace.type.RecordType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The common reducers, which the engine knows by name and runs as plain loops over primitive values.
 *
 * <p>Sums of int and long wrap round as {@code +} does; least and greatest are those of {@link Math}. Sums, least and greatest are
 * associative and commutative (sums of doubles up to rounding), so they fit every {@code reduce} and {@code
 * reduceByKey}; differences are for what is taken out of a sum again.
 */
public final class Reducers {

    private Reducers() {}

    /** Adds ints. */
    public static IntMerge sumInt() {
        return new Ints(Named.SUM);
    }

    /** Takes the second int from the first: the inverse of {@link #sumInt}, for windows. */
    public static IntMerge subtractInt() {
        return new Ints(Named.SUBTRACT);
    }

    /** Keeps the least int. */
    public static IntMerge minInt() {
        return new Ints(Named.MIN);
    }

    /** Keeps the greatest int. */
    public static IntMerge maxInt() {
        return new Ints(Named.MAX);
    }

    /** Adds longs. */
    public static LongMerge sumLong() {
        return new Longs(Named.SUM);
    }

    /** Takes the second long from the first: the inverse of {@link #sumLong}, for windows. */
    public static LongMerge subtractLong() {
        return new Longs(Named.SUBTRACT);
    }

    /** Keeps the least long. */
    public static LongMerge minLong() {
        return new Longs(Named.MIN);
    }

    /** Keeps the greatest long. */
    public static LongMerge maxLong() {
        return new Longs(Named.MAX);
    }

    /** Adds doubles. */
    public static DoubleMerge sumDouble() {
        return new Doubles(Named.SUM);
    }

    /**
     * Takes the second double from the first: the inverse of {@link #sumDouble}, for windows, where rounding adds up: a window that
     * has slid for long may be off by more than one that is summed anew.
     */
    public static DoubleMerge subtractDouble() {
        return new Doubles(Named.SUBTRACT);
    }

    /** Keeps the least double; NaN wins, and -0.0 is less than 0.0. */
    public static DoubleMerge minDouble() {
        return new Doubles(Named.MIN);
    }

    /** Keeps the greatest double; NaN wins, and 0.0 is greater than -0.0. */
    public static DoubleMerge maxDouble() {
        return new Doubles(Named.MAX);
    }

    /**
     * Adds numbers of any one class of {@code Byte, Short, Integer, Long, Float, Double, BigInteger, BigDecimal}; the
     * sum is of that class. Two numbers of different or of other classes are refused with an {@link
     * IllegalArgumentException}.
     */
    @SuppressWarnings("unchecked")
    public static <V extends Number> Function2<V, V, V> sum() {
        return (Function2<V, V, V>) (Function2<?, ?, ?>) Numbers.SUM;
    }

    /**
     * A running reduction for {@code updateStateByKey}: the state of a key is all its values so far, made one by {@code merge}. Keys
     * without data in a batch are not visited, so a batch costs what its own keys cost.
     */
    public static <V> Function2<List<V>, Optional<V>, Optional<V>> running(Function2<V, V, V> merge) {
        return new Running<>(merge);
    }

    private record Running<V>(Function2<V, V, V> merge)
            implements Function2<List<V>, Optional<V>, Optional<V>>, Recognised {
        Running {
            Objects.requireNonNull(merge, "merge");
        }

        @Override
        public Optional<V> call(List<V> values, Optional<V> state) throws Exception {
            V all = null;
            for (V value : values) {
                all = all == null ? value : merge.call(all, value);
            }
            if (all == null || state.isEmpty()) {
                return all == null ? state : Optional.of(all);
            }
            return Optional.of(merge.call(state.get(), all));
        }

        @Override
        public Expression expression() {
            return new Expression.Running(merge);
        }

        @Override
        public String toString() {
            return "Reducers.running(" + (merge instanceof Recognised ? merge : "lambda") + ")";
        }
    }

    /** What a reducer of primitive values does with two of them. */
    private enum Named {
        SUM,
        SUBTRACT,
        MIN,
        MAX;

        Expression of(RecordType type) {
            return switch (this) {
                case SUM -> new Expression.Sum(type);
                case SUBTRACT -> new Expression.Difference(type);
                case MIN -> new Expression.Min(type);
                case MAX -> new Expression.Max(type);
            };
        }

        String text(String type) {
            return "Reducers." + name().toLowerCase(Locale.ROOT) + type + "()";
        }
    }

    private record Ints(Named by) implements IntMerge {

        @Override
        public int merge(int a, int b) {
            return switch (by) {
                case SUM -> a + b;
                case SUBTRACT -> a - b;
                case MIN -> Math.min(a, b);
                case MAX -> Math.max(a, b);
            };
        }

        @Override
        public Expression expression() {
            return by.of(RecordType.INT);
        }

        @Override
        public String toString() {
            return by.text("Int");
        }
    }

    private record Longs(Named by) implements LongMerge {

        @Override
        public long merge(long a, long b) {
            return switch (by) {
                case SUM -> a + b;
                case SUBTRACT -> a - b;
                case MIN -> Math.min(a, b);
                case MAX -> Math.max(a, b);
            };
        }

        @Override
        public Expression expression() {
            return by.of(RecordType.LONG);
        }

        @Override
        public String toString() {
            return by.text("Long");
        }
    }

    private record Doubles(Named by) implements DoubleMerge {

        @Override
        public double merge(double a, double b) {
            return switch (by) {
                case SUM -> a + b;
                case SUBTRACT -> a - b;
                case MIN -> Math.min(a, b);
                case MAX -> Math.max(a, b);
            };
        }

        @Override
        public Expression expression() {
            return by.of(RecordType.DOUBLE);
        }

        @Override
        public String toString() {
            return by.text("Double");
        }
    }

    private enum Numbers implements Function2<Number, Number, Number>, Recognised {
        SUM;

        @Override
        public Number call(Number a, Number b) {
            if (a instanceof Integer x && b instanceof Integer y) {
                return x + y;
            }
            if (a instanceof Long x && b instanceof Long y) {
                return x + y;
            }
            if (a instanceof Double x && b instanceof Double y) {
                return x + y;
            }
            if (a instanceof Float x && b instanceof Float y) {
                return x + y;
            }
            if (a instanceof Short x && b instanceof Short y) {
                return (short) (x + y);
            }
            if (a instanceof Byte x && b instanceof Byte y) {
                return (byte) (x + y);
            }
            if (a instanceof BigInteger x && b instanceof BigInteger y) {
                return x.add(y);
            }
            if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
                return x.add(y);
            }
            throw new IllegalArgumentException("Reducers.sum() cannot add " + describe(a) + " and " + describe(b)
                    + ", expected two numbers of one class of the JDK's; give reduce a lambda that adds them");
        }

        private static String describe(Number number) {
            return number == null ? "null" : number + " (" + number.getClass().getName() + ")";
        }

        @Override
        public Expression expression() {
            return new Expression.Sum(RecordType.UNKNOWN);
        }

        @Override
        public String toString() {
            return "Reducers.sum()";
        }
    }
}

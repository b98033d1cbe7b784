package io.millrace.api.function;

import io.millrace.type.RecordType;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The common reducers, which the engine knows by name and runs as plain loops over primitive values.
 *
 * <p>Sums of int and long wrap round as {@code +} does; least and greatest are those of {@link Math}. All are
 * associative and commutative (sums of doubles up to rounding), so they fit every {@code reduce} and {@code
 * reduceByKey}.
 */
public final class Reducers {

    private Reducers() {}

    /** Adds ints. */
    public static IntMerge sumInt() {
        return Ints.SUM;
    }

    /** Keeps the least int. */
    public static IntMerge minInt() {
        return Ints.MIN;
    }

    /** Keeps the greatest int. */
    public static IntMerge maxInt() {
        return Ints.MAX;
    }

    /** Adds longs. */
    public static LongMerge sumLong() {
        return Longs.SUM;
    }

    /** Keeps the least long. */
    public static LongMerge minLong() {
        return Longs.MIN;
    }

    /** Keeps the greatest long. */
    public static LongMerge maxLong() {
        return Longs.MAX;
    }

    /** Adds doubles. */
    public static DoubleMerge sumDouble() {
        return Doubles.SUM;
    }

    /** Keeps the least double; NaN wins, and -0.0 is less than 0.0. */
    public static DoubleMerge minDouble() {
        return Doubles.MIN;
    }

    /** Keeps the greatest double; NaN wins, and 0.0 is greater than -0.0. */
    public static DoubleMerge maxDouble() {
        return Doubles.MAX;
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

    private enum Ints implements IntMerge {
        SUM("Reducers.sumInt()", new Expression.Sum(RecordType.INT)) {
            @Override
            public int merge(int a, int b) {
                return a + b;
            }
        },
        MIN("Reducers.minInt()", new Expression.Min(RecordType.INT)) {
            @Override
            public int merge(int a, int b) {
                return Math.min(a, b);
            }
        },
        MAX("Reducers.maxInt()", new Expression.Max(RecordType.INT)) {
            @Override
            public int merge(int a, int b) {
                return Math.max(a, b);
            }
        };

        private final String text;
        private final transient Expression expression;

        Ints(String text, Expression expression) {
            this.text = text;
            this.expression = expression;
        }

        @Override
        public Expression expression() {
            return expression;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private enum Longs implements LongMerge {
        SUM("Reducers.sumLong()", new Expression.Sum(RecordType.LONG)) {
            @Override
            public long merge(long a, long b) {
                return a + b;
            }
        },
        MIN("Reducers.minLong()", new Expression.Min(RecordType.LONG)) {
            @Override
            public long merge(long a, long b) {
                return Math.min(a, b);
            }
        },
        MAX("Reducers.maxLong()", new Expression.Max(RecordType.LONG)) {
            @Override
            public long merge(long a, long b) {
                return Math.max(a, b);
            }
        };

        private final String text;
        private final transient Expression expression;

        Longs(String text, Expression expression) {
            this.text = text;
            this.expression = expression;
        }

        @Override
        public Expression expression() {
            return expression;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private enum Doubles implements DoubleMerge {
        SUM("Reducers.sumDouble()", new Expression.Sum(RecordType.DOUBLE)) {
            @Override
            public double merge(double a, double b) {
                return a + b;
            }
        },
        MIN("Reducers.minDouble()", new Expression.Min(RecordType.DOUBLE)) {
            @Override
            public double merge(double a, double b) {
                return Math.min(a, b);
            }
        },
        MAX("Reducers.maxDouble()", new Expression.Max(RecordType.DOUBLE)) {
            @Override
            public double merge(double a, double b) {
                return Math.max(a, b);
            }
        };

        private final String text;
        private final transient Expression expression;

        Doubles(String text, Expression expression) {
            this.text = text;
            this.expression = expression;
        }

        @Override
        public Expression expression() {
            return expression;
        }

        @Override
        public String toString() {
            return text;
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

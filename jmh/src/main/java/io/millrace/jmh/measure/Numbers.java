package io.millrace.jmh.measure;

import java.util.Arrays;

/** Small statistics. */
public final class Numbers {
    private static final int DIGITS = 4;

    private Numbers() {}

    /** The middle value; of an even number of values the mean of the two in the middle. */
    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The least value that the share {@code q} of the sorted values does not pass. */
    public static double quantile(double[] sorted, double q) {
        return sorted[(int) Math.max(0, Math.ceil(q * sorted.length) - 1)];
    }

    /** Four significant digits: more would be noise. */
    public static double rounded(double value) {
        if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
            return value;
        }
        return new java.math.BigDecimal(value)
                .round(new java.math.MathContext(DIGITS))
                .doubleValue();
    }
}

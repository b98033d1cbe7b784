package io.millrace.engine.action;

import java.util.Arrays;

/** How many of a partition's numbers fall into each bucket: from its lower limit up to, not including, its upper one. */
public final class Histogram extends NumberSink {
    private final double[] limits;
    private final long[] counts;

    /** @param limits ascending, two at least; not changed by anybody */
    public Histogram(double[] limits) {
        this.limits = limits;
        this.counts = new long[limits.length - 1];
    }

    /** Throws {@link IllegalArgumentException} if there are fewer than two limits, or they do not ascend. */
    public static void checkLimits(double[] limits) {
        if (limits.length < 2) {
            throw new IllegalArgumentException(
                    "histogram with " + limits.length + " limits; a bucket needs two, n buckets n + 1");
        }
        for (int i = 1; i < limits.length; i++) {
            if (!(limits[i - 1] <= limits[i])) {
                throw new IllegalArgumentException("histogram with the limit " + limits[i] + " behind " + limits[i - 1]
                        + "; give limits in ascending order");
            }
        }
    }

    /** Limits of so many buckets of equal width; of one bucket if there is no width. */
    public static double[] evenLimits(double min, double max, int buckets) {
        if (!Double.isFinite(min) || !Double.isFinite(max)) {
            throw new UnsupportedOperationException("histogram of numbers from " + min + " to " + max
                    + ": buckets of equal width need finite numbers; filter(), or give limits");
        }
        if (min == max) {
            return new double[] {min, max};
        }
        double[] limits = new double[buckets + 1];
        for (int i = 0; i < buckets; i++) {
            limits[i] = min + (max - min) * i / buckets;
        }
        limits[buckets] = max;
        return limits;
    }

    @Override
    void number(double value) {
        int last = limits.length - 1;
        if (value >= limits[0] && value < limits[last]) {
            int found = Arrays.binarySearch(limits, value);
            counts[found >= 0 ? found : -found - 2]++;
        } else if (value == limits[last]) {
            counts[last - 1]++;
        }
    }

    /** The count of each bucket. */
    public long[] counts() {
        return counts;
    }
}

package io.millrace.api;

import java.io.Serializable;
import java.util.Locale;

/**
 * Count, mean, variance, least and greatest of numbers, in one pass and numerically stable: differences from the running
 * mean are summed, never squares of the numbers themselves. Owner: one thread.
 */
public final class StatCounter implements Serializable {
    private static final long serialVersionUID = 1L;

    private long count;
    private double mean;
    private double squares; // sum of squared differences from the mean
    private double max = Double.NEGATIVE_INFINITY;
    private double min = Double.POSITIVE_INFINITY;

    /** Statistics of nothing yet. */
    public StatCounter() {}

    /** Statistics of these numbers. */
    public StatCounter(Iterable<Double> values) {
        values.forEach(this::merge);
    }

    /** Take a number in. Returns this. */
    public StatCounter merge(double value) {
        double difference = value - mean;
        count++;
        mean += difference / count;
        squares += difference * (value - mean);
        max = Math.max(max, value);
        min = Math.min(min, value);
        return this;
    }

    /** Take in all numbers of another one, which may be this one. Returns this. */
    public StatCounter merge(StatCounter other) {
        if (other.count == 0) {
            return this;
        }
        long both = count + other.count;
        double difference = other.mean - mean;
        squares += other.squares + difference * difference * ((double) count * other.count / both);
        mean = both == 0 ? 0 : (mean * count + other.mean * other.count) / both;
        count = both;
        max = Math.max(max, other.max);
        min = Math.min(min, other.min);
        return this;
    }

    /** Returns another one with the same statistics. */
    public StatCounter copy() {
        return new StatCounter().merge(this);
    }

    /** How many numbers. */
    public long count() {
        return count;
    }

    /** Their mean; NaN of nothing. */
    public double mean() {
        return count == 0 ? Double.NaN : mean;
    }

    /** Their sum; 0 of nothing. */
    public double sum() {
        return count * mean;
    }

    /** The greatest; negative infinity of nothing. */
    public double max() {
        return max;
    }

    /** The least; positive infinity of nothing. */
    public double min() {
        return min;
    }

    /** The same as {@link #popVariance()}. */
    public double variance() {
        return popVariance();
    }

    /** The variance of a whole population: divided by the count. NaN of nothing. */
    public double popVariance() {
        return count == 0 ? Double.NaN : squares / count;
    }

    /** The variance of a sample: divided by the count less one. NaN of fewer than two. */
    public double sampleVariance() {
        return count <= 1 ? Double.NaN : squares / (count - 1);
    }

    /** The same as {@link #popStdev()}. */
    public double stdev() {
        return popStdev();
    }

    /** The square root of {@link #popVariance()}. */
    public double popStdev() {
        return Math.sqrt(popVariance());
    }

    /** The square root of {@link #sampleVariance()}. */
    public double sampleStdev() {
        return Math.sqrt(sampleVariance());
    }

    /** {@code (count: 2, mean: 1.500000, stdev: 0.500000, max: 2.000000, min: 1.000000)}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "(count: %d, mean: %f, stdev: %f, max: %f, min: %f)", count, mean(), stdev(), max, min);
    }
}

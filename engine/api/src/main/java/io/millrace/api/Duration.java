package io.millrace.api;

import java.io.Serializable;
import java.util.Locale;

/**
 * A length of time in whole milliseconds; negative lengths are allowed. Immutable; {@link Durations} makes the common
 * ones.
 *
 * @param milliseconds the length
 */
public record Duration(long milliseconds) implements Comparable<Duration>, Serializable {

    /** Whether this is shorter than {@code that}. */
    public boolean less(Duration that) {
        return milliseconds < that.milliseconds;
    }

    /** Whether this is shorter than {@code that}, or as long. */
    public boolean lessEq(Duration that) {
        return milliseconds <= that.milliseconds;
    }

    /** Whether this is longer than {@code that}. */
    public boolean greater(Duration that) {
        return milliseconds > that.milliseconds;
    }

    /** Whether this is longer than {@code that}, or as long. */
    public boolean greaterEq(Duration that) {
        return milliseconds >= that.milliseconds;
    }

    /** Returns this and {@code that} together. */
    public Duration plus(Duration that) {
        return new Duration(milliseconds + that.milliseconds);
    }

    /** Returns this without {@code that}. */
    public Duration minus(Duration that) {
        return new Duration(milliseconds - that.milliseconds);
    }

    /** Returns {@code factor} times this. */
    public Duration times(int factor) {
        return new Duration(milliseconds * factor);
    }

    /** Returns how often {@code that} fits into this, fractions included: 1000 ms by 2000 ms is 0.5. */
    public double div(Duration that) {
        return (double) milliseconds / that.milliseconds;
    }

    /**
     * Whether {@code that} fits into this without a rest.
     *
     * @throws ArithmeticException if {@code that} is zero
     */
    public boolean isMultipleOf(Duration that) {
        return milliseconds % that.milliseconds == 0;
    }

    /** Returns the shorter of the two. */
    public Duration min(Duration that) {
        return less(that) ? this : that;
    }

    /** Returns the longer of the two. */
    public Duration max(Duration that) {
        return greater(that) ? this : that;
    }

    /** Whether this is no time at all. */
    public boolean isZero() {
        return milliseconds == 0;
    }

    /** Returns the number of milliseconds as text, without a unit. */
    public String toFormattedString() {
        return Long.toString(milliseconds);
    }

    /** Returns a text for people: {@code 500 ms}, {@code 2.0 s}, {@code 1.5 m}, {@code 2.25 h}. */
    public String prettyPrint() {
        if (milliseconds < 1_000) {
            return milliseconds + " ms";
        }
        if (milliseconds < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", milliseconds / 1_000.0);
        }
        if (milliseconds < 3_600_000) {
            return String.format(Locale.ROOT, "%.1f m", milliseconds / 60_000.0);
        }
        return String.format(Locale.ROOT, "%.2f h", milliseconds / 3_600_000.0);
    }

    @Override
    public int compareTo(Duration that) {
        return Long.compare(milliseconds, that.milliseconds);
    }

    /** {@code 1000 ms}. */
    @Override
    public String toString() {
        return milliseconds + " ms";
    }
}

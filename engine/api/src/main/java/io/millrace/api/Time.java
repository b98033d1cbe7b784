package io.millrace.api;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A moment in whole milliseconds since 1970-01-01T00:00Z; the time of a batch is one. Immutable.
 *
 * @param milliseconds since the epoch
 */
public record Time(long milliseconds) implements Comparable<Time>, Serializable {

    /** Returns the order of time: earlier first. */
    public static Comparator<Time> ordering() {
        return Comparator.naturalOrder();
    }

    /** Whether this is before {@code that}. */
    public boolean less(Time that) {
        return milliseconds < that.milliseconds;
    }

    /** Whether this is before {@code that}, or the same. */
    public boolean lessEq(Time that) {
        return milliseconds <= that.milliseconds;
    }

    /** Whether this is after {@code that}. */
    public boolean greater(Time that) {
        return milliseconds > that.milliseconds;
    }

    /** Whether this is after {@code that}, or the same. */
    public boolean greaterEq(Time that) {
        return milliseconds >= that.milliseconds;
    }

    /** Returns the moment {@code duration} later. */
    public Time plus(Duration duration) {
        return new Time(milliseconds + duration.milliseconds());
    }

    /** Returns the time from {@code that} to this; negative if {@code that} is later. */
    public Duration minus(Time that) {
        return new Duration(milliseconds - that.milliseconds);
    }

    /** Returns the moment {@code duration} earlier. */
    public Time minus(Duration duration) {
        return new Time(milliseconds - duration.milliseconds());
    }

    /**
     * Returns the latest multiple of {@code grid} that is not after this.
     *
     * @throws IllegalArgumentException if {@code grid} is not positive
     */
    public Time floor(Duration grid) {
        return floor(grid, new Time(0));
    }

    /**
     * Returns the latest moment not after this that lies a multiple of {@code grid} from {@code zero}: 1350 ms by 200
     * ms from 50 ms is 1250 ms.
     *
     * @throws IllegalArgumentException if {@code grid} is not positive
     */
    public Time floor(Duration grid, Time zero) {
        requirePositive(grid, "grid");
        return new Time(milliseconds - Math.floorMod(milliseconds - zero.milliseconds, grid.milliseconds()));
    }

    /**
     * Whether this is a multiple of {@code duration} from the epoch.
     *
     * @throws ArithmeticException if {@code duration} is zero
     */
    public boolean isMultipleOf(Duration duration) {
        return milliseconds % duration.milliseconds() == 0;
    }

    /** Returns the earlier of the two. */
    public Time min(Time that) {
        return less(that) ? this : that;
    }

    /** Returns the later of the two. */
    public Time max(Time that) {
        return greater(that) ? this : that;
    }

    /**
     * Returns the moments from this on, {@code step} apart and before {@code end}, in a list that cannot be changed.
     *
     * @throws IllegalArgumentException if {@code step} is not positive
     */
    public List<Time> until(Time end, Duration step) {
        return series(end, step, false);
    }

    /**
     * Returns the moments from this on, {@code step} apart and not after {@code end}, in a list that cannot be changed.
     *
     * @throws IllegalArgumentException if {@code step} is not positive
     */
    public List<Time> to(Time end, Duration step) {
        return series(end, step, true);
    }

    private List<Time> series(Time end, Duration step, boolean isEndIncluded) {
        requirePositive(step, "step");
        List<Time> times = new ArrayList<>();
        for (Time at = this; at.less(end) || (isEndIncluded && at.equals(end)); at = at.plus(step)) {
            times.add(at);
        }
        return List.copyOf(times);
    }

    private static void requirePositive(Duration duration, String name) {
        if (duration.milliseconds() <= 0) {
            throw new IllegalArgumentException(name + " is " + duration + ", expected at least 1 ms");
        }
    }

    @Override
    public int compareTo(Time that) {
        return Long.compare(milliseconds, that.milliseconds);
    }

    /** {@code 1357008430000 ms}. */
    @Override
    public String toString() {
        return milliseconds + " ms";
    }
}

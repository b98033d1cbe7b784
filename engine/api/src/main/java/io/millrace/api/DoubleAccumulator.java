package io.millrace.api;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sum and count of numbers. Workers that add at once do not wait for each other, and so the order of a sum, and its last
 * digits, may differ from run to run.
 */
public final class DoubleAccumulator extends AccumulatorV2<Double, Double> {
    private static final long serialVersionUID = 1L;

    private final DoubleAdder sum = new DoubleAdder();
    private final LongAdder count = new LongAdder();

    /** An accumulator of nothing yet. */
    public DoubleAccumulator() {}

    @Override
    public boolean isZero() {
        return count.sum() == 0 && sum.sum() == 0;
    }

    @Override
    public DoubleAccumulator copy() {
        DoubleAccumulator copy = new DoubleAccumulator();
        copy.merge(this);
        return copy;
    }

    @Override
    public void reset() {
        sum.reset();
        count.reset();
    }

    @Override
    public void add(Double value) {
        add(value.doubleValue());
    }

    /** Add, without an object. */
    public void add(double value) {
        sum.add(value);
        count.increment();
    }

    @Override
    public void merge(AccumulatorV2<Double, Double> other) {
        if (!(other instanceof DoubleAccumulator that)) {
            throw cannotMerge(other);
        }
        sum.add(that.sum());
        count.add(that.count());
    }

    /** How many numbers were added. */
    public long count() {
        return count.sum();
    }

    /** Their sum. */
    public double sum() {
        return sum.sum();
    }

    /** Their mean; NaN of nothing. */
    public double avg() {
        return sum.sum() / count.sum();
    }

    /** The same as {@link #sum()}. */
    @Override
    public Double value() {
        return sum.sum();
    }
}

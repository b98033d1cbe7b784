package io.millrace.api;

import java.util.concurrent.atomic.LongAdder;

/**
 * Sum and count of whole numbers. Workers that add at once do not wait for each other; a reader sees all additions that
 * ended before, and sum and count are read one after the other.
 */
public final class LongAccumulator extends AccumulatorV2<Long, Long> {
    private static final long serialVersionUID = 1L;

    private final LongAdder sum = new LongAdder();
    private final LongAdder count = new LongAdder();

    /** An accumulator of nothing yet. */
    public LongAccumulator() {}

    @Override
    public boolean isZero() {
        return count.sum() == 0 && sum.sum() == 0;
    }

    @Override
    public LongAccumulator copy() {
        LongAccumulator copy = new LongAccumulator();
        copy.merge(this);
        return copy;
    }

    @Override
    public void reset() {
        sum.reset();
        count.reset();
    }

    @Override
    public void add(Long value) {
        add(value.longValue());
    }

    /** Add, without an object. */
    public void add(long value) {
        sum.add(value);
        count.increment();
    }

    @Override
    public void merge(AccumulatorV2<Long, Long> other) {
        if (!(other instanceof LongAccumulator that)) {
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
    public long sum() {
        return sum.sum();
    }

    /** Their mean; NaN of nothing. */
    public double avg() {
        return (double) sum.sum() / count.sum();
    }

    /** The same as {@link #sum()}. */
    @Override
    public Long value() {
        return sum.sum();
    }
}

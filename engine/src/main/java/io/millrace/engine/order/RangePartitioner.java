package io.millrace.engine.order;

import io.millrace.api.Partitioner;
import java.util.Arrays;
import java.util.Comparator;

/** Spreads keys by their order: each partition holds the keys up to its bound, the last one the rest. */
public final class RangePartitioner extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final Object[] bounds;
    private final Comparator<Object> order;

    /**
     * A partition more than there are bounds.
     *
     * @param bounds ascending in {@code order}
     */
    public RangePartitioner(Object[] bounds, Comparator<Object> order) {
        this.bounds = bounds;
        this.order = order;
    }

    @Override
    public int numPartitions() {
        return bounds.length + 1;
    }

    @Override
    public int getPartition(Object key) {
        int found = Arrays.binarySearch(bounds, key, order);
        return found >= 0 ? found : -found - 1;
    }

    /** Whether keys are spread in that order. */
    public boolean isBy(Comparator<?> other) {
        return order.equals(other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RangePartitioner that && order.equals(that.order) && Arrays.equals(bounds, that.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        return "RangePartitioner(" + numPartitions() + ")";
    }
}

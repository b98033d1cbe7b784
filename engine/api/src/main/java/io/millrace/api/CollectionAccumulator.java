package io.millrace.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A list of what was added; those of one worker are in its order. Workers that add at once do not wait for each other.
 * Costs memory for each addition.
 *
 * @param <T> type of what is added, not null
 */
public final class CollectionAccumulator<T> extends AccumulatorV2<T, List<T>> {
    private static final long serialVersionUID = 1L;

    private final Queue<T> added = new ConcurrentLinkedQueue<>();

    /** An accumulator of nothing yet. */
    public CollectionAccumulator() {}

    @Override
    public boolean isZero() {
        return added.isEmpty();
    }

    @Override
    public CollectionAccumulator<T> copy() {
        CollectionAccumulator<T> copy = new CollectionAccumulator<>();
        copy.added.addAll(added);
        return copy;
    }

    @Override
    public void reset() {
        added.clear();
    }

    @Override
    public void add(T value) {
        added.add(value);
    }

    @Override
    public void merge(AccumulatorV2<T, List<T>> other) {
        if (!(other instanceof CollectionAccumulator<T> that)) {
            throw cannotMerge(other);
        }
        added.addAll(that.value());
    }

    /** A copy of the list, which cannot be changed. */
    @Override
    public List<T> value() {
        return Collections.unmodifiableList(new ArrayList<>(added));
    }
}

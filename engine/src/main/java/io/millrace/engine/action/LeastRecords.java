package io.millrace.engine.action;

import java.util.Collection;
import java.util.Comparator;
import java.util.PriorityQueue;

/** The least of all records it is given, at most so many. Owner: one worker. */
public final class LeastRecords<T> {
    private final int limit;
    private final Comparator<T> order;
    private final PriorityQueue<T> kept;

    /** At most {@code limit} records, which is above 0. */
    public LeastRecords(int limit, Comparator<T> order) {
        this.limit = limit;
        this.order = order;
        this.kept = new PriorityQueue<>(order.reversed()); // the greatest first: the next to go
    }

    /** Take a record; gives this. */
    public LeastRecords<T> add(T record) {
        if (kept.size() < limit) {
            kept.add(record);
        } else if (order.compare(record, kept.peek()) < 0) {
            kept.poll();
            kept.add(record);
        }
        return this;
    }

    /** In no order. */
    public Collection<T> records() {
        return kept;
    }
}

package io.millrace.engine.dataset;

import io.millrace.api.Tuple2;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The first record of one side with the first of the other, and so on. Owner: one thread. */
public final class ZippedIterator implements Iterator<Tuple2<Object, Object>> {
    private final Iterator<Object> left;
    private final Iterator<Object> right;
    private long pairs;

    /** Of two sides; that they have different numbers of records is found at the end. */
    public ZippedIterator(Iterator<Object> left, Iterator<Object> right) {
        this.left = left;
        this.right = right;
    }

    @Override
    public boolean hasNext() {
        boolean hasLeft = left.hasNext();
        if (hasLeft != right.hasNext()) {
            throw new IllegalStateException("zip of partitions with different numbers of records: the "
                    + (hasLeft ? "other has" : "first has") + " only " + pairs
                    + "; join by zipWithIndex() instead, or use zipPartitions");
        }
        return hasLeft;
    }

    @Override
    public Tuple2<Object, Object> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more pairs; ask hasNext()");
        }
        pairs++;
        return new Tuple2<>(left.next(), right.next());
    }
}

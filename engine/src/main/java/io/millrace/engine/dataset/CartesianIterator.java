package io.millrace.engine.dataset;

import io.millrace.api.Tuple2;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Each record of the left with each of the right. Holds the right ones. Owner: one thread. */
final class CartesianIterator implements Iterator<Tuple2<Object, Object>> {
    private final Iterator<Object> lefts;
    private final List<Object> rights;
    private Object left;
    private int right;

    CartesianIterator(Iterator<Object> lefts, Iterator<Object> rights) {
        this.lefts = lefts;
        this.rights = Narrowed.listOf(rights);
        this.right = this.rights.size();
    }

    @Override
    public boolean hasNext() {
        return right < rights.size() || !rights.isEmpty() && lefts.hasNext();
    }

    @Override
    public Tuple2<Object, Object> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more pairs; ask hasNext()");
        }
        if (right == rights.size()) {
            left = lefts.next();
            right = 0;
        }
        return new Tuple2<>(left, rights.get(right++));
    }
}

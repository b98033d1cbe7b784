package io.millrace.engine.action;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;

/** All records of a dataset, one partition at a time. Owner: one thread. */
public final class PartitionsIterator<T> implements Iterator<T> {
    private final int partitions;
    private final Runnable check;
    private final IntFunction<List<T>> computed;
    private int next;
    private Iterator<T> records = Collections.emptyIterator();

    /**
     * Begins before the first partition.
     *
     * @param check throws if the time of the dataset is over
     * @param computed the records of a partition
     */
    public PartitionsIterator(int partitions, Runnable check, IntFunction<List<T>> computed) {
        this.partitions = partitions;
        this.check = check;
        this.computed = computed;
    }

    @Override
    public boolean hasNext() {
        check.run();
        while (!records.hasNext() && next < partitions) {
            records = computed.apply(next++).iterator();
        }
        return records.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the dataset has no more records; ask hasNext()");
        }
        return records.next();
    }
}

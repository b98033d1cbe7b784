package io.millrace.engine.dataset;

import java.util.Iterator;
import java.util.function.BiFunction;

/** Each record with its place in the partition, made another. Owner: one thread. */
public final class MappingIterator implements Iterator<Object> {
    private final Iterator<Object> records;
    private final BiFunction<Object, Long, Object> function;
    private long place;

    /** Of these records, through a function of the record and its place from 0 on. */
    public MappingIterator(Iterator<Object> records, BiFunction<Object, Long, Object> function) {
        this.records = records;
        this.function = function;
    }

    @Override
    public boolean hasNext() {
        return records.hasNext();
    }

    @Override
    public Object next() {
        return function.apply(records.next(), place++);
    }
}

package io.millrace.engine.group;

import java.util.AbstractList;
import java.util.RandomAccess;

/**
 * The values of one key, as the {@code Iterable} that programs get: an immutable list, nulls among its elements, which may be
 * kept as long as one likes.
 */
final class GroupedValues<V> extends AbstractList<V> implements RandomAccess {
    private final Object[] values;

    /** @param values belong to this list from now on */
    GroupedValues(Object[] values) {
        this.values = values;
    }

    @Override
    @SuppressWarnings("unchecked") // the program's types say so
    public V get(int index) {
        return (V) values[index];
    }

    @Override
    public int size() {
        return values.length;
    }
}

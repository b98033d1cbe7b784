package io.millrace.offheap.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers by which bytes name classes: given at first use, from 0 on, and kept with the classes' names by whoever keeps the
 * bytes. Safe from several threads.
 */
public final class ClassTable {
    private final Map<Class<?>, Integer> ids = new HashMap<>();
    private final List<Class<?>> classes = new ArrayList<>();

    /** A table without classes. */
    public ClassTable() {}

    /**
     * How many classes have a number.
     *
     * @return the next number
     */
    public synchronized int size() {
        return classes.size();
    }

    /** The number of a class; a new one if it has none yet. */
    synchronized int idOf(Class<?> type) {
        Integer known = ids.get(type);
        if (known == null) {
            known = classes.size();
            ids.put(type, known);
            classes.add(type);
        }
        return known;
    }

    /** The class of a number; null if the number was not given. */
    synchronized Class<?> classOf(int id) {
        return id >= 0 && id < classes.size() ? classes.get(id) : null;
    }
}

package io.millrace.offheap.codec;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The numbers by which bytes name classes: given at first use, from 0 on, and kept with the classes' names by whoever keeps the
 * bytes. Safe from several threads; looking up takes no lock.
 */
public final class ClassTable {
    private final Map<Class<?>, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, RuntimeException> unreadable = new ConcurrentHashMap<>();
    private volatile Class<?>[] classes = new Class<?>[0];

    /** A table without classes. */
    public ClassTable() {}

    /**
     * How many classes have a number.
     *
     * @return the next number
     */
    public int size() {
        return classes.length;
    }

    /** The number of a class; a new one if it has none yet. */
    int idOf(Class<?> type) {
        Integer known = ids.get(type);
        return known != null ? known : added(type);
    }

    private synchronized int added(Class<?> type) {
        Integer known = ids.get(type);
        if (known != null) {
            return known;
        }
        int id = classes.length;
        Class<?>[] more = Arrays.copyOf(classes, id + 1);
        more[id] = type;
        // The class goes first: who is told the number may ask for it at once.
        classes = more;
        ids.put(type, id);
        return id;
    }

    /** Give the next number to a class whose objects cannot be read. */
    synchronized void addUnreadable(RuntimeException why) {
        int id = classes.length;
        unreadable.put(id, why);
        classes = Arrays.copyOf(classes, id + 1);
    }

    /** Why the objects of a number's class cannot be read; null if there is no such number. */
    RuntimeException whyUnreadable(int id) {
        return unreadable.get(id);
    }

    /** The class of a number; null if the number was not given, or to one that cannot be read. */
    Class<?> classOf(int id) {
        Class<?>[] known = classes;
        return id >= 0 && id < known.length ? known[id] : null;
    }
}

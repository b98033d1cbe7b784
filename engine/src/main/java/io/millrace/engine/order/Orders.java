package io.millrace.engine.order;

import java.util.Comparator;

/** The natural order of whatever has one. */
public final class Orders {
    /** Throws {@link ClassCastException} at what has none. */
    @SuppressWarnings("unchecked") // compared as objects, so that the failure is that of the records
    private static final Comparator<Object> NATURAL = (left, right) -> ((Comparable<Object>) left).compareTo(right);

    private Orders() {}

    /** The natural order; always the same object. */
    @SuppressWarnings("unchecked") // it compares anything, or says why not
    public static <T> Comparator<T> natural() {
        return (Comparator<T>) NATURAL;
    }

    /** The same order, of records whose type is not known any more. */
    @SuppressWarnings("unchecked") // it is given records of its type
    public static Comparator<Object> ofObjects(Comparator<?> order) {
        return (Comparator<Object>) order;
    }

    /** An order or its reverse. */
    public static <T> Comparator<T> directed(Comparator<T> order, boolean ascending) {
        return ascending ? order : order.reversed();
    }
}

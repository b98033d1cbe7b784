package io.millrace.api;

import java.io.Serializable;
import java.util.Objects;

/**
 * Two values; in a stream of pairs the key and the value. Fields and accessors have the same names, so both {@code
 * t._1} and {@code t._1()} compile.
 */
public final class Tuple2<T1, T2> implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The first value, the key of a pair; may be null. */
    public final T1 _1;

    /** The second value; may be null. */
    public final T2 _2;

    public Tuple2(T1 first, T2 second) {
        this._1 = first;
        this._2 = second;
    }

    /** The first value. */
    public T1 _1() {
        return _1;
    }

    /** The second value. */
    public T2 _2() {
        return _2;
    }

    /** Returns a new tuple with the two values the other way round. */
    public Tuple2<T2, T1> swap() {
        return new Tuple2<>(_2, _1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tuple2<?, ?> that && Objects.equals(_1, that._1) && Objects.equals(_2, that._2);
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hashCode(_1) + Objects.hashCode(_2);
    }

    /** {@code (first,second)}, without a blank, as Scala writes it. */
    @Override
    public String toString() {
        return "(" + _1 + "," + _2 + ")";
    }
}

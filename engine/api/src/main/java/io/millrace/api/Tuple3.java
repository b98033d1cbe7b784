package io.millrace.api;

import java.io.Serializable;
import java.util.Objects;

/** Three values. Fields and accessors have the same names, so both {@code t._1} and {@code t._1()} compile. */
public final class Tuple3<T1, T2, T3> implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The first value; may be null. */
    public final T1 _1;

    /** The second value; may be null. */
    public final T2 _2;

    /** The third value; may be null. */
    public final T3 _3;

    public Tuple3(T1 first, T2 second, T3 third) {
        this._1 = first;
        this._2 = second;
        this._3 = third;
    }

    /** The first value. */
    public T1 _1() {
        return _1;
    }

    /** The second value. */
    public T2 _2() {
        return _2;
    }

    /** The third value. */
    public T3 _3() {
        return _3;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tuple3<?, ?, ?> that
                && Objects.equals(_1, that._1)
                && Objects.equals(_2, that._2)
                && Objects.equals(_3, that._3);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Objects.hashCode(_1) + Objects.hashCode(_2)) + Objects.hashCode(_3);
    }

    /** {@code (first,second,third)}, without blanks, as Scala writes it. */
    @Override
    public String toString() {
        return "(" + _1 + "," + _2 + "," + _3 + ")";
    }
}

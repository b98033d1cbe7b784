package io.millrace.api;

import java.io.Serializable;
import java.util.Objects;

/** Four values. Fields and accessors have the same names, so both {@code t._1} and {@code t._1()} compile. */
public final class Tuple4<T1, T2, T3, T4> implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The first value; may be null. */
    public final T1 _1;

    /** The second value; may be null. */
    public final T2 _2;

    /** The third value; may be null. */
    public final T3 _3;

    /** The fourth value; may be null. */
    public final T4 _4;

    public Tuple4(T1 first, T2 second, T3 third, T4 fourth) {
        this._1 = first;
        this._2 = second;
        this._3 = third;
        this._4 = fourth;
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

    /** The fourth value. */
    public T4 _4() {
        return _4;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tuple4<?, ?, ?, ?> that
                && Objects.equals(_1, that._1)
                && Objects.equals(_2, that._2)
                && Objects.equals(_3, that._3)
                && Objects.equals(_4, that._4);
    }

    @Override
    public int hashCode() {
        return Objects.hash(_1, _2, _3, _4);
    }

    /** {@code (first,second,third,fourth)}, without blanks, as Scala writes it. */
    @Override
    public String toString() {
        return "(" + _1 + "," + _2 + "," + _3 + "," + _4 + ")";
    }
}

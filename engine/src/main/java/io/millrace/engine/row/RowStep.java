package io.millrace.engine.row;

import io.millrace.api.Tuple2;
import io.millrace.engine.function.FunctionFailure;
import io.millrace.engine.function.ShapeClasses;

/**
 * One plain function inside a chain: takes a row, hands what becomes of it to the next step. The typed forms carry a
 * value without a box; a step that does not care for types sees the boxed row.
 *
 * <p>Subclasses are templates: {@link ShapeClasses} defines a copy of each for every shape of chain, so that the call of
 * the user's function and the call of the next step stay monomorphic in that copy. They therefore keep their state in
 * fields, and take everything through the constructor {@code (OperatorFunction, RowStep)}.
 *
 * <p>Owner: one worker. Any exception of a user's function leaves as {@link FunctionFailure}.
 */
public abstract class RowStep {
    /** Take a row as an object. */
    public abstract void row(Object row) throws Exception;

    /** Take a keyed row. */
    public void pairRow(Object key, Object value) throws Exception {
        row(new Tuple2<>(key, value));
    }

    /** Take an int. */
    public void intRow(int value) throws Exception {
        row(value);
    }

    /** Take a long. */
    public void longRow(long value) throws Exception {
        row(value);
    }

    /** Take a double. */
    public void doubleRow(double value) throws Exception {
        row(value);
    }

    /** Take a boolean. */
    public void booleanRow(boolean value) throws Exception {
        row(value);
    }

    /** Take a keyed row of two longs. */
    public void longPairRow(long key, long value) throws Exception {
        pairRow(key, value);
    }
}

package io.millrace.api.function;

/**
 * A function whose meaning the planner can read, so that it may run over a block's bytes or over primitive values.
 *
 * <p>The object stays an ordinary function: called the ordinary way it gives the same results.
 */
public interface Recognised {

    /** What this function means. Two calls give equal expressions. */
    Expression expression();
}

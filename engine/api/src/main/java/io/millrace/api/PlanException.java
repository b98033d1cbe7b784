package io.millrace.api;

/**
 * A program's plan cannot be run as it is: an argument that does not fit, an operator that nothing can execute, a
 * stream without an output. Thrown while the plan is built or when it starts. It is an {@link
 * IllegalArgumentException}, which is what programs written for Spark catch.
 */
public class PlanException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** The message names the operator, the value, the bound and the way out. */
    public PlanException(String message) {
        super(message);
    }
}

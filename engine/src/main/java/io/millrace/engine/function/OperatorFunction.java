package io.millrace.engine.function;

import io.millrace.plan.OperatorId;
import java.util.Objects;

/** A user's function and the operator that it was given to. */
public record OperatorFunction(OperatorId operator, Object function) {
    /** What is said of a function that gave null where an iterator is due. */
    public static final String NO_ITERATOR = "the function gave no iterator; give an empty one";

    /** Neither may be null. */
    public OperatorFunction {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(function, "function");
    }

    /** What leaves a loop when this function threw on a row. */
    public FunctionFailure failed(Object row, Throwable cause) {
        return FunctionFailure.of(operator, row, cause);
    }

    /**
     * This function of one row threw: leave the row out if the failure policy says so. The loop goes on with the next row when
     * this returns. Not for functions of a whole partition, and not for bodies of outputs.
     *
     * @throws FunctionFailure what leaves the loop otherwise
     */
    public void skipOrThrow(Object row, Throwable cause) {
        if (!SkippingTask.skip(operator, row, cause)) {
            throw failed(row, cause);
        }
    }
}

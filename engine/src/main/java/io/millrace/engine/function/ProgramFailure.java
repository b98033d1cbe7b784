package io.millrace.engine.function;

import io.millrace.api.MillraceException;
import io.millrace.api.UserFunctionException;
import io.millrace.plan.OperatorId;

/** What a function of the program that works on a whole batch threw, as it is reported. */
public final class ProgramFailure {
    private ProgramFailure() {}

    /** With the operator and the batch named; what names its place already is left as it is. */
    public static Exception of(OperatorId operator, long batchTimeMs, Exception thrown) {
        return thrown instanceof MillraceException
                ? thrown
                : new UserFunctionException(operator.text(), batchTimeMs, thrown);
    }
}

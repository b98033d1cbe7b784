package io.millrace.engine.function;

import io.millrace.plan.OperatorId;

/** A user's function threw. Carries what only the row loop knows; the task adds batch time and partition. */
public final class FunctionFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient OperatorId operator;
    private final String record;

    private FunctionFailure(OperatorId operator, String record, Throwable cause) {
        super(null, cause, false, false);
        this.operator = operator;
        this.record = record;
    }

    /** Errors of the JVM itself, such as a full heap, pass through unwrapped. */
    static FunctionFailure of(OperatorId operator, Object row, Throwable cause) {
        if (cause instanceof VirtualMachineError fatal && !(fatal instanceof StackOverflowError)) {
            throw fatal;
        }
        return new FunctionFailure(operator, Texts.shortened(row), cause);
    }

    /** The operator whose function threw. */
    public OperatorId operator() {
        return operator;
    }

    /** The row it threw on, as text of at most about 200 characters. */
    public String record() {
        return record;
    }
}

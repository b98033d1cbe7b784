package io.millrace.engine.function;

import io.millrace.plan.OperatorId;

/** A user's function threw. Carries what only the row loop knows; the task adds batch time and partition. */
public final class FunctionFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient OperatorId operator;
    private final transient Object record;

    private FunctionFailure(OperatorId operator, Object record, Throwable cause) {
        super(null, cause, false, false);
        this.operator = operator;
        this.record = record;
    }

    /** Errors of the JVM itself, such as a full heap, pass through unwrapped. */
    static FunctionFailure of(OperatorId operator, Object row, Throwable cause) {
        if (cause instanceof VirtualMachineError fatal && !(fatal instanceof StackOverflowError)) {
            throw fatal;
        }
        return new FunctionFailure(operator, row, cause);
    }

    /** The operator whose function threw. */
    public OperatorId operator() {
        return operator;
    }

    /** The row it threw on; its text is the exception's business that users see. */
    public Object record() {
        return record;
    }
}

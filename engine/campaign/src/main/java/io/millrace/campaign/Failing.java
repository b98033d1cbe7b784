package io.millrace.campaign;

import io.millrace.checkpoint.file.CheckpointException;
import java.io.IOException;

/** Lets the n-th operation of a disk fail, or all from it on. One thread at a time. */
final class Failing implements Watch {
    private static final int FEW_BYTES = 3;

    /** In which way. */
    enum Fault {
        ERROR("Input/output error", false),
        NO_SPACE("No space left on device", false),
        /** After a few bytes of a write. */
        ERROR_IN_WRITE("Input/output error", true),
        NO_SPACE_IN_WRITE("No space left on device", true);

        private final String text;
        private final boolean isInWrite;

        Fault(String text, boolean isInWrite) {
            this.text = text;
            this.isInWrite = isInWrite;
        }
    }

    private final long operation;
    private final Fault fault;
    private final boolean isForEver;
    private long operations;

    /** @param operation from 1; 0 for none */
    Failing(long operation, Fault fault, boolean isForEver) {
        this.operation = operation;
        this.fault = fault;
        this.isForEver = isForEver;
    }

    /** How many there were. */
    long operations() {
        return operations;
    }

    @Override
    public void at(Act act, Moment moment, String name) throws IOException {
        if (moment == Moment.BEFORE) {
            operations++;
        }
        boolean isWritten = fault.isInWrite && (act == Act.WRITE || act == Act.RESERVE);
        if (fails() && moment == (isWritten ? Moment.MID : Moment.BEFORE)) {
            throw CheckpointException.ofIo(act.toString(), name, -1, new IOException(fault.text));
        }
    }

    @Override
    public long first(Act act, String name, long bytes) {
        return fault.isInWrite && fails() ? Math.min(FEW_BYTES, bytes / 2) : bytes;
    }

    private boolean fails() {
        return operation > 0 && (isForEver ? operations >= operation : operations == operation);
    }

    @Override
    public String toString() {
        return fault + (isForEver ? " from operation " : " at operation ") + operation;
    }
}

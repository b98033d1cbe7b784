package io.millrace.checkpoint.simulation;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** Is asked before every operation. */
@FunctionalInterface
public interface FaultHook {

    /** Nothing goes wrong. */
    FaultHook NONE = (number, operation, name) -> {};

    /**
     * Let an operation be, or throw instead: a {@link SimulatedCrash} ends the process, an {@link IOException} is a failure of
     * the disk.
     *
     * @param number of the operation since the last {@link SimulatedFileStore#hook}, from 1
     * @param operation of which kind
     * @param name of the file or folder
     * @throws IOException to fail the operation; a failed {@link Operation#FORCE} loses what {@link ForceFailure} says
     */
    void before(long number, Operation operation, String name) throws IOException;

    /**
     * Let the process end before an operation.
     *
     * @param crashNumber of the operation
     * @return the hook
     */
    static FaultHook crashAt(long crashNumber) {
        return (number, operation, name) -> {
            if (number == crashNumber) {
                throw new SimulatedCrash("before operation " + number + ", " + operation + " of '" + name + "'");
            }
        };
    }

    /**
     * Fail an operation, once.
     *
     * @param failNumber of the operation
     * @return the hook
     */
    static FaultHook failAt(long failNumber) {
        return (number, operation, name) -> {
            if (number == failNumber) {
                throw new IOException("Input/output error");
            }
        };
    }

    /**
     * Fail one kind of operation from a time on.
     *
     * @param failing which kind
     * @param from which of this kind is the first that fails, from 1
     * @param isForEver whether those behind it fail too
     * @param message of the failure, such as "Input/output error"
     * @return the hook, which counts what it is asked: for one store
     */
    static FaultHook failFrom(Operation failing, long from, boolean isForEver, String message) {
        AtomicLong count = new AtomicLong();
        return (number, operation, name) -> {
            if (operation == failing) {
                long asked = count.incrementAndGet();
                if (asked == from || isForEver && asked > from) {
                    throw new IOException(message);
                }
            }
        };
    }

    /**
     * Fail one kind of operation as long as the hook is there.
     *
     * @param failing which kind
     * @return the hook
     */
    static FaultHook failEvery(Operation failing) {
        return (number, operation, name) -> {
            if (operation == failing) {
                throw new IOException("Input/output error");
            }
        };
    }
}

package io.millrace.checkpoint.simulation;

import java.io.IOException;

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

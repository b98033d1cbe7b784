package io.millrace.engine.function;

import io.millrace.plan.OperatorId;

/**
 * The task that the calling thread runs, while it may leave records out. A function that throws asks for it, so that the rows on
 * which none throws pay nothing.
 */
public final class SkippingTask {
    private static final ThreadLocal<SkippingTask> CURRENT = new ThreadLocal<>();

    private final SkippedRecords skipped;
    private final long batchTimeMs;
    private final int partition;

    private SkippingTask(SkippedRecords skipped, long batchTimeMs, int partition) {
        this.skipped = skipped;
        this.batchTimeMs = batchTimeMs;
        this.partition = partition;
    }

    /** A piece of work that may throw anything. */
    @FunctionalInterface
    public interface Work {
        /** Do it. */
        void run() throws Exception;
    }

    /** Do some work on this thread, during which rows on which a function throws are left out. */
    public static void run(SkippedRecords skipped, long batchTimeMs, int partition, Work work) throws Exception {
        CURRENT.set(new SkippingTask(skipped, batchTimeMs, partition));
        try {
            work.run();
        } finally {
            CURRENT.remove();
        }
    }

    /** Leave a row out, if this thread may; false if not. Errors of the JVM and interrupts are no fault of a row's. */
    static boolean skip(OperatorId operator, Object row, Throwable cause) {
        SkippingTask task = CURRENT.get();
        if (task == null || isNoFaultOfTheRow(cause)) {
            return false;
        }
        task.skipped.skip(operator, task.batchTimeMs, task.partition, row, cause);
        return true;
    }

    private static boolean isNoFaultOfTheRow(Throwable cause) {
        return cause instanceof InterruptedException
                || cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError);
    }
}

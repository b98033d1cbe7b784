package io.millrace.testkit.recovery;

import io.millrace.checkpoint.simulation.FaultHook;
import io.millrace.checkpoint.simulation.ForceFailure;
import io.millrace.checkpoint.simulation.Operation;
import io.millrace.checkpoint.simulation.SimulatedCrash;
import io.millrace.checkpoint.simulation.SimulatedFileStore;
import java.io.IOException;
import java.util.random.RandomGenerator;

/** What one process has to bear from its disk: it may fail, be full, take little at a time, and be the last thing the process sees. */
final class Trouble implements FaultHook {
    private static final long NEVER = Long.MAX_VALUE;
    private static final int LEAST_WRITE_BYTES = 200;

    /** Those that change what is on the disk; a crash before another is one before the next of these. */
    private static final Operation[] CHANGES = {
        Operation.CREATE, Operation.WRITE, Operation.FORCE, Operation.RENAME, Operation.DELETE, Operation.FORCE_FOLDER
    };

    private final SimulatedFileStore disk;
    private final RandomGenerator random;
    private final StringBuilder told = new StringBuilder();

    private long crashAt = NEVER;
    private Operation crashing; // null for all kinds, as below
    private long crashingSeen;

    private long failFrom = NEVER;
    private long failUntil = NEVER;
    private Operation failing;
    private long failingSeen;

    private long fullFrom = NEVER;
    private int batchesUntilFree;
    private boolean isFull;
    private boolean wasFull;

    /** None yet. */
    Trouble(SimulatedFileStore disk, RandomGenerator random) {
        this.disk = disk;
        this.random = random;
        disk.hook(this);
        if (random.nextInt(8) == 0) {
            int bytes = LEAST_WRITE_BYTES + random.nextInt(2000);
            disk.shortWrites(bytes);
            told.append(", writes of ").append(bytes).append(" bytes");
        }
    }

    /** The process ends before an operation; often while it is recovering. */
    void crash() {
        crashAt(anyOperation());
    }

    /** The process ends before one of the next operations. */
    void crashSoon() {
        crashing = null;
        crashAt(crashingSeen + 1 + random.nextInt(30));
    }

    private void crashAt(long number) {
        crashAt = number;
        told.append(", crash at ").append(kind(crashing)).append(' ').append(number);
    }

    private long anyOperation() {
        if (random.nextInt(3) == 0) {
            crashing = CHANGES[random.nextInt(CHANGES.length)];
            return 1 + random.nextInt(12);
        }
        return 1 + random.nextInt(8 << random.nextInt(6));
    }

    /** Some operations fail, and perhaps the process ends then. */
    void fail(boolean isForced) {
        failing = switch (random.nextInt(4)) {
            case 0 -> Operation.FORCE;
            case 1 -> CHANGES[random.nextInt(CHANGES.length)];
            default -> null;
        };
        failFrom = failing == null ? 1 + random.nextInt(8 << random.nextInt(6)) : 1 + random.nextInt(8);
        failUntil = random.nextBoolean() ? failFrom : random.nextBoolean() ? failFrom + random.nextInt(10) : NEVER;
        // Without forces, all that was ever written would be reverted; nobody has promised to bear that.
        ForceFailure failure = isForced && random.nextBoolean() ? ForceFailure.REVERTED : ForceFailure.READABLE;
        disk.forceFailure(failure);
        told.append(", failing ")
                .append(kind(failing))
                .append(' ')
                .append(failFrom)
                .append(" to ");
        told.append(failUntil == NEVER ? "the last" : failUntil).append(", ").append(failure);
        if (random.nextInt(3) == 0) {
            crash();
        }
    }

    /** The disk is full from an operation on, until some batches later. */
    void fill() {
        fullFrom = 1 + random.nextInt(8 << random.nextInt(6));
        batchesUntilFree = 1 + random.nextInt(6);
        told.append(", full from operation ").append(fullFrom).append(" for ").append(batchesUntilFree);
        told.append(" batches");
        if (random.nextInt(3) == 0) {
            crash();
        }
    }

    private static String kind(Operation operation) {
        return operation == null ? "operation" : operation.name();
    }

    /** Whether the disk takes no more than it has. */
    boolean isFull() {
        return isFull;
    }

    /** Whether it ever took no more. */
    boolean wasFull() {
        return wasFull;
    }

    /** There is space again. */
    void free() {
        isFull = false;
        disk.budget(Long.MAX_VALUE);
    }

    /** A batch's time has passed. */
    void batchOver() {
        if (isFull && --batchesUntilFree == 0) {
            free();
        }
    }

    /** From now on all is well. */
    void end() {
        disk.hook(NONE);
        free();
    }

    @Override
    public void before(long number, Operation operation, String name) throws IOException {
        if (crashing == null || crashing == operation) {
            crashingSeen++;
            if (crashingSeen == crashAt) {
                throw new SimulatedCrash("before operation " + number + ", " + operation + " of '" + name + "'");
            }
        }
        if (number == fullFrom) {
            isFull = true;
            wasFull = true;
            long usedBytes = Long.MAX_VALUE - disk.usableBytes();
            disk.budget(usedBytes + random.nextInt(40 << random.nextInt(10)));
        }
        if (failing == null || failing == operation) {
            failingSeen++;
            if (failingSeen >= failFrom && failingSeen <= failUntil) {
                throw new IOException("Input/output error");
            }
        }
    }

    @Override
    public String toString() {
        return told.toString();
    }
}

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

    /** Files that few operations reach. */
    private static final String[] FILES = {"state/full-", "state/rows-", "manifest", "batch/", "wal/"};

    /**
     * Some operations.
     *
     * @param operation null for all
     * @param file what is in the name of its file; empty for all
     */
    private record Aim(Operation operation, String file) {
        static final Aim ANY = new Aim(null, "");

        static Aim random(RandomGenerator random) {
            return switch (random.nextInt(5)) {
                case 0, 1 -> new Aim(CHANGES[random.nextInt(CHANGES.length)], "");
                case 2 -> new Aim(null, FILES[random.nextInt(FILES.length)]);
                default -> ANY;
            };
        }

        boolean hits(Operation one, String name) {
            return (operation == null || operation == one) && name.contains(file);
        }

        /** The number of one of them that a life may come to. */
        int number(RandomGenerator random) {
            return 1 + random.nextInt(equals(ANY) ? 8 << random.nextInt(6) : 12);
        }

        @Override
        public String toString() {
            return (operation == null ? "operation" : operation.name()) + (file.isEmpty() ? "" : " of " + file);
        }
    }

    private final SimulatedFileStore disk;
    private final ProcessView process;
    private final RandomGenerator random;
    private final StringBuilder told = new StringBuilder();

    private long crashAt = NEVER;
    private Aim crashing = Aim.ANY;
    private long crashingSeen;
    private boolean waitsForStart;
    private boolean isStarted;

    private long failFrom = NEVER;
    private long failUntil = NEVER;
    private Aim failing = Aim.ANY;
    private long failingSeen;

    private long fullFrom = NEVER;
    private int batchesUntilFree;
    private boolean isFull;
    private boolean wasFull;
    private boolean hasFailed;

    /** None yet. */
    Trouble(SimulatedFileStore disk, ProcessView process, RandomGenerator random) {
        this.disk = disk;
        this.process = process;
        this.random = random;
        disk.hook(this);
        if (random.nextInt(8) == 0) {
            int bytes = LEAST_WRITE_BYTES + random.nextInt(2000);
            disk.shortWrites(bytes);
            told.append(", writes of ").append(bytes).append(" bytes");
        }
    }

    /** The process ends before an operation: in a third of the lives one that comes behind the recovery. */
    void crash() {
        crashing = Aim.random(random);
        waitsForStart = random.nextInt(3) == 0;
        crashAt(crashing.number(random));
    }

    /** The process ends before one of the next operations. */
    void crashSoon() {
        crashing = Aim.ANY;
        waitsForStart = false;
        crashAt(crashingSeen + 1 + random.nextInt(30));
    }

    /** The process has recovered. */
    void started() {
        isStarted = true;
    }

    private void crashAt(long number) {
        crashAt = number;
        told.append(", crash at ").append(crashing).append(' ').append(number);
        told.append(waitsForStart ? " of the run" : "");
    }

    /** Some operations fail, and perhaps the process ends then. */
    void fail(boolean isForced) {
        failing = random.nextInt(4) == 0 ? new Aim(Operation.FORCE, "") : Aim.random(random);
        failFrom = failing.number(random);
        failUntil = random.nextBoolean() ? failFrom : random.nextBoolean() ? failFrom + random.nextInt(10) : NEVER;
        // Without forces, all that was ever written would be reverted; nobody has promised to bear that.
        ForceFailure failure = isForced && random.nextBoolean() ? ForceFailure.REVERTED : ForceFailure.READABLE;
        disk.forceFailure(failure);
        told.append(", failing ").append(failing).append(' ').append(failFrom).append(" to ");
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
        if ((isStarted || !waitsForStart) && crashing.hits(operation, name)) {
            crashingSeen++;
            if (crashingSeen == crashAt) {
                crash("before operation " + number + ", " + operation + " of '" + name + "'");
            }
        }
        if (number == fullFrom) {
            isFull = true;
            wasFull = true;
            long usedBytes = Long.MAX_VALUE - disk.usableBytes();
            disk.budget(usedBytes + random.nextInt(40 << random.nextInt(10)));
        }
        if (failing.hits(operation, name)) {
            failingSeen++;
            if (failingSeen >= failFrom && failingSeen <= failUntil) {
                hasFailed = true;
                throw new IOException("Input/output error");
            }
        }
    }

    /** An engine that closes itself because of a failure is not to be left half open by an error that no process ever sees. */
    private void crash(String where) throws IOException {
        if (!hasFailed && !wasFull) {
            throw new SimulatedCrash(where);
        }
        process.end();
        throw new IOException("the process has ended " + where);
    }

    @Override
    public String toString() {
        return told.toString();
    }
}

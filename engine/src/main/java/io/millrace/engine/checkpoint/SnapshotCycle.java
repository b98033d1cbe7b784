package io.millrace.engine.checkpoint;

import io.millrace.checkpoint.file.DiskFullException;
import io.millrace.checkpoint.file.FencedException;
import io.millrace.checkpoint.journal.Journal;
import io.millrace.offheap.memory.MemoryLimitException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.NanoClock;

/**
 * Takes a snapshot after the other, a step between two batches, so that none waits for a whole one: written slice by slice; then, when all
 * that it may have in it is committed, completed by the disk thread. One that fails is given up, is taken anew later, and the log is kept meanwhile.
 *
 * <p>Owner: the job thread.
 */
final class SnapshotCycle implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SnapshotCycle.class.getName());
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int FEWEST_KEYS = 256;
    private static final int MOST_KEYS = 1 << 16;

    private final Snapshots snapshots;
    private final ReceivedLogs received;
    private final Journal journal;
    private final DiskThread disk;
    private final NanoClock clock;
    private final long sliceNanos;
    private Phase phase = Phase.RESTING;
    private SnapshotWriter writer;
    private Completion completion;
    private long writtenMs;
    private long begunBytes;
    private long coveredBytes;
    private boolean wantsSpace;
    private long notBeforeNanos;
    private int keys = FEWEST_KEYS;

    private enum Phase {
        RESTING,
        WRITING,
        COMMITTING,
        COMPLETING
    }

    /** Begins a snapshot where all that was run is committed and durable. */
    @FunctionalInterface
    interface Beginning {
        SnapshotWriter begin() throws Exception;
    }

    /** @param sliceNanos how long a batch may wait for a slice */
    SnapshotCycle(
            Snapshots snapshots,
            ReceivedLogs received,
            Journal journal,
            DiskThread disk,
            NanoClock clock,
            long sliceNanos) {
        this.snapshots = snapshots;
        this.received = received;
        this.journal = journal;
        this.disk = disk;
        this.clock = clock;
        this.sliceNanos = sliceNanos;
        this.notBeforeNanos = clock.nanoTime();
    }

    /** Whether one may be begun. */
    boolean mayBegin() {
        return phase == Phase.RESTING && clock.nanoTime() - notBeforeNanos >= 0;
    }

    /** Up to how many bytes of log the last snapshot that counts makes superfluous. */
    long coveredBytes() {
        return coveredBytes;
    }

    /**
     * Begin one; its steps follow.
     *
     * @param logBytes how many bytes of log there are
     */
    void begin(Beginning beginning, long logBytes) throws Exception {
        try {
            begunBytes = logBytes;
            writer = beginning.begin();
            phase = Phase.WRITING;
        } catch (IOException | MemoryLimitException failed) {
            giveUp(failed);
        }
    }

    /**
     * Go on with the one that was begun. No batch is changing what operators remember.
     *
     * @param ranMs the last batch that was run
     * @param safeMs the last batch whose COMMIT is durable
     * @return how much was done
     */
    int step(long ranMs, long safeMs) throws IOException {
        try {
            switch (phase) {
                case WRITING -> {
                    if (!writeSlice()) {
                        writtenMs = ranMs;
                        phase = Phase.COMMITTING;
                    }
                    return 1;
                }
                case COMMITTING -> {
                    return safeMs < writtenMs ? 0 : complete();
                }
                case COMPLETING -> {
                    return completion.isDone ? rest() : 0;
                }
                default -> {
                    return 0;
                }
            }
        } catch (IOException | MemoryLimitException failed) {
            giveUp(failed);
            return 0;
        }
    }

    private boolean writeSlice() throws IOException {
        long start = clock.nanoTime();
        boolean hasMore = writer.write(keys);
        long took = clock.nanoTime() - start;
        if (took > sliceNanos) {
            keys = Math.max(FEWEST_KEYS, keys / 2);
        } else if (took < sliceNanos / 2) {
            keys = Math.min(MOST_KEYS, keys * 2);
        }
        return hasMore;
    }

    private int complete() throws IOException {
        journal.forceToDisk(); // done already, unless the durability is that of the process
        completion = new Completion();
        phase = Phase.COMPLETING;
        disk.run(completion);
        return 1;
    }

    private int rest() throws IOException {
        Completion over = completion;
        completion = null;
        over.requireDone();
        coveredBytes = begunBytes;
        wantsSpace = false;
        end();
        return 1;
    }

    private void end() {
        CloseHelper.close(writer);
        writer = null;
        phase = Phase.RESTING;
    }

    private void giveUp(Exception failed) throws FencedException {
        end();
        notBeforeNanos = clock.nanoTime() + AGAIN_NANOS;
        if (failed instanceof FencedException fenced) {
            throw fenced;
        }
        wantsSpace |= failed instanceof DiskFullException;
        tell(failed);
    }

    private static void tell(Exception failed) {
        LOG.log(
                System.Logger.Level.WARNING,
                "a snapshot was given up, the log stays until one is whole: {0}",
                failed.getMessage());
    }

    /** Whether one was given up since there was no space, and none was whole since. */
    boolean wantsSpace() {
        return wantsSpace;
    }

    /** The same at the end of a run: without it the next one has more log to read, and nothing is lost. */
    void takeLast(Beginning beginning) throws Exception {
        try {
            takeNow(beginning);
        } catch (FencedException taken) {
            throw taken;
        } catch (IOException | MemoryLimitException failed) {
            tell(failed);
        }
    }

    /** Take a whole one, while no batch is run: one that is under way is given up. */
    void takeNow(Beginning beginning) throws Exception {
        close();
        try {
            writer = beginning.begin();
            while (writer.write(MOST_KEYS)) {
                continue; // write has done the work
            }
            journal.forceToDisk();
            Completion whole = new Completion();
            whole.run();
            whole.requireDone();
        } finally {
            end();
        }
    }

    /** Whether a step can be done at once. */
    boolean isBusy() {
        return phase == Phase.WRITING;
    }

    /** What waits for the disk. */
    private final class Completion implements Runnable {
        private Throwable failure;
        private volatile boolean isDone;

        @Override
        public synchronized void run() {
            if (isDone) {
                return;
            }
            try {
                snapshots.complete(writer);
                deleteOld();
            } catch (IOException | RuntimeException | Error failed) {
                failure = failed;
            } finally {
                isDone = true;
            }
        }

        /** Throws what it threw. */
        void requireDone() throws IOException {
            if (failure instanceof IOException failed) {
                throw failed;
            } else if (failure instanceof RuntimeException broken) {
                throw broken;
            } else if (failure instanceof Error broken) {
                throw broken;
            }
        }

        private void deleteOld() {
            try {
                snapshots.deleteOld(journal);
                received.mayDelete(snapshots);
            } catch (IOException later) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "files that are needed no more are left for the next snapshot: {0}",
                        later.getMessage());
            }
        }
    }

    /** Give up the one that is under way; one that is being completed is waited for. */
    @Override
    public void close() {
        if (completion != null) {
            completion.run();
            completion = null;
        }
        end();
    }
}

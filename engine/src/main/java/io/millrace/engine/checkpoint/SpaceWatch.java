package io.millrace.engine.checkpoint;

import io.millrace.checkpoint.file.CheckpointDirectory;
import io.millrace.checkpoint.file.CheckpointException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;

/**
 * Looks whether the disk has room for the checkpoint to go on. While it is low sources rest, so that what is left is for the batches that
 * are planned already, and for a snapshot, behind which old files go. When there is none at all, the reserve is given free, once, for the same
 * purpose; it is taken again when there is space.
 *
 * <p>Low is less than two segments of the log and two snapshots. Cost: a look at the file system a second. Owner: the job thread; {@link #isLow} any.
 */
final class SpaceWatch {
    private static final System.Logger LOG = System.getLogger(SpaceWatch.class.getName());
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final CheckpointDirectory directory;
    private final long segmentBytes;
    private final NanoClock clock;
    private long lookNanos;
    private boolean isReserveReleased;
    private volatile boolean isLow;

    /** @param segmentBytes how long a segment of the log is */
    SpaceWatch(CheckpointDirectory directory, long segmentBytes, NanoClock clock) {
        this.directory = directory;
        this.segmentBytes = segmentBytes;
        this.clock = clock;
        this.lookNanos = clock.nanoTime();
    }

    /** Whether sources are to rest. Any thread. */
    boolean isLow() {
        return isLow;
    }

    /**
     * Look, if it is time.
     *
     * @param snapshotBytes the length of the last snapshot
     * @param isStalled whether the log finds no space
     * @param wantsSpace whether a snapshot has found none
     */
    void look(long snapshotBytes, boolean isStalled, boolean wantsSpace) {
        long now = clock.nanoTime();
        if (now - lookNanos < 0 && (isLow || !isStalled)) {
            return;
        }
        lookNanos = now + (isStalled ? LogWriter.RETRY_NANOS : LOOK_NANOS);
        try {
            see(snapshotBytes, isStalled, wantsSpace);
        } catch (IOException failed) {
            LOG.log(System.Logger.Level.WARNING, "nobody knows how much space there is: {0}", failed.getMessage());
        }
    }

    private void see(long snapshotBytes, boolean isStalled, boolean wantsSpace) throws IOException {
        long wanted = 2 * (segmentBytes + snapshotBytes);
        long usable = directory.store().usableBytes();
        if ((isStalled || wantsSpace) && !isReserveReleased) {
            isReserveReleased = directory.releaseReserve();
        }
        boolean isRoomy = usable >= wanted + (isReserveReleased ? directory.reserveBytes() : 0);
        if (!isLow && (isStalled || usable < wanted)) {
            isLow = true;
            say("is low", usable, wanted, "the sources rest until there is more; what is acknowledged is safe");
        } else if (isLow && !isStalled && isRoomy) {
            restore();
            isLow = false;
            say("is there again", usable, wanted, "the sources go on");
        }
    }

    private void restore() throws IOException {
        if (isReserveReleased) {
            isReserveReleased = !directory.rebuildReserve();
        }
    }

    private void say(String what, long usable, long wanted, String consequence) {
        LOG.log(
                System.Logger.Level.WARNING,
                "{0}: space for the checkpoint in ''{1}'' {2}: {3} bytes are free, {4} are wanted; {5}",
                CheckpointException.LOW_SPACE,
                directory.store().location(),
                what,
                Long.toString(usable),
                Long.toString(wanted),
                consequence);
    }
}

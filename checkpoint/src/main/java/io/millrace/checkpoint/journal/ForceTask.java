package io.millrace.checkpoint.journal;

import io.millrace.checkpoint.file.StoreFile;
import java.io.IOException;

/**
 * A force of a journal's segment, to be done by any thread while the journal's owner goes on appending:
 * {@link Journal#beginForce} makes it, {@link Journal#endForce} takes its outcome. It knows the file alone, which stays open until the
 * task is done.
 *
 * <p>{@link #run} by any thread that is never interrupted (an interrupt closes the file), {@link #isDone} by any.
 */
public final class ForceTask implements Runnable {

    private final StoreFile file;
    private final JournalPosition position;
    private final long nextNumber;

    private IOException failure;
    private boolean hasReached;
    private volatile boolean isDone;

    ForceTask(StoreFile file, JournalPosition position, long nextNumber) {
        this.file = file;
        this.position = position;
        this.nextNumber = nextNumber;
    }

    /** Force the file, or wait for the thread that does; a later call does nothing. What fails is told by the journal. */
    @Override
    public synchronized void run() {
        if (isDone) {
            return;
        }
        try {
            file.force(false);
            hasReached = true;
        } catch (IOException e) {
            failure = e;
        } finally {
            // Also when an error ends it: no file is forced again after a force that did not return.
            isDone = true;
        }
    }

    /**
     * Whether {@link Journal#endForce} will not wait.
     *
     * @return true once the force has returned, whether it failed or not
     */
    public boolean isDone() {
        return isDone;
    }

    /**
     * Up to where it reaches.
     *
     * @return what {@link Journal#append} had written when it was begun; frames that begin before it are durable after
     *     {@link Journal#endForce}
     */
    public JournalPosition position() {
        return position;
    }

    /** The number of the first frame that it does not reach. */
    long nextNumber() {
        return nextNumber;
    }

    synchronized boolean hasReached() {
        return hasReached;
    }

    /** Why it has not; null if nobody knows. */
    synchronized IOException failure() {
        return failure;
    }
}

package io.millrace.engine.checkpoint;

import io.millrace.ingest.wait.Doorbell;
import io.millrace.ingest.wait.Threads;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;

/**
 * Waits for the disk so that nobody else has to: runs what it is given one after the other, on a thread of its own, which starts with the first
 * piece and which nobody interrupts (an interrupt would close the file being forced); or at once, on the caller's, where the caller drives.
 *
 * <p>Owner of all methods: the job thread.
 */
final class DiskThread implements AutoCloseable {
    private static final long CLOSE_MS = 60_000;

    private final String name;
    private final ThreadFactory threads;
    private final Runnable wake;
    private final Queue<Runnable> pieces = new ConcurrentLinkedQueue<>();
    private final Doorbell bell = new Doorbell();
    private volatile boolean isClosed;
    private Thread thread;

    /**
     * @param threads null where the caller drives
     * @param wake called by the thread when a piece is over
     */
    DiskThread(String name, ThreadFactory threads, Runnable wake) {
        this.name = name;
        this.threads = threads;
        this.wake = wake;
    }

    /** Run a piece, which throws nothing. */
    void run(Runnable piece) {
        if (threads == null) {
            piece.run();
            return;
        }
        pieces.add(piece);
        bell.ring();
        if (thread == null) {
            thread = threads.newThread(this::runAll);
            thread.setName(name);
            thread.start();
        }
    }

    private void runAll() {
        while (!isClosed || !pieces.isEmpty()) {
            Runnable piece = pieces.poll();
            if (piece == null) {
                bell.await(Long.MAX_VALUE);
            } else {
                piece.run();
                wake.run();
            }
        }
    }

    /** Let the thread end when it has done what it was given, and wait for that. */
    @Override
    public void close() {
        isClosed = true;
        bell.ring();
        if (thread != null) {
            Threads.join(thread, CLOSE_MS);
        }
    }
}

package io.millrace.ingest.ring;

/**
 * How many of a source's rows are durable: in a log that survives what the program does not. Threads that have stored rows wait for it.
 * Rows are counted in the order in which they were published.
 *
 * <p>Thread: any. Memory: allocates nothing.
 */
public final class DurableRows {
    // Guarded by this.
    private long durable;
    private boolean isOver;
    /** Written under the lock, read without. */
    private volatile long awaited;

    /** None is durable yet. */
    public DurableRows() {}

    /** So many rows more are durable. */
    public synchronized void advance(long rows) {
        durable += rows;
        notifyAll();
    }

    /** No more rows will become durable: nobody shall wait. */
    public synchronized void end() {
        isOver = true;
        notifyAll();
    }

    /** Up to which row somebody waits, or has waited. */
    public long awaited() {
        return awaited;
    }

    /** A thread is about to wait for the first {@code rows} rows. */
    public synchronized void announce(long rows) {
        awaited = Math.max(awaited, rows);
    }

    /**
     * Wait until the first {@code rows} rows are durable.
     *
     * @return false if it is over before they are
     * @throws InterruptedException if the thread is interrupted first
     */
    public synchronized boolean await(long rows) throws InterruptedException {
        while (durable < rows && !isOver) {
            wait();
        }
        return durable >= rows;
    }
}

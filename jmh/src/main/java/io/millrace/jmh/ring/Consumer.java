package io.millrace.jmh.ring;

import java.util.concurrent.locks.LockSupport;

/**
 * The other thread of a hand-over. It looks at the first byte of each record. The producer waits for it at the end of a round, so that
 * a round is over when everything has arrived.
 */
abstract class Consumer {
    private final Thread thread = new Thread(this::run, "consumer");
    private volatile long seen;
    private volatile boolean stopped;
    private long checksum;

    final void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Take what is there; how many records. Waits for a while when there is nothing. */
    abstract int consume() throws InterruptedException;

    /** Producer: end a wait that an interrupt does not end. */
    void wake() {}

    final void lookAt(byte first) {
        checksum += first;
    }

    private void run() {
        try {
            while (!stopped) {
                int count = consume();
                if (count > 0) {
                    seen = seen + count; // one writer
                }
            }
        } catch (InterruptedException end) {
            // stop() asks for it
        }
    }

    /** Producer: wait until so many were seen since the start. */
    final void await(long records) {
        while (seen < records) {
            LockSupport.parkNanos(1_000);
        }
    }

    final void stop() throws InterruptedException {
        stopped = true;
        thread.interrupt();
        wake();
        thread.join();
        if (checksum == 0 && seen > 0) {
            throw new IllegalStateException("the consumer saw no bytes");
        }
    }
}

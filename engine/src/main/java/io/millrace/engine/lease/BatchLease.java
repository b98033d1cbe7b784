package io.millrace.engine.lease;

import io.millrace.api.ReleasedBatchException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;

/** The life of one batch, which ends when its owner says so and nobody reads any more. Any thread may check and read. */
public final class BatchLease implements Lease {
    private final long timeMs;
    private final List<AutoCloseable> owned = new ArrayList<>();
    private int readers;
    private boolean ended;

    /** Of a batch that lives. */
    public BatchLease(long timeMs) {
        this.timeMs = timeMs;
    }

    /** Nobody begins to read from now on; waits for those who have begun. */
    public synchronized void end() {
        ended = true;
        boolean interrupted = false;
        while (readers > 0) {
            try {
                wait();
            } catch (InterruptedException later) {
                interrupted = true; // memory that is read cannot be given back
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Give back all memory that is owned; after {@link #end}. */
    public synchronized void closeOwned() {
        CloseHelper.closeAll(owned);
        owned.clear();
    }

    @Override
    public synchronized void own(Object reader, AutoCloseable memory) {
        if (ended) {
            CloseHelper.close(memory); // its reader will be refused
        } else {
            owned.add(memory);
        }
    }

    @Override
    public synchronized void check(String what) {
        if (ended) {
            throw new ReleasedBatchException(what, timeMs);
        }
    }

    @Override
    public synchronized void enter(String what) {
        check(what);
        readers++;
    }

    @Override
    public synchronized void exit() {
        if (--readers == 0) {
            notifyAll();
        }
    }

    @Override
    public long batchTimeMs() {
        return timeMs;
    }
}

package io.millrace.jmh.durable;

import io.millrace.api.Time;
import io.millrace.jmh.measure.Meter;
import org.agrona.concurrent.EpochNanoClock;

/** When each batch ended, and how many records were worked off by then. One writer, the job thread; others may read. */
final class BatchTrace {
    private final EpochNanoClock clock;
    private volatile Meter meter;
    private volatile Kept kept = new Kept(0);
    private volatile long records;
    private volatile long lastMs;

    /** What is kept of batches: their times, their ends by the epoch, and the records up to then. */
    static final class Kept {
        final long[] timesMs;
        final long[] endNanos;
        final long[] records;
        private volatile int size;

        private Kept(int capacity) {
            timesMs = new long[capacity];
            endNanos = new long[capacity];
            records = new long[capacity];
        }

        int size() {
            return size;
        }

        private void add(long timeMs, long end, long total) {
            int at = size;
            if (at < timesMs.length) {
                timesMs[at] = timeMs;
                endNanos[at] = end;
                records[at] = total;
                size = at + 1;
            }
        }
    }

    BatchTrace(EpochNanoClock clock) {
        this.clock = clock;
    }

    /** All that a batch does is done. */
    void batchEnded(Time time, long batchRecords) {
        long end = clock.nanoTime();
        long total = records + batchRecords;
        kept.add(time.milliseconds(), end, total);
        records = total;
        lastMs = time.milliseconds();
        Meter rate = meter;
        if (rate != null) {
            rate.batchEnded(total);
        }
    }

    /** Tell a meter of the batches from now on; null for none. */
    void measure(Meter rate) {
        meter = rate;
    }

    /** Keep the next so many batches. */
    Kept keep(int batches) {
        Kept next = new Kept(batches);
        kept = next;
        return next;
    }

    /** Records of all batches that ended. */
    long records() {
        return records;
    }

    /** The time of the last batch that ended; 0 before the first. */
    long lastMs() {
        return lastMs;
    }
}

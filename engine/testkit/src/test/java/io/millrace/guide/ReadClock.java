package io.millrace.guide;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;

/** A clock that begins with the epoch and goes on by half a millisecond whenever it is read: who waits for a time gets there. */
final class ReadClock implements EpochNanoClock, NanoClock {
    private static final long STEP_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final AtomicLong nanos = new AtomicLong();

    @Override
    public long nanoTime() {
        return nanos.addAndGet(STEP_NANOS);
    }
}

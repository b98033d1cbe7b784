package io.millrace.ingest.rate;

import org.agrona.concurrent.NanoClock;

/**
 * A token bucket over a clock: at most so many records per second, with at most a tenth of a second's worth at once after
 * a pause. The bucket starts with one record's worth.
 *
 * <p>Thread: {@link #acquire} by one storing thread at a time, {@link #update} from any. Memory: allocates nothing.
 */
public final class RateLimit {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double BURST_SECONDS = 0.1;

    private final long maxPerSecond;
    private final NanoClock clock;
    private volatile long perSecond;

    private double tokens = 1;
    private long filledNanos;

    /**
     * A limit that begins at its maximum.
     *
     * @param maxPerSecond records per second, above 0; {@link Long#MAX_VALUE} for no limit
     * @param clock what the rate is measured on
     */
    public RateLimit(long maxPerSecond, NanoClock clock) {
        if (maxPerSecond <= 0) {
            throw new IllegalArgumentException("maxPerSecond is " + maxPerSecond + ", must be positive");
        }
        this.maxPerSecond = maxPerSecond;
        this.perSecond = maxPerSecond;
        this.clock = clock;
        this.filledNanos = clock.nanoTime();
    }

    /** The rate in force, records per second; {@link Long#MAX_VALUE} when there is no limit. */
    public long perSecond() {
        return perSecond;
    }

    /**
     * Set the rate, as backpressure does after each batch.
     *
     * @param newPerSecond records per second; zero and less are ignored, more than the maximum means the maximum
     */
    public void update(long newPerSecond) {
        if (newPerSecond > 0) {
            perSecond = Math.min(newPerSecond, maxPerSecond);
        }
    }

    /**
     * Ask to store one record.
     *
     * @return 0: granted. Otherwise refused; ask again after so many nanoseconds on the clock
     */
    public long acquire() {
        long rate = perSecond;
        if (rate == Long.MAX_VALUE) {
            return 0;
        }
        long now = clock.nanoTime();
        double full = Math.max(1, rate * BURST_SECONDS);
        tokens = Math.min(full, tokens + (now - filledNanos) * (rate / NANOS_PER_SECOND));
        filledNanos = now;
        if (tokens >= 1) {
            tokens -= 1;
            return 0;
        }
        return Math.max(1, (long) Math.ceil((1 - tokens) * (NANOS_PER_SECOND / rate)));
    }
}

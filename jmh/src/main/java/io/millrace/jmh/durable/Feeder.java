package io.millrace.jmh.durable;

import io.millrace.api.PushInputDStream;
import io.millrace.jmh.data.Randomness;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.EpochNanoClock;

/** Offers keys: as fast as batches are not behind, or at a fixed rate. One thread. */
final class Feeder {
    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long LEAST_LAG_MS = 100;
    private static final int BETWEEN_LOOKS = 256;
    private static final int STEPS_PER_BATCH = 5;

    private final PushInputDStream<Long> input;
    private final BatchTrace trace;
    private final EpochNanoClock clock;
    private final long batchMs;
    private final int keys;
    private final Randomness random = new Randomness(20_261_129);
    private long offered;

    Feeder(PushInputDStream<Long> input, BatchTrace trace, EpochNanoClock clock, DurableOptions options) {
        this.input = input;
        this.trace = trace;
        this.clock = clock;
        this.batchMs = options.batchMs();
        this.keys = options.keys();
    }

    /** How many records were taken. */
    long offered() {
        return offered;
    }

    /** Each key once. */
    void fill() {
        for (long key = 0; key < keys; key++) {
            if (key % BETWEEN_LOOKS == 0) {
                awaitBatches();
            }
            offer(key);
        }
    }

    /** As fast as batches keep up. */
    void feedUntil(BooleanSupplier isOver) {
        while (!isOver.getAsBoolean()) {
            awaitBatches();
            for (int i = 0; i < BETWEEN_LOOKS; i++) {
                offer(nextKey());
            }
        }
    }

    /** So that batches keep up: the last one that ended is no more than two intervals old, and where these are short, 100 ms. */
    private void awaitBatches() {
        long mostMs = Math.max(LEAST_LAG_MS, 2 * batchMs);
        await(() -> TimeUnit.NANOSECONDS.toMillis(clock.nanoTime()) - trace.lastMs() <= mostMs, "batches keep up");
    }

    /**
     * At a fixed rate, whatever the engine does; the n-th record, from 0, is due at {@code start + n / rate}.
     *
     * @return the start, in nanoseconds since the epoch
     */
    long feedPaced(long rate, long milliseconds) {
        long start = clock.nanoTime();
        long step = TimeUnit.MILLISECONDS.toNanos(Math.min(batchMs, STEPS_PER_BATCH)) / STEPS_PER_BATCH;
        long all = rate * milliseconds / 1_000;
        for (long fed = 0; fed < all; ) {
            long due = Math.min(all, dueAt(clock.nanoTime() - start, rate));
            for (; fed < due; fed++) {
                offer(nextKey());
            }
            LockSupport.parkNanos(step);
        }
        return start;
    }

    private static long dueAt(long nanos, long rate) {
        return nanos * rate / TimeUnit.SECONDS.toNanos(1);
    }

    private long nextKey() {
        return random.below(Math.max(1, keys));
    }

    private void offer(long key) {
        if (!input.offer(key)) {
            await(() -> input.offer(key), "there is room");
        }
        offered++;
    }

    /** Wait until all that was offered is worked off. */
    void drain() {
        await(() -> trace.records() == offered, "all is worked off");
    }

    private void await(BooleanSupplier condition, String what) {
        if (condition.getAsBoolean()) {
            return;
        }
        long giveUp = clock.nanoTime() + GIVE_UP_NANOS;
        while (!condition.getAsBoolean()) {
            if (clock.nanoTime() > giveUp) {
                throw new IllegalStateException("waited a minute in vain until " + what + "; " + offered
                        + " records were" + " offered and " + trace.records() + " worked off");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}

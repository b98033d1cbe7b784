package io.millrace.api;

import java.util.Objects;

/**
 * Bounds of what a stateful operator remembers. Immutable; {@link #NONE} bounds nothing.
 *
 * @param ttl for how long a key without data is remembered: in the first batch whose time is more than that after the batch of
 *     its last data it is removed, without a call of any function; null for ever
 * @param maxKeys how many keys may have a state; a batch that would need more fails with a {@link StateFullException}, and the
 *     state stays as it was before
 */
public record StateOptions(Duration ttl, long maxKeys) {
    /** Keys are remembered until a function removes them, as many as there is room for. */
    public static final StateOptions NONE = new StateOptions(null, Long.MAX_VALUE);

    /** @throws IllegalArgumentException if the time is below 1 ms, or the number below 1 */
    public StateOptions {
        if (ttl != null && ttl.milliseconds() < 1) {
            throw new IllegalArgumentException("state with a time to live of " + ttl + "; give 1 ms or more");
        }
        if (maxKeys < 1) {
            throw new IllegalArgumentException("state of at most " + maxKeys + " keys; give 1 or more");
        }
    }

    /** {@link #NONE}, to begin with: {@code StateOptions.none().withTtl(Durations.minutes(10))}. */
    public static StateOptions none() {
        return NONE;
    }

    /** The same with a time to live. */
    public StateOptions withTtl(Duration newTtl) {
        return new StateOptions(Objects.requireNonNull(newTtl, "time to live"), maxKeys);
    }

    /** The same with a bound on the number of keys. */
    public StateOptions withMaxKeys(long newMaxKeys) {
        return new StateOptions(ttl, newMaxKeys);
    }

    @Override
    public String toString() {
        return (ttl == null ? "" : " for " + ttl)
                + (maxKeys == Long.MAX_VALUE ? "" : " of at most " + maxKeys + " keys");
    }
}

package io.millrace.api;

import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What is remembered of one key, as the function of {@code mapWithState} sees it. It shows one key after another and is the
 * function's for the time of one call.
 *
 * <p>Meaning: guide, "mapWithState"; behaviour of Spark's {@code State}.
 *
 * @param <S> state type
 */
public abstract class State<S> {
    /** For backends. */
    protected State() {}

    /** Whether the key has a state. */
    public abstract boolean exists();

    /**
     * The state.
     *
     * @throws NoSuchElementException if there is none
     */
    public abstract S get();

    /**
     * From now on the key has this state.
     *
     * @throws IllegalArgumentException if it was removed in this call, or is timing out
     */
    public abstract void update(S newState);

    /**
     * From now on the key has no state; a key that has none anyway stays so.
     *
     * @throws IllegalArgumentException if it was removed in this call already, or is timing out
     */
    public abstract void remove();

    /** Whether this is the last call for a key that had no data for as long as the time-out says; it is removed afterwards. */
    public abstract boolean isTimingOut();

    /** The state, if there is one; a state that is null counts as none here. */
    public final Optional<S> getOption() {
        return exists() ? Optional.ofNullable(get()) : Optional.empty();
    }

    @Override
    public final String toString() {
        return exists() ? String.valueOf(get()) : "<state not set>";
    }
}

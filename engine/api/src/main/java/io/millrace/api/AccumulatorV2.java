package io.millrace.api;

import java.io.Serializable;
import java.util.Optional;

/**
 * A value that functions add to and the program reads. Registered with a context it has a number and, if wanted, a name; one
 * that is not registered works as well.
 *
 * <p>There is one object: functions are not copied to where they run, so <b>several core workers call {@link #add} on it
 * at once</b>, and it must be safe for that. The three kinds that the context makes are; one of your own needs
 * {@code synchronized} in {@code add}, {@code merge}, {@code reset} and {@code value} at least.
 *
 * <p>What is added counts at once and for good: also what a task added before it failed, and again when a dataset that is
 * not kept is computed again. Only additions made in actions that succeed are made exactly once. {@link #value} may be
 * asked at any time, inside functions too, and answers for all workers. Accumulators are not part of a checkpoint.
 *
 * @param <IN> type of what is added
 * @param <OUT> type of the value
 */
public abstract class AccumulatorV2<IN, OUT> implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long UNREGISTERED = -1;

    private long id = UNREGISTERED;
    private String name;

    /** For subclasses. */
    protected AccumulatorV2() {}

    /** Whether nothing was added since it was new or {@link #reset}. */
    public abstract boolean isZero();

    /** Returns another one with the same value, not registered. */
    public abstract AccumulatorV2<IN, OUT> copy();

    /** Returns another one without a value. */
    public AccumulatorV2<IN, OUT> copyAndReset() {
        AccumulatorV2<IN, OUT> copy = copy();
        copy.reset();
        return copy;
    }

    /** Forget what was added. */
    public abstract void reset();

    /** Add. Called by several workers at once. */
    public abstract void add(IN value);

    /**
     * Add all that another one of the same kind holds.
     *
     * @throws UnsupportedOperationException if it is of another kind
     */
    public abstract void merge(AccumulatorV2<IN, OUT> other);

    /** What all additions so far make. */
    public abstract OUT value();

    /**
     * The number it is registered under.
     *
     * @throws IllegalStateException if it is not registered
     */
    public final synchronized long id() {
        if (id == UNREGISTERED) {
            throw new IllegalStateException(
                    getClass().getSimpleName() + " has no id yet; register it with a context before");
        }
        return id;
    }

    /** The name it is registered under, if any. */
    public final synchronized Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** Whether a context knows it. */
    public final synchronized boolean isRegistered() {
        return id != UNREGISTERED;
    }

    /** {@code LongAccumulator(id: 3, name: lines, value: 42)}. */
    @Override
    public String toString() {
        return getClass().getSimpleName() + "(" + (isRegistered() ? "id: " + id() : "not registered")
                + name().map(text -> ", name: " + text).orElse("") + ", value: " + value() + ")";
    }

    final synchronized void register(long newId, String newName) {
        if (id != UNREGISTERED) {
            throw new IllegalStateException(getClass().getSimpleName() + " is registered already, as number " + id
                    + "; register another one, such as its copyAndReset()");
        }
        id = newId;
        name = newName;
    }

    /** For {@link #merge}: what to throw at another kind. */
    final UnsupportedOperationException cannotMerge(AccumulatorV2<?, ?> other) {
        return new UnsupportedOperationException("a " + getClass().getName() + " cannot take what a "
                + (other == null ? "null" : other.getClass().getName()) + " holds; merge one of its own kind");
    }
}

package io.millrace.api;

import java.io.Serializable;

/**
 * A value that functions read and nobody changes, made by {@link MillraceContext#broadcast}. On one machine it is the
 * object itself; a backend with more machines sends it to each once. Safe from several threads.
 *
 * @param <T> type of the value
 */
public abstract class Broadcast<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long id;

    /** @param id a number that no other broadcast of the context has */
    protected Broadcast(long id) {
        this.id = id;
    }

    /** A number that no other broadcast of the context has. */
    public final long id() {
        return id;
    }

    /**
     * The value.
     *
     * @throws MillraceException after {@link #destroy}
     */
    public abstract T value();

    /** The same as {@link #value()}. */
    public final T getValue() {
        return value();
    }

    /** Give back copies; the next {@link #value()} makes them again. */
    public abstract void unpersist();

    /** As {@link #unpersist()}, and wait for it if {@code blocking}. */
    public abstract void unpersist(boolean blocking);

    /** Let go of the value for good. */
    public abstract void destroy();

    /** {@code Broadcast(id)}. */
    @Override
    public final String toString() {
        return "Broadcast(" + id + ")";
    }
}

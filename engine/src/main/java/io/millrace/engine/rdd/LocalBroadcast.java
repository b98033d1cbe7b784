package io.millrace.engine.rdd;

import io.millrace.api.Broadcast;
import io.millrace.api.MillraceException;

/** A broadcast on one machine: the object itself. */
final class LocalBroadcast<T> extends Broadcast<T> {
    private static final long serialVersionUID = 1L;

    private transient volatile T value;
    private transient volatile boolean destroyed;

    LocalBroadcast(long id, T value) {
        super(id);
        this.value = value;
    }

    @Override
    public T value() {
        T known = value;
        if (destroyed) {
            throw new MillraceException(this + " was destroyed; broadcast the value again, or destroy it later");
        }
        return known;
    }

    @Override
    public void unpersist() {
        checkAlive(); // there are no copies
    }

    @Override
    public void unpersist(boolean blocking) {
        unpersist();
    }

    @Override
    public void destroy() {
        checkAlive();
        destroyed = true;
        value = null;
    }

    private void checkAlive() {
        value();
    }
}

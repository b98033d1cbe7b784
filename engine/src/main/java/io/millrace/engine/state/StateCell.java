package io.millrace.engine.state;

import io.millrace.api.State;
import io.millrace.offheap.state.KeyedStore;
import java.util.NoSuchElementException;

/** The state of one key at a time, in a store. Owner: one worker. */
final class StateCell extends State<Object> {
    private final KeyedStore store;
    private int handle;
    private boolean isTimingOut;
    private boolean isRemoved;

    StateCell(KeyedStore store) {
        this.store = store;
    }

    /** Show the state of another key. */
    void show(int keyHandle, boolean timingOut) {
        handle = keyHandle;
        isTimingOut = timingOut;
        isRemoved = false;
    }

    @Override
    public boolean exists() {
        return store.exists(handle);
    }

    @Override
    public Object get() {
        if (!exists()) {
            throw new NoSuchElementException("State is not set: the key " + store.keyOf(handle)
                    + " has none; ask exists(), or take getOption()");
        }
        return store.valueOf(handle);
    }

    @Override
    public void update(Object newState) {
        if (isRemoved) {
            throw new IllegalArgumentException("Cannot update the state after it has been removed in the same call");
        }
        if (isTimingOut) {
            throw new IllegalArgumentException(
                    "Cannot update the state that is timing out; it is removed after this call");
        }
        store.put(handle, newState);
    }

    @Override
    public void remove() {
        if (isRemoved) {
            throw new IllegalArgumentException("Cannot remove the state again: it has been removed in the same call");
        }
        if (isTimingOut) {
            throw new IllegalArgumentException(
                    "Cannot remove the state that is timing out; it is removed after this call");
        }
        store.remove(handle);
        isRemoved = true;
    }

    @Override
    public boolean isTimingOut() {
        return isTimingOut;
    }
}

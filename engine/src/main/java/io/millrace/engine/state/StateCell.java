package io.millrace.engine.state;

import io.millrace.api.State;
import io.millrace.offheap.state.KeyedStore;
import java.util.NoSuchElementException;

/** The state of one key at a time, in a store. Owner: one worker. */
final class StateCell extends State<Object> {
    private static final int NONE = -1;

    private final KeyedStore store;
    private int handle = NONE;
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

    /** The call is over: a program that has kept this object is refused. */
    void hide() {
        handle = NONE;
    }

    private void requireShown() {
        if (handle == NONE) {
            throw new IllegalStateException(
                    "a State is of one call of the function, which is over; take out of it what is"
                            + " needed later, or read the state by StreamingContext.stateOf()");
        }
    }

    @Override
    public boolean exists() {
        requireShown();
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
        requireShown();
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
        requireShown();
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

package io.millrace.ingest.wait;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes one thread that has run out of work. The bell remembers a ring until its owner has noticed it, so a ring that
 * comes while the owner is still working, or just about to wait, is never lost.
 *
 * <p>Pattern: whoever has made work visible calls {@link #ring()}; the owner looks for work, finds none, calls
 * {@link #await(long)} and looks again. A release store is enough to make the work visible: {@code ring} puts a full
 * fence between that store and its look at the bell.
 *
 * <p>Thread: {@code ring} from any thread; {@code await} and {@code poll} from the one owner. Memory: allocates nothing.
 */
public final class Doorbell {
    private static final int SILENT = 0;
    private static final int WAITING = 1;
    private static final int RUNG = 2;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Doorbell.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile int state = SILENT;

    /** The thread in {@link #await}; written before the state becomes WAITING, so whoever sees WAITING sees it. */
    private Thread owner;

    /**
     * Ring. Costs a fence and one read while an earlier ring is unnoticed, an exchange when the owner works, and an
     * unpark only when it waits.
     */
    public void ring() {
        // Without the fence the caller's release store could become visible after this read: the owner would see
        // neither.
        VarHandle.fullFence();
        if (state != RUNG && (int) STATE.getAndSet(this, RUNG) == WAITING) {
            LockSupport.unpark(owner);
        }
    }

    /** Owner: notice a ring without waiting, as a spinning owner does. True if the bell was rung; it is silent now. */
    public boolean poll() {
        return state == RUNG && (int) STATE.getAndSet(this, SILENT) == RUNG;
    }

    /**
     * Owner: wait until the bell is rung, at most {@code nanos}. May return early for no reason, as
     * {@link LockSupport#parkNanos(long)} does, and at once when the thread is interrupted (the interrupt stays set).
     *
     * @param nanos nanoseconds of real time; zero or less only notices an earlier ring
     * @return true if the bell was rung since the owner last noticed; it is silent now
     */
    public boolean await(long nanos) {
        if (poll()) {
            return true;
        }
        if (nanos > 0) {
            owner = Thread.currentThread();
            if (STATE.compareAndSet(this, SILENT, WAITING)) {
                LockSupport.parkNanos(this, nanos);
            }
            return (int) STATE.getAndSet(this, SILENT) == RUNG;
        }
        return false;
    }
}

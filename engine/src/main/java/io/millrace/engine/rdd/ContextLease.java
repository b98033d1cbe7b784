package io.millrace.engine.rdd;

import io.millrace.offheap.memory.MemoryLedger;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.HashSet;
import java.util.Set;
import org.agrona.CloseHelper;

/**
 * The lease of datasets that belong to no batch: they may be read until their context is closed. Memory that they own is given
 * back when the program has let the dataset go: looked after whenever something new is owned, and at the end.
 *
 * <p>That a dataset was let go is known by the garbage collector alone, which does not see how little memory off the heap is
 * left. So it is asked for when three quarters are used and many things were owned since, as the JDK asks when its direct
 * buffers run out. Safe from several threads.
 */
public final class ContextLease implements Lease, AutoCloseable {
    private static final int MANY = 64;

    private final ReferenceQueue<Object> forgotten = new ReferenceQueue<>();
    private final Set<Owned> owned = new HashSet<>();

    private final MemoryLedger ledger;
    private int ownedSinceCollection;

    /**
     * A lease that owns nothing.
     *
     * @param ledger tells how much memory is used
     */
    public ContextLease(MemoryLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void check(String what) {}

    @Override
    public void enter(String what) {}

    @Override
    public void exit() {}

    @Override
    public long batchTimeMs() {
        return NO_BATCH;
    }

    @Override
    public synchronized void own(Object reader, AutoCloseable memory) {
        closeForgotten();
        boolean isTight = ledger.usedBytes() > ledger.maxBytes() / 4 * 3;
        if (isTight && ownedSinceCollection >= MANY) {
            ownedSinceCollection = 0;
            System.gc();
            closeForgotten();
        }
        ownedSinceCollection++;
        owned.add(new Owned(reader, memory, forgotten));
    }

    private void closeForgotten() {
        for (Owned gone = (Owned) forgotten.poll(); gone != null; gone = (Owned) forgotten.poll()) {
            owned.remove(gone);
            CloseHelper.close(gone.memory);
        }
    }

    @Override
    public synchronized void close() {
        owned.forEach(each -> CloseHelper.close(each.memory));
        owned.clear();
    }

    private static final class Owned extends PhantomReference<Object> {
        private final AutoCloseable memory;

        Owned(Object reader, AutoCloseable memory, ReferenceQueue<Object> queue) {
            super(reader, queue);
            this.memory = memory;
        }
    }
}

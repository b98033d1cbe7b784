package io.millrace.engine.lease;

import io.millrace.offheap.memory.MemoryLedger;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
    private int readers;
    private boolean closed;

    /**
     * A lease that owns nothing.
     *
     * @param ledger tells how much memory is used
     */
    public ContextLease(MemoryLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public synchronized void check(String what) {
        if (closed) {
            throw new IllegalStateException(what + " was used after its engine was stopped; make datasets with a"
                    + " MillraceContext that runs");
        }
    }

    @Override
    public synchronized void enter(String what) {
        check(what);
        readers++;
    }

    @Override
    public synchronized void exit() {
        readers--;
        if (closed && readers == 0) {
            closeOwned();
        }
    }

    @Override
    public long batchTimeMs() {
        return NO_BATCH;
    }

    @Override
    public synchronized void own(Object reader, AutoCloseable memory) {
        if (closed) {
            CloseHelper.close(memory); // its reader will be refused
            return;
        }
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

    /** Nobody begins to read from now on; memory is given back when nobody reads any more, by the last one if need be. */
    @Override
    public synchronized void close() {
        closed = true;
        if (readers == 0) {
            closeOwned();
        }
    }

    private void closeOwned() {
        List<AutoCloseable> all = new ArrayList<>();
        owned.forEach(each -> all.add(each.memory));
        owned.clear();
        CloseHelper.closeAll(all);
    }

    private static final class Owned extends PhantomReference<Object> {
        private final AutoCloseable memory;

        Owned(Object reader, AutoCloseable memory, ReferenceQueue<Object> queue) {
            super(reader, queue);
            this.memory = memory;
        }
    }
}

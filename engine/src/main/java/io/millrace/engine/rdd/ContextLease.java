package io.millrace.engine.rdd;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.HashSet;
import java.util.Set;
import org.agrona.CloseHelper;

/**
 * The lease of datasets that belong to no batch: they may be read until their context is closed. Memory that they own is given
 * back when the program has let the dataset go: looked after whenever something new is owned, and at the end. Safe from several
 * threads.
 */
public final class ContextLease implements Lease, AutoCloseable {
    private final ReferenceQueue<Object> forgotten = new ReferenceQueue<>();
    private final Set<Owned> owned = new HashSet<>();

    /** A lease that owns nothing. */
    public ContextLease() {}

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
        for (Owned gone = (Owned) forgotten.poll(); gone != null; gone = (Owned) forgotten.poll()) {
            owned.remove(gone);
            CloseHelper.close(gone.memory);
        }
        owned.add(new Owned(reader, memory, forgotten));
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

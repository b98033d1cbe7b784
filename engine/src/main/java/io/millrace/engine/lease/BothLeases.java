package io.millrace.engine.lease;

/** The lease of what is derived from datasets of two batches: as long as both live. */
public final class BothLeases implements Lease {
    private final Lease first;
    private final Lease second;

    private BothLeases(Lease first, Lease second) {
        this.first = first;
        this.second = second;
    }

    /** A lease that ends with the first of two; one of a context ends after any batch. */
    public static Lease of(Lease first, Lease second) {
        if (first == second || second instanceof ContextLease) {
            return first;
        }
        return first instanceof ContextLease ? second : new BothLeases(first, second);
    }

    @Override
    public void check(String what) {
        first.check(what);
        second.check(what);
    }

    @Override
    public void enter(String what) {
        first.enter(what);
        try {
            second.enter(what);
        } catch (RuntimeException over) {
            first.exit();
            throw over;
        }
    }

    @Override
    public void exit() {
        second.exit();
        first.exit();
    }

    @Override
    public long batchTimeMs() {
        return Math.max(first.batchTimeMs(), second.batchTimeMs());
    }

    @Override
    public void own(Object reader, AutoCloseable memory) {
        (first.batchTimeMs() >= second.batchTimeMs() ? first : second).own(reader, memory);
    }
}

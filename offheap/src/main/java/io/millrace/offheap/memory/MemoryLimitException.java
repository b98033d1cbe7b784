package io.millrace.offheap.memory;

/** The ledger's cap forbids an allocation that the caller cannot do without. Nothing was allocated. */
public final class MemoryLimitException extends RuntimeException {

    private final MemoryUse use;
    private final long wantedBytes;

    /**
     * About a refusal of {@link MemoryLedger#tryAllocate}.
     *
     * @param use what the memory was wanted for
     * @param wantedBytes how much
     * @param usedBytes of the ledger
     * @param maxBytes of the ledger
     */
    public MemoryLimitException(MemoryUse use, long wantedBytes, long usedBytes, long maxBytes) {
        super("off-heap memory for " + use + ": " + wantedBytes + " bytes wanted, " + usedBytes + " of " + maxBytes
                + " bytes are in use; raise millrace.memory.maxBytes (and -XX:MaxDirectMemorySize if it is lower),"
                + " or feed smaller batches");
        this.use = use;
        this.wantedBytes = wantedBytes;
    }

    /**
     * What the memory was wanted for.
     *
     * @return the use given to {@link MemoryLedger#allocate}
     */
    public MemoryUse use() {
        return use;
    }

    /**
     * How much was wanted.
     *
     * @return bytes, padding included
     */
    public long wantedBytes() {
        return wantedBytes;
    }
}

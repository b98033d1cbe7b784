package io.millrace.offheap.state;

import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryRegion;
import io.millrace.offheap.memory.MemoryUse;

/**
 * The memory of one store: what is taken of the ledger, and how much of it keys and values use. The two differ by what is kept
 * free in pages; budgets are about use, since eviction makes room in pages long before a page is empty.
 */
final class Room {
    private final KeyedStoreConfig config;
    private final MemoryLedger ledger;
    private final boolean isCapped;
    private Relief relief;
    private long usedBytes;

    /** Makes room among what is held. */
    @FunctionalInterface
    interface Relief {
        /** Whether anything was moved out. */
        boolean moveOut();
    }

    Room(KeyedStoreConfig config, MemoryLedger ledger, boolean isCapped) {
        this.config = config;
        this.ledger = ledger;
        this.isCapped = isCapped;
    }

    void setRelief(Relief chosen) {
        relief = chosen;
    }

    MemoryRegion tryTake(int bytes) {
        return ledger.tryAllocate(MemoryUse.STATE, bytes);
    }

    /** The ledger refused: move something out, after which it is tried again. */
    void make(long wantedBytes) {
        if (!relief.moveOut()) {
            throw full(wantedBytes, null);
        }
    }

    StoreFullException full(long wantedBytes, Throwable cause) {
        return new StoreFullException(
                "the state of '" + config.operator() + "' needs " + wantedBytes + " bytes more than the " + usedBytes
                        + " that it uses; it may have " + config.residentBytes()
                        + " (millrace.state.residentBytes), and " + ledger.usedBytes() + " of " + ledger.maxBytes()
                        + " bytes off the heap are taken (millrace.memory.maxBytes); raise what is short, remove keys,"
                        + " or use more partitions",
                cause);
    }

    /** Something more is used; to be asked before anything has changed. */
    void charge(long bytes) {
        if (isCapped && usedBytes + bytes > config.residentBytes()) {
            throw full(bytes, null);
        }
        usedBytes += bytes;
    }

    void release(long bytes) {
        usedBytes -= bytes;
    }

    long usedBytes() {
        return usedBytes;
    }
}

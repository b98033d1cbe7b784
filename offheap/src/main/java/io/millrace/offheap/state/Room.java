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
        /**
         * Whether anything was moved out.
         *
         * @throws StoreFullException if something could be, and is kept from it
         */
        boolean moveOut(long wantedBytes);
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
        if (!relief.moveOut(wantedBytes)) {
            throw full(wantedBytes);
        }
    }

    StoreFullException full(long wantedBytes) {
        return new StoreFullException(needs(wantedBytes) + "; it may have " + config.residentBytes()
                + " (millrace.state.residentBytes), and " + taken()
                + "; raise what is short, remove keys, or use more partitions");
    }

    /** What lies idle is to move out, and the cold store takes no more: what it says comes first. */
    StoreFullException coldIsFull(long wantedBytes, StoreFullException cold) {
        return new StoreFullException(
                cold.getMessage() + ". Nothing can move there from memory, where " + needs(wantedBytes) + ", and "
                        + taken(),
                cold);
    }

    /** What lies idle could move out, but for somebody who reads the cold store. */
    StoreFullException coldIsRead(long wantedBytes) {
        return new StoreFullException("a reader is going through the state of '" + config.operator()
                + "', and nothing moves out of memory until it is closed; " + needs(wantedBytes) + ", and "
                + taken() + "; let the reader be quicker, or raise millrace.memory.maxBytes");
    }

    private String needs(long wantedBytes) {
        return "the state of '" + config.operator() + "' needs " + wantedBytes + " bytes more than the " + usedBytes
                + " that it uses";
    }

    private String taken() {
        return ledger.usedBytes() + " of " + ledger.maxBytes()
                + " bytes off the heap are taken (millrace.memory.maxBytes)";
    }

    /** Something more is used; to be asked before anything has changed. */
    void charge(long bytes) {
        if (isCapped && usedBytes + bytes > config.residentBytes()) {
            throw full(bytes);
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

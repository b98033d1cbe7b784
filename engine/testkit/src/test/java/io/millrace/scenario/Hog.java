package io.millrace.scenario;

import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryRegion;
import io.millrace.offheap.memory.MemoryUse;
import java.util.ArrayList;
import java.util.List;

/** Holds memory off the heap, so that others have to do without. */
final class Hog implements AutoCloseable {
    private final List<MemoryRegion> regions = new ArrayList<>();

    /** Take nearly all there is, but for so many bytes. */
    void takeAllBut(int bytes, MemoryLedger ledger) {
        for (int size = 1 << 26; size >= 64; size /= 2) {
            while (ledger.maxBytes() - ledger.usedBytes() > bytes + 2L * size) {
                regions.add(ledger.allocate(MemoryUse.TABLE, size));
            }
        }
    }

    @Override
    public void close() {
        regions.forEach(MemoryRegion::close);
    }
}

package io.millrace.offheap.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A ledger for a test, which must be back at zero when the test is over, on its failing paths too.
 *
 * <pre>
 *   &#64;RegisterExtension
 *   final LeakCheck leaks = new LeakCheck();
 * </pre>
 */
public final class LeakCheck implements AfterEachCallback {

    private final MemoryLedger ledger;

    /** A ledger of 256 MiB. */
    public LeakCheck() {
        this(256L << 20);
    }

    /**
     * A ledger of a chosen size.
     *
     * @param maxBytes its cap
     */
    public LeakCheck(long maxBytes) {
        ledger = new MemoryLedger(maxBytes);
    }

    /**
     * Assert that a ledger's account is empty.
     *
     * @param ledger to look at
     */
    public static void assertNothingHeld(MemoryLedger ledger) {
        for (MemoryUse use : MemoryUse.values()) {
            assertEquals(0, ledger.usedBytes(use), "bytes of off-heap memory still held for " + use);
        }
        assertEquals(0, ledger.usedBytes(), "bytes of off-heap memory still held");
    }

    /**
     * What the test takes its memory from.
     *
     * @return the ledger
     */
    public MemoryLedger ledger() {
        return ledger;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertNothingHeld(ledger);
    }
}

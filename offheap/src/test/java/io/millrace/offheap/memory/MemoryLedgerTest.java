package io.millrace.offheap.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryLedgerTest {

    private static final int PADDED = 1000 + MemoryRegion.PADDING;

    @Test
    void whatIsTakenIsOnTheAccountUntilItIsClosed() {
        MemoryLedger ledger = new MemoryLedger(1 << 20);
        MemoryRegion first = ledger.allocate(MemoryUse.TABLE, 1000);
        MemoryRegion second = ledger.allocate(MemoryUse.TABLE, 1000);

        assertEquals(2 * PADDED, ledger.usedBytes());
        assertEquals(2 * PADDED, ledger.usedBytes(MemoryUse.TABLE));
        assertEquals(0, ledger.usedBytes(MemoryUse.SLAB));

        first.close();
        second.close();
        LeakCheck.assertNothingHeld(ledger);
    }

    @Test
    void closingARegionTwiceGivesItsBytesBackOnce() {
        MemoryLedger ledger = new MemoryLedger(1 << 20);
        MemoryRegion region = ledger.allocate(MemoryUse.TABLE, 1000);
        region.close();
        region.close();
        LeakCheck.assertNothingHeld(ledger);
    }

    @Test
    void theCapIsARefusalThatIsCountedAndTakesNothing() {
        MemoryLedger ledger = new MemoryLedger(2 * PADDED);
        MemoryRegion first = ledger.tryAllocate(MemoryUse.TABLE, 1000);
        MemoryRegion second = ledger.tryAllocate(MemoryUse.TABLE, 1000);
        assertNotNull(first);
        assertNotNull(second);

        assertNull(ledger.tryAllocate(MemoryUse.TABLE, 0), "not even the padding fits");
        assertEquals(1, ledger.refusals());
        assertEquals(2 * PADDED, ledger.usedBytes());

        first.close();
        MemoryRegion third = ledger.tryAllocate(MemoryUse.TABLE, 1000);
        assertNotNull(third, "what was given back can be taken again");
        second.close();
        third.close();
    }

    @Test
    void slabsMayTakeThreeQuartersAndOtherUsesTheRest() {
        MemoryLedger ledger = new MemoryLedger(4 * PADDED);
        List<MemoryRegion> held = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            held.add(ledger.tryAllocate(MemoryUse.SLAB, 1000));
        }
        assertNull(ledger.tryAllocate(MemoryUse.SLAB, 1000));
        held.add(ledger.tryAllocate(MemoryUse.TABLE, 1000));
        assertNull(ledger.tryAllocate(MemoryUse.TABLE, 1000));

        assertEquals(4 * PADDED, ledger.usedBytes());
        assertEquals(2, ledger.refusals());
        held.forEach(MemoryRegion::close);
        LeakCheck.assertNothingHeld(ledger);
    }

    @Test
    void anAllocationThatMustSucceedNamesUseSizesAndSettingWhenItCannot() {
        MemoryLedger ledger = new MemoryLedger(5000);
        MemoryRegion held = ledger.allocate(MemoryUse.TABLE, 3000);
        MemoryLimitException refused =
                assertThrows(MemoryLimitException.class, () -> ledger.allocate(MemoryUse.TABLE, 4000));
        for (String part : new String[] {"TABLE", "4016", "3016", "5000", "millrace.memory.maxBytes"}) {
            assertTrue(refused.getMessage().contains(part), () -> part + " in: " + refused.getMessage());
        }
        assertEquals(MemoryUse.TABLE, refused.use());
        assertEquals(4016, refused.wantedBytes());
        held.close();
        LeakCheck.assertNothingHeld(ledger);
    }

    @Test
    void aRegionCanBeReadPaddingBytesBehindItsCapacityAndNoFurther() {
        MemoryLedger ledger = new MemoryLedger(1 << 20);
        try (MemoryRegion region = ledger.allocate(MemoryUse.TABLE, 100)) {
            assertEquals(100, region.capacity());
            assertEquals(100, region.byteBuffer().capacity());
            region.buffer().getLong(100);
            region.buffer().getLong(108);
            assertThrows(IndexOutOfBoundsException.class, () -> region.buffer().getLong(109));
        }
    }

    @Test
    void aClosedRegionRefusesUse() {
        MemoryLedger ledger = new MemoryLedger(1 << 20);
        MemoryRegion region = ledger.allocate(MemoryUse.TABLE, 100);
        var keptTooLong = region.buffer();
        region.close();
        assertThrows(IllegalStateException.class, region::buffer);
        assertThrows(IllegalStateException.class, region::byteBuffer);
        assertThrows(IndexOutOfBoundsException.class, () -> keptTooLong.getByte(0));
    }

    @Test
    void sizesThatMakeNoSenseAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new MemoryLedger(0));
        MemoryLedger ledger = new MemoryLedger(1000);
        assertThrows(IllegalArgumentException.class, () -> ledger.tryAllocate(MemoryUse.TABLE, -1));
        assertThrows(IllegalArgumentException.class, () -> ledger.tryAllocate(MemoryUse.TABLE, Integer.MAX_VALUE));
        LeakCheck.assertNothingHeld(ledger);
    }

    @Test
    void theDefaultCapIsAtMostAQuarterOfTheMachineAndWhatTheJvmAllows() {
        long bytes = MemoryLedger.defaultMaxBytes();
        assertTrue(bytes > 0);
        assertTrue(bytes <= MachineMemory.totalBytes() / 4);
        assertTrue(bytes <= MachineMemory.directLimitBytes());
    }

    @Test
    void manyThreadsNeverPassTheCapAndLeaveNothingBehind() throws InterruptedException {
        MemoryLedger ledger = new MemoryLedger(5 * PADDED);
        AtomicLong highest = new AtomicLong();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            MemoryUse use = MemoryUse.values()[t % 2];
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException stopped) {
                    return;
                }
                for (int i = 0; i < 2000; i++) {
                    MemoryRegion one = ledger.tryAllocate(use, 1000);
                    MemoryRegion two = ledger.tryAllocate(use, 1000);
                    highest.accumulateAndGet(ledger.usedBytes(), Math::max);
                    if (one != null) {
                        one.close();
                    }
                    if (two != null) {
                        two.close();
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertTrue(highest.get() <= 5 * PADDED, "highest sum was " + highest.get());
        LeakCheck.assertNothingHeld(ledger);
    }
}

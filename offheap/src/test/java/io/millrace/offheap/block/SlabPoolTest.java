package io.millrace.offheap.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.memory.LeakCheck;
import io.millrace.offheap.memory.MemoryLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SlabPoolTest {

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    @Test
    void aSlabThatCameBackIsUsedAgainForAnyType() {
        try (SlabPool pool = new SlabPool(leaks.ledger(), 1024, 4)) {
            Slab first = pool.tryAcquire(ElementType.UTF8);
            first.seal();
            long held = leaks.ledger().usedBytes();
            Slab second = pool.tryAcquire(ElementType.LONG);
            assertSame(first, second);
            assertEquals(held, leaks.ledger().usedBytes());
            second.seal();
        }
    }

    @Test
    void objectsTakeNoOffHeapMemory() {
        try (SlabPool pool = new SlabPool(leaks.ledger(), 1024, 4)) {
            Slab slab = pool.tryAcquire(ElementType.REF);
            assertEquals(0, leaks.ledger().usedBytes());
            slab.seal();
        }
    }

    @Test
    void theCapIsANullAndIsCounted() {
        MemoryLedger small = new MemoryLedger(4 * 1040);
        try (SlabPool pool = new SlabPool(small, 1024, 4)) {
            List<Slab> held = new ArrayList<>();
            for (Slab slab = pool.tryAcquire(ElementType.LONG);
                    slab != null;
                    slab = pool.tryAcquire(ElementType.LONG)) {
                held.add(slab);
            }
            assertEquals(3, held.size(), "three quarters of the cap");
            assertEquals(1, small.refusals());
            assertNull(pool.tryAcquireLarge(ElementType.LONG, 2000));
            held.forEach(Slab::seal);
            Slab again = pool.tryAcquire(ElementType.LONG);
            assertNotNull(again);
            again.seal();
        }
        LeakCheck.assertNothingHeld(small);
    }

    @Test
    void aLargeSlabHoldsItsRowAndIsFreedWhenItComesBack() {
        try (SlabPool pool = new SlabPool(leaks.ledger(), 1024, 4)) {
            for (int length : new int[] {0, 1, 1016, 1017, 1024, 5000, 65_536, 65_537, 1 << 24}) {
                Slab large = pool.tryAcquireLarge(ElementType.UTF8, length);
                assertTrue(large.appendBytes(new byte[length], 0, length), "row of " + length);
                large.publish(1);
                assertEquals(length, large.bytesOf(0, 1));
                large.seal();
                assertEquals(0, leaks.ledger().usedBytes(), "after " + length);
            }
        }
    }

    @Test
    void freeSlabsGiveTheirMemoryToALargeOneThatWouldNotFitBesideThem() {
        MemoryLedger small = new MemoryLedger(8 * 1040);
        try (SlabPool pool = new SlabPool(small, 1024, 6)) {
            List<Slab> held = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                held.add(pool.tryAcquire(ElementType.UTF8));
            }
            held.forEach(Slab::seal);
            assertEquals(6, pool.freeCount());
            Slab large = pool.tryAcquireLarge(ElementType.UTF8, 3 * 1040);
            assertNotNull(large);
            assertEquals(2, pool.freeCount());
            assertNull(pool.tryAcquireLarge(ElementType.UTF8, 6 * 1040), "more than there is");
            large.seal();
        }
        LeakCheck.assertNothingHeld(small);
    }

    @Test
    void noMoreFreeSlabsAreKeptThanAskedFor() {
        try (SlabPool pool = new SlabPool(leaks.ledger(), 1024, 2)) {
            List<Slab> held = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                held.add(pool.tryAcquire(ElementType.UTF8));
                held.add(pool.tryAcquire(ElementType.REF));
            }
            assertEquals(10, pool.heldCount());
            held.forEach(Slab::seal);
            assertEquals(0, pool.heldCount());
            assertEquals(4, pool.freeCount());
            assertEquals(2 * 1040, leaks.ledger().usedBytes());
        }
    }

    @Test
    void aClosedPoolGivesNothingAndFreesWhatComesBack() {
        SlabPool pool = new SlabPool(leaks.ledger(), 1024, 4);
        Slab held = pool.tryAcquire(ElementType.UTF8);
        Slab free = pool.tryAcquire(ElementType.UTF8);
        free.seal();
        pool.close();
        pool.close();
        assertEquals(1040, leaks.ledger().usedBytes());
        assertThrows(IllegalStateException.class, () -> pool.tryAcquire(ElementType.UTF8));
        assertThrows(IllegalStateException.class, () -> pool.tryAcquireLarge(ElementType.UTF8, 1));
        assertTrue(held.appendBytes(new byte[1], 0, 1), "who holds a slab may go on");
        held.seal();
        assertEquals(0, leaks.ledger().usedBytes());
    }

    @Test
    void sizesThatMakeNoSenseAreRefused() {
        MemoryLedger ledger = leaks.ledger();
        assertThrows(IllegalArgumentException.class, () -> new SlabPool(ledger, 1020, 1));
        assertThrows(IllegalArgumentException.class, () -> new SlabPool(ledger, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new SlabPool(ledger, 1024, -1));
        try (SlabPool pool = new SlabPool(ledger, 1024, 1)) {
            assertThrows(IllegalArgumentException.class, () -> pool.tryAcquireLarge(ElementType.REF, 1));
            assertThrows(IllegalArgumentException.class, () -> pool.tryAcquireLarge(ElementType.UTF8, -1));
            assertThrows(
                    IllegalArgumentException.class, () -> pool.tryAcquireLarge(ElementType.UTF8, Integer.MAX_VALUE));
        }
    }

    @Test
    void slabsTravelBetweenManyThreadsAndAllComeBack() throws InterruptedException {
        SlabPool pool = new SlabPool(leaks.ledger(), 1024, 3);
        AtomicReference<Throwable> wrong = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int mark = t;
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 5000; i++) {
                    Slab slab = pool.tryAcquire(ElementType.LONG);
                    slab.appendLong(mark);
                    slab.publish(1);
                    slab.retain();
                    slab.seal();
                    assertEquals(mark, slab.buffer().getLong(0));
                    assertTrue(slab.release());
                }
            });
            thread.setUncaughtExceptionHandler((failed, failure) -> wrong.set(failure));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertNull(wrong.get());
        assertEquals(0, pool.heldCount());
        assertFalse(pool.freeCount() == 0);
        pool.close();
    }

    @Test
    void aBoundBeyondAllMemoryCostsNothing() {
        try (SlabPool pool = new SlabPool(leaks.ledger(), 1024, Integer.MAX_VALUE)) {
            pool.tryAcquire(ElementType.LONG).seal();
            assertEquals(1, pool.freeCount());
        }
    }
}
